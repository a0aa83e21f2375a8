package iotbox.box.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.event.EventHistory.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventHistoryTest {
  private static final Duration AGE = Duration.ofSeconds(5);
  private static final Limits LIMITS = new Limits(10, 100_000, 250_000);

  private final EventHistory history = new EventHistory(AGE, LIMITS);
  private long now;
  private double time = 1_795_312_262;

  @Test
  void aBusyDeviceKeepsItsLatestAndDoesNotPushOutOthers() {
    add("scale", "w");
    for (int i = 0; i < 1000; i++) {
      add("busy", "n" + i);
    }

    assertEquals(11, history.size());
    assertEquals(List.of("w"), values("scale"));
    assertEquals("n990", values("busy").get(0));
  }

  @Test
  void picturesAreBoundedByTheirBytes() {
    add("scale", "w");
    for (int i = 0; i < 50; i++) {
      add("camera", i + "x".repeat(30_000));
    }

    assertEquals(3, values("camera").size());
    assertTrue(values("camera").get(2).startsWith("49x"));
    assertEquals(List.of("w"), values("scale"));
  }

  @Test
  void aPictureLargerThanADevicesShareIsKeptAlone() {
    add("camera", "small");
    add("camera", "x".repeat(200_000));

    assertEquals(1, values("camera").size());
    assertEquals(200_000, values("camera").get(0).length());
  }

  @Test
  void allTogetherAreBoundedAndTheHeaviestGivesWay() {
    add("scale", "w");
    for (int i = 0; i < 20; i++) {
      add("camera" + i % 5, "x".repeat(90_000));
      assertTrue(history.bytes() <= 250_000, "bytes " + history.bytes());
    }

    assertEquals(List.of("w"), values("scale"));
    assertEquals(3, history.size());
  }

  @Test
  void whatIsLargerThanEverythingIsNotKept() {
    add("camera", "x".repeat(300_000));

    assertEquals(0, history.size());
    assertEquals(0, history.bytes());
  }

  @Test
  void nothingRemainsOfWhatIsOld() {
    add("scale", "w");
    add("camera", "p");
    now += AGE.toNanos();
    history.dropOld(now);
    assertEquals(2, history.size());

    history.dropOld(++now);

    assertTrue(history.isEmpty());
    assertEquals(0, history.bytes());
  }

  @Test
  void bytesInListsAndMapsCountAndDataThatContainsItselfEnds() {
    Map<String, Object> data = new HashMap<>();
    data.put("pictures", List.of(Map.of("raw", new byte[50_000]), "y".repeat(10_000)));
    data.put("self", data);

    assertTrue(EventSize.of(data) > 60_000);
  }

  private void add(String device, String value) {
    time += 0.001;
    history.add(new Event(time, device, "type of " + device, null, Map.of("value", value)), now);
  }

  private List<String> values(String device) {
    List<String> values = new ArrayList<>();
    Listener listener = new Listener("s", Set.of(device), 0);
    for (Optional<Event> next = history.next(listener);
        next.isPresent();
        next = history.next(listener)) {
      values.add((String) next.get().data().get("value"));
      listener = listener.since(next.get().time());
    }
    return values;
  }
}
