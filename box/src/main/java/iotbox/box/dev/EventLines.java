package iotbox.box.dev;

import com.fasterxml.jackson.core.JsonProcessingException;
import iotbox.box.dev.Screen.Tone;
import iotbox.box.event.Event;
import iotbox.box.json.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The events of devices as they come. Of a device that tells much the latest is shown, twice a
 * second, with how many there were; what came of an action is shown in any case.
 *
 * <p>One lock, {@code this}, guards what waits to be shown. Called on any thread; does not block.
 */
final class EventLines {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Screen screen;
  private final UnaryOperator<String> names;
  private final ScheduledExecutorService timer;
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();
  private final Set<String> shownJust = new HashSet<>();
  private boolean resting;

  private record Waiting(Event latest, int count) {}

  /**
   * @param names what people call a device with this identifier
   */
  EventLines(Screen screen, UnaryOperator<String> names, ScheduledExecutorService timer) {
    this.screen = screen;
    this.names = names;
    this.timer = timer;
  }

  synchronized void show(Event event) {
    if (event.data().containsKey("action_args")) {
      action(event);
      return;
    }
    String device = event.deviceIdentifier();
    if (shownJust.add(device)) {
      line(event, 1);
    } else {
      Waiting before = waiting.get(device);
      waiting.put(device, new Waiting(event, before == null ? 1 : before.count() + 1));
    }
    rest();
  }

  private void rest() {
    if (!resting) {
      resting = true;
      try {
        timer.schedule(this::rested, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        // The box ends.
      }
    }
  }

  private synchronized void rested() {
    resting = false;
    shownJust.clear();
    waiting.forEach(
        (device, each) -> {
          line(each.latest(), each.count());
          shownJust.add(device);
        });
    if (!waiting.isEmpty()) {
      waiting.clear();
      rest();
    }
  }

  private void line(Event event, int count) {
    String more = count > 1 ? " (" + count + " events)" : "";
    screen.passed(
        Tone.PLAIN,
        "event",
        names.apply(event.deviceIdentifier()) + more + " " + json(event.data()));
  }

  private void action(Event event) {
    Map<?, ?> asked =
        event.data().get("action_args") instanceof Map<?, ?> map
            ? new LinkedHashMap<>(map)
            : Map.of();
    boolean fine = "success".equals(event.data().get("status"));
    asked.remove("session_id");
    screen.happened(
        fine ? Tone.GOOD : Tone.BAD,
        "action",
        names.apply(event.deviceIdentifier())
            + " "
            + json(asked)
            + (fine ? " answered " : " failed: ")
            + json(event.data().get("result")));
  }

  private static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      return String.valueOf(value);
    }
  }
}
