package iotbox.box.http.wire;

import iotbox.box.event.Event;
import iotbox.box.event.EventHub;
import iotbox.box.event.EventSize;
import iotbox.box.event.Listener;
import iotbox.box.http.limit.AnswerQueue;
import iotbox.box.http.message.Json;
import iotbox.box.http.message.StreamWriter;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One client's server-sent events. It is a listener that polls within the box and asks for the next
 * event when the one before is written. So nothing waits for it but one event: what comes meanwhile
 * is in the hub's history, which all share and which is bounded.
 */
final class EventStream {
  private static final byte[] COMMENT = ": here\n\n".getBytes(StandardCharsets.US_ASCII);

  private final EventHub events;
  private final Supplier<String> boxIdentifier;
  private final StreamWriter writer;
  private final AnswerQueue answers;
  private final CompletableFuture<Void> ended;
  private volatile CompletableFuture<?> waiting = CompletableFuture.completedFuture(null);

  /**
   * @param ended is completed when the stream ends, and ends it when completed by others
   */
  EventStream(
      EventHub events,
      Supplier<String> boxIdentifier,
      StreamWriter writer,
      AnswerQueue answers,
      CompletableFuture<Void> ended) {
    this.events = events;
    this.boxIdentifier = boxIdentifier;
    this.writer = writer;
    this.answers = answers;
    this.ended = ended;
  }

  /** Goes on until the client goes away, is too slow, or the box stops; does not block. */
  void start(Listener listener) {
    ended.whenComplete((nothing, failure) -> waiting.cancel(false));
    write(COMMENT, listener); // The client hears at once that it is connected.
  }

  private void next(Listener listener) {
    if (ended.isDone()) {
      return;
    }
    CompletableFuture<Optional<Event>> poll = events.poll(listener, StreamRoute.SIGN_OF_LIFE);
    waiting = poll;
    if (ended.isDone()) {
      poll.cancel(false); // It ended before it could know of this poll.
    }
    poll.whenCompleteAsync(
        (event, failure) -> {
          if (failure == null) {
            take(event, listener);
          }
        },
        answers.threads());
  }

  private void take(Optional<Event> event, Listener listener) {
    if (event.isPresent()) {
      Event told = event.get();
      answers.add(
          EventSize.ofAnswer(told.data()),
          () -> write(message(told, listener), listener.since(told.time())));
    } else if (events.isReleased()) {
      ended.complete(null);
    } else {
      write(COMMENT, listener);
    }
  }

  private CompletableFuture<Void> write(byte[] bytes, Listener listener) {
    CompletableFuture<Void> written = writer.write(bytes);
    written.whenComplete(
        (nothing, failure) -> {
          if (failure == null) {
            next(listener);
          } else {
            ended.complete(null);
          }
        });
    return written;
  }

  private byte[] message(Event event, Listener listener) {
    ByteArrayOutputStream message = new ByteArrayOutputStream(512);
    String id = "id: " + BigDecimal.valueOf(event.time()).toPlainString() + "\ndata: ";
    message.writeBytes(id.getBytes(StandardCharsets.US_ASCII));
    // Without a line break in it, since JSON escapes them.
    message.writeBytes(Json.write(EventAnswer.of(event, listener, boxIdentifier.get())));
    message.writeBytes(new byte[] {'\n', '\n'});
    return message.toByteArray();
  }
}
