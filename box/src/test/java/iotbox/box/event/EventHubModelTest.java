package iotbox.box.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Random interleavings of events, polls, aborts, answers that get lost, time that passes and clocks
 * that are set, against a model: a plain list of all that was published.
 */
class EventHubModelTest {
  private static final int RUNS = 20_000;
  private static final int STEPS = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(50);
  private static final EventHistory.Limits ROOMY =
      new EventHistory.Limits(1_000, Long.MAX_VALUE, Long.MAX_VALUE);

  /** Device {@code scanner} is a scale: a name may be both. */
  private static final Map<String, String> TYPES =
      Map.of("a1", "scale", "a2", "scale", "b1", "scanner", "scanner", "scale");

  private static final List<String> DEVICES = List.of("a1", "a2", "b1", "scanner");
  private static final List<Set<String>> ASKED =
      List.of(
          Set.of("a1"),
          Set.of("scale"),
          Set.of("scanner"),
          Set.of("a1", "b1"),
          Set.of("a2", "scale", "nothing"),
          Set.of());

  @Test
  void eachEventComesOnceAndInOrderToWhoeverKeepsPolling() {
    int received = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      received += new Run(seed).keepPolling();
    }
    assertTrue(received > RUNS * 10, "the runs do something: " + received);
  }

  @Test
  void eachPollIsAnsweredAsTheModelSaysWhateverTimePasses() {
    int received = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      received += new Run(seed).dawdle();
    }
    assertTrue(received > RUNS, "the runs do something: " + received);
  }

  /** What the model knows of an event. */
  private record Told(Event event, long nanos) {}

  /** A browser tab, which knows nothing but the JSON that it got. */
  private static final class Tab {
    private final boolean everything;
    private final Set<String> devices;
    private final List<Event> received = new ArrayList<>();
    private String lastEvent = "0";
    private CompletableFuture<Optional<Event>> poll;
    private long pollEnds;
    private Event expected;

    Tab(boolean everything, Set<String> devices) {
      this.everything = everything;
      this.devices = devices;
    }

    Listener listener() {
      return new Listener("tab", everything, devices, Double.parseDouble(lastEvent));
    }

    boolean asksFor(Event event) {
      return everything
          || devices.contains(event.deviceIdentifier())
          || devices.contains(event.deviceType());
    }
  }

  private static final class Run {
    private final String seed;
    private final Random random;
    private final ManualTime time = new ManualTime();
    private final EventHub hub = new EventHub(time, ROOMY);
    private final List<Told> told = new ArrayList<>();
    private final List<Tab> tabs = new ArrayList<>();
    private long now;

    Run(int seed) {
      this.seed = "seed " + seed;
      random = new Random(seed);
      for (int i = 0; i < 3; i++) {
        tabs.add(new Tab(false, ASKED.get(random.nextInt(ASKED.size()))));
      }
      tabs.add(new Tab(true, Set.of()));
    }

    /** Nobody is away for longer than events are kept. */
    int keepPolling() {
      for (int step = 0; step < STEPS; step++) {
        step();
        if (random.nextInt(8) == 0) {
          pass(Duration.ofMillis(random.nextInt(40)));
        }
      }
      tabs.forEach(this::drain);
      for (Tab tab : tabs) {
        List<Event> all = told.stream().map(Told::event).filter(tab::asksFor).toList();
        assertEquals(all, tab.received, seed);
      }
      return told.size();
    }

    /** Some are away for longer, and polls are held to their end. */
    int dawdle() {
      for (int step = 0; step < STEPS; step++) {
        step();
        if (random.nextInt(3) == 0) {
          pass(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 4_000 : 60_000)));
        }
      }
      int received = tabs.stream().mapToInt(tab -> tab.received.size()).sum();
      pass(PATIENCE.plus(PATIENCE));
      assertTrue(hub.isEmpty(), "what is over is forgotten: " + seed);
      return received;
    }

    private void step() {
      Tab tab = tabs.get(random.nextInt(tabs.size()));
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> publish();
        case 4 -> abort(tab);
        case 5 -> time.jump(Duration.ofSeconds(random.nextInt(-5_000, 5_000)));
        case 6, 7 -> receive(tab);
        default -> poll(tab);
      }
    }

    private void publish() {
      String device = DEVICES.get(random.nextInt(DEVICES.size()));
      Event event = hub.publish(device, TYPES.get(device), null, Map.of("n", told.size()));
      if (!told.isEmpty()) {
        double before = told.get(told.size() - 1).event.time();
        assertTrue(json(event.time()) > json(before), "times differ and grow: " + seed);
      }
      told.add(new Told(event, now));
      for (Tab tab : tabs) {
        if (tab.poll != null && tab.expected == null && tab.asksFor(event) && now < tab.pollEnds) {
          tab.expected = event;
        }
      }
      tabs.forEach(this::check);
    }

    private void poll(Tab tab) {
      if (tab.poll != null) {
        return;
      }
      double last = Double.parseDouble(tab.lastEvent);
      tab.expected =
          told.stream()
              .filter(one -> now - one.nanos <= EventHub.REPLAY.toNanos())
              .map(Told::event)
              .filter(event -> event.time() > last && tab.asksFor(event))
              .findFirst()
              .orElse(null);
      tab.poll = hub.poll(tab.listener(), PATIENCE);
      tab.pollEnds = now + PATIENCE.toNanos();
      check(tab);
    }

    private void check(Tab tab) {
      if (tab.poll == null) {
        return;
      }
      boolean over = tab.expected != null || now >= tab.pollEnds;
      assertEquals(over, tab.poll.isDone(), seed);
      if (over) {
        assertEquals(Optional.ofNullable(tab.expected), tab.poll.join(), seed);
      }
    }

    /** The browser gives up; an answer that is on its way is lost. */
    private void abort(Tab tab) {
      if (tab.poll != null) {
        tab.poll.cancel(false);
        tab.poll = null;
      }
    }

    private void receive(Tab tab) {
      if (tab.poll == null || !tab.poll.isDone()) {
        return;
      }
      tab.poll
          .join()
          .ifPresent(
              event -> {
                tab.received.add(event);
                tab.lastEvent = Double.toString(json(event.time()));
              });
      tab.poll = null;
    }

    private void drain(Tab tab) {
      poll(tab);
      while (tab.poll.isDone()) {
        receive(tab);
        poll(tab);
      }
      assertFalse(tab.poll.isDone(), seed);
    }

    private void pass(Duration duration) {
      now += duration.toNanos();
      time.pass(duration);
      tabs.forEach(this::check);
    }

    /** As a browser reads what the box writes. */
    private static double json(double time) {
      return Double.parseDouble(BigDecimal.valueOf(time).toPlainString());
    }
  }
}
