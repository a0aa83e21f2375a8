package iotbox.box.http.wire;

import iotbox.box.event.Event;
import iotbox.box.event.EventHub;
import iotbox.box.event.EventSize;
import iotbox.box.event.Listener;
import iotbox.box.http.limit.AnswerQueue;
import iotbox.box.http.message.Json;
import iotbox.box.http.message.OpenStream;
import iotbox.box.http.message.Streams;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One client's server-sent events. It is a listener that polls within the box and asks for the next
 * event when the one before is written. So nothing waits for it but one event: what comes meanwhile
 * is in the hub's history, which all share and which is bounded.
 */
final class EventStream {
  private final EventHub events;
  private final Supplier<String> boxIdentifier;
  private final OpenStream stream;
  private final AnswerQueue answers;

  EventStream(
      EventHub events, Supplier<String> boxIdentifier, OpenStream stream, AnswerQueue answers) {
    this.events = events;
    this.boxIdentifier = boxIdentifier;
    this.stream = stream;
    this.answers = answers;
  }

  /** Goes on until the client goes away, is too slow, or the box stops; does not block. */
  void start(Listener listener) {
    stream.writeSign(() -> next(listener)); // The client hears at once that it is connected.
  }

  private void next(Listener listener) {
    stream.await(
        () -> events.poll(listener, Streams.SIGN_OF_LIFE),
        answers.threads(),
        event -> take(event, listener));
  }

  private void take(Optional<Event> event, Listener listener) {
    if (event.isPresent()) {
      Event told = event.get();
      Listener later = listener.since(told.time());
      answers.add(
          EventSize.ofAnswer(told.data()),
          () -> stream.write(message(told, listener), () -> next(later)));
    } else if (events.isReleased()) {
      stream.end();
    } else {
      stream.writeSign(() -> next(listener));
    }
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
