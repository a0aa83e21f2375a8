package iotbox.box.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    publish("scale1", 2);

    assertEquals(2, value(poll));
  }

  @Test
  void subscriberGetsAllUntilItEnds() {
    List<Object> seen = new ArrayList<>();
    java.util.function.Consumer<Event> subscriber = event -> seen.add(event.data().get("value"));
    hub.subscribe(subscriber);
    publish("scale1", 1);
    publish("other", 2);
    hub.unsubscribe(subscriber);
    publish("scale1", 3);

    assertEquals(List.of(1, 2), seen);
  }

  /**
   * Whatever the interleaving of events, polls and aborts: each event once, in order, to each
   * listener.
   */
  @Test
  void nothingIsLostOrRepeatedInRandomInterleavings() {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      String device = "device" + seed;
      List<Integer> published = new ArrayList<>();
      List<Integer> received = new ArrayList<>();
      double last = 0;
      CompletableFuture<Optional<Event>> poll = null;
      for (int step = 0; step < 30; step++) {
        int choice = random.nextInt(4);
        if (choice <= 1) {
          published.add(step);
          publish(device, step);
        } else if (choice == 2 && poll != null) {
          poll.cancel(false);
          poll = null;
        } else if (poll == null) {
          poll = poll("a", last, device);
        }
        if (poll != null && poll.isDone() && random.nextBoolean()) {
          last = receive(poll, received);
          poll = null;
        }
      }
      if (poll != null && poll.isDone()) {
        last = receive(poll, received);
      }
      for (poll = poll("a", last, device); poll.isDone(); poll = poll("a", last, device)) {
        last = receive(poll, received);
      }
      assertEquals(published, received, "seed " + seed);
      assertNull(poll.getNow(null));
      poll.cancel(false);
    }
  }

  private static double receive(CompletableFuture<Optional<Event>> poll, List<Integer> received) {
    Event event = poll.join().orElseThrow();
    received.add((Integer) event.data().get("value"));
    return event.time();
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
