package iotbox.box.odoo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final long MILLI = 1_000_000;
  private final Gathering gathering = new Gathering(Duration.ofMillis(250));

  @Test
  void waitsAMomentForMore() {
    assertEquals(Duration.ofMillis(250), gathering.changed(7 * MILLI));
    assertEquals(Duration.ofMillis(250), gathering.changed(207 * MILLI));
    assertEquals(Duration.ofMillis(250), gathering.changed(407 * MILLI));
  }

  @Test
  void waitsNoLongerThanThreeMomentsInAll() {
    gathering.changed(0);
    assertEquals(Duration.ofMillis(150), gathering.changed(600 * MILLI));
    assertEquals(Duration.ZERO, gathering.changed(751 * MILLI));
    assertEquals(Duration.ZERO, gathering.changed(5_000 * MILLI));
  }

  @Test
  void beginsAnewOnceTold() {
    gathering.changed(0);
    gathering.told();
    assertEquals(Duration.ofMillis(250), gathering.changed(900 * MILLI));
  }
}
