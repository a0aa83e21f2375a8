package iotbox.box.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventHubTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  private final BoxThreads threads = new BoxThreads();
  private final EventHub hub = new EventHub(threads);

  @AfterEach
  void stop() {
    threads.close();
  }

  @Test
  void waitingPollGetsTheNextEvent() {
    CompletableFuture<Optional<Event>> poll = poll("a", 0, "scale1");
    assertFalse(poll.isDone());

    publish("scale1", 1);

    assertEquals(1, value(poll));
  }

  @Test
  void twoQuickEventsReachAListenerThatPollsOneAfterTheOther() {
    CompletableFuture<Optional<Event>> first = poll("a", 0, "scale1");
    publish("scale1", 1);
    publish("scale1", 2);

    assertEquals(1, value(first));
    assertEquals(2, value(poll("a", first.join().orElseThrow().time(), "scale1")));
  }

  @Test
  void everyListenerGetsTheSameEvent() {
    List<CompletableFuture<Optional<Event>>> polls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      polls.add(poll("session" + i, 0, "scale1"));
    }

    publish("scale1", 7);

    polls.forEach(poll -> assertEquals(7, value(poll)));
  }

  @Test
  void listenerMayNameATypeAlsoForEventsThatWaitInTheHistory() {
    CompletableFuture<Optional<Event>> waiting = poll("a", 0, "scale");
    publish("scale1", 1);

    assertEquals(1, value(waiting));
    Listener late = new Listener("b", Set.of("scale"), 0);
    Event replayed = hub.poll(late, LONG).join().orElseThrow();
    assertEquals("scale", late.nameFor(replayed));
  }

  @Test
  void eventsOfOtherDevicesAreNotGiven() {
    CompletableFuture<Optional<Event>> poll = poll("a", 0, "scale1");

    publish("scale2", 1);

    assertFalse(poll.isDone());
  }

  @Test
  void abandonedPollDoesNotSwallowTheEvent() {
    CompletableFuture<Optional<Event>> abandoned = poll("a", 0, "scale1");
    abandoned.cancel(false);

    publish("scale1", 1);

    assertEquals(1, value(poll("a", 0, "scale1")));
  }

  @Test
  void pollEndsEmptyWhenNothingComesInTime() throws Exception {
    Optional<Event> answer =
        hub.poll(new Listener("a", Set.of("scale1"), 0), Duration.ofMillis(20))
            .get(5, TimeUnit.SECONDS);

    assertTrue(answer.isEmpty());
  }

  @Test
  void stoppingAnswersAllWaitingPolls() {
    CompletableFuture<Optional<Event>> poll = poll("a", 0, "scale1");

    hub.releaseAll();

    assertTrue(poll.join().isEmpty());
  }

  @Test
  void aPollThatComesWhileTheBoxStopsIsNotHeld() {
    hub.releaseAll();

    assertTrue(poll("a", 0, "scale1").join().isEmpty());
  }

  @Test
  void timesAreUniqueAndGrow() {
    double last = 0;
    for (int i = 0; i < 1000; i++) {
      double time = publish("scale1", i).time();
      assertTrue(time > last);
      last = time;
    }
  }

  @Test
  void aTimeFromAnotherLifeOfTheBoxDoesNotSilenceTheListener() {
    publish("scale1", 1);
    double nextYear = System.currentTimeMillis() / 1000.0 + 31_536_000;
    CompletableFuture<Optional<Event>> poll = poll("a", nextYear, "scale1");

    assertEquals(1, value(poll));
    CompletableFuture<Optional<Event>> next = poll("a", poll.join().orElseThrow().time(), "scale1");
    publish("scale1", 2);
    assertEquals(2, value(next));
  }

  @Test
  void anEventBetweenTwoPollsWithATimeFromAnotherLifeIsNotLost() {
    double nextYear = System.currentTimeMillis() / 1000.0 + 31_536_000;
    poll("a", nextYear, "scale1").cancel(false);
    publish("scale1", 1);

    assertEquals(1, value(poll("a", nextYear, "scale1")));
  }

  @Test
  void whoWantsEverythingGetsTheEventsOfAllDevices() {
    Listener all = new Listener("a", true, Set.of(), 0);
    CompletableFuture<Optional<Event>> first = hub.poll(all, LONG);
    publish("scale1", 1);
    publish("scale2", 2);

    assertEquals(1, value(first));
    CompletableFuture<Optional<Event>> second =
        hub.poll(all.since(first.join().orElseThrow().time()), LONG);
    assertEquals(2, value(second));
    assertEquals("scale2", all.nameFor(second.join().orElseThrow()));
  }

  @Test
  void subscriberGetsAllUntilItEnds() {
    List<Object> seen = new ArrayList<>();
    Consumer<Event> subscriber = event -> seen.add(event.data().get("value"));
    hub.subscribe(subscriber);
    publish("scale1", 1);
    publish("other", 2);
    hub.unsubscribe(subscriber);
    publish("scale1", 3);

    assertEquals(List.of(1, 2), seen);
  }

  @Test
  void nothingIsLostOrRepeatedWhenThreadsPublishPollAndAbortAtOnce() throws Exception {
    int publishers = 4;
    int events = 500;
    List<CompletableFuture<List<Event>>> listeners = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String name = i % 2 == 0 ? "scale" : "device1";
      int expected = i % 2 == 0 ? publishers * events : events;
      long seed = i;
      listeners.add(
          CompletableFuture.supplyAsync(
              () -> listen(name, expected, new Random(seed)), threads.work()));
    }
    for (int i = 0; i < publishers; i++) {
      String device = "device" + i;
      threads
          .work()
          .execute(
              () -> {
                for (int n = 0; n < events; n++) {
                  publish(device, n);
                }
              });
    }

    for (CompletableFuture<List<Event>> listener : listeners) {
      Map<String, List<Object>> byDevice = new HashMap<>();
      for (Event event : listener.get(30, TimeUnit.SECONDS)) {
        byDevice
            .computeIfAbsent(event.deviceIdentifier(), name -> new ArrayList<>())
            .add(event.data().get("value"));
      }
      List<Object> all = new ArrayList<>(IntStream.range(0, events).boxed().toList());
      byDevice.values().forEach(values -> assertEquals(all, values));
    }
  }

  private List<Event> listen(String name, int expected, Random random) {
    List<Event> received = new ArrayList<>();
    double last = 0;
    while (received.size() < expected) {
      CompletableFuture<Optional<Event>> poll = poll("s", last, name);
      if (random.nextInt(3) == 0) {
        poll.cancel(false);
      } else {
        Event event = poll.orTimeout(20, TimeUnit.SECONDS).join().orElseThrow();
        received.add(event);
        last = event.time();
      }
    }
    return received;
  }

  private CompletableFuture<Optional<Event>> poll(String session, double last, String device) {
    return hub.poll(new Listener(session, Set.of(device), last), LONG);
  }

  private Event publish(String device, int value) {
    return hub.publish(device, "scale", null, Map.of("value", value));
  }

  private static Object value(CompletableFuture<Optional<Event>> poll) {
    return poll.join().orElseThrow().data().get("value");
  }
}
