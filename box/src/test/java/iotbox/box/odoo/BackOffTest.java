package iotbox.box.odoo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackOffTest {
  @Test
  void growsToItsLimitAndBeginsAnewAfterSuccess() {
    BackOff backOff = new BackOff(Duration.ofMillis(500), Duration.ofSeconds(10));
    for (int most : new int[] {500, 1000, 2000, 4000, 8000, 10_000, 10_000}) {
      assertAbout(most, backOff.next());
    }
    backOff.reset();
    assertAbout(500, backOff.next());
  }

  private static void assertAbout(int millis, Duration pause) {
    assertTrue(
        pause.toMillis() <= millis && pause.toMillis() >= millis * 3 / 4 - 1,
        pause + " is not near " + millis + " ms");
  }
}
