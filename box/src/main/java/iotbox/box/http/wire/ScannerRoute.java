package iotbox.box.http.wire;

import iotbox.box.event.Event;
import iotbox.box.event.EventHub;
import iotbox.box.event.Listener;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * {@code /hw_proxy/scanner}: the next barcode of any scanner, each given out once.
 *
 * <p>The lock {@code this} guards the time of the last one.
 */
public final class ScannerRoute {
  private static final Set<String> SCANNERS = Set.of("scanner");

  private final EventHub events;
  private final Duration patience;
  private double lastScan;

  public ScannerRoute(EventHub events, Duration patience) {
    this.events = events;
    this.patience = patience;
  }

  /** The barcode, or an empty text when there was none in time. */
  public CompletableFuture<?> next() {
    CompletableFuture<Object> barcode = new CompletableFuture<>();
    poll(barcode, System.nanoTime() + patience.toNanos());
    return barcode;
  }

  private void poll(CompletableFuture<Object> barcode, long end) {
    Listener listener;
    synchronized (this) {
      listener = new Listener(null, SCANNERS, lastScan);
    }
    Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    CompletableFuture<Optional<Event>> poll = events.poll(listener, left);
    poll.thenAccept(
        event -> {
          if (event.isEmpty()) {
            barcode.complete("");
          } else {
            take(event.get(), barcode);
            if (!barcode.isDone()) {
              poll(barcode, end);
            }
          }
        });
    barcode.whenComplete((value, failure) -> poll.cancel(false));
  }

  /** Gives the event to whoever asks if it is a scan that nobody else had. */
  private synchronized void take(Event event, CompletableFuture<Object> barcode) {
    if (event.time() <= lastScan) {
      return;
    }
    Object value = event.data().get("value");
    // The end of an action (another keyboard layout) repeats the last barcode.
    boolean scan =
        value instanceof String text && !text.isEmpty() && !event.data().containsKey("action_args");
    if (!scan || barcode.complete(value)) {
      lastScan = event.time();
    }
  }
}
