package iotbox.box.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.box.device.RecentActions.Verdict;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentActionsTest {
  /** Begins shortly before the clock's numbers turn negative. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  private final RecentActions recent = new RecentActions(nanos::get, 3);

  @Test
  void anIdIsKnownForTenMinutes() {
    assertEquals(Verdict.NEW, recent.add("scale", "a"));
    assertEquals(Verdict.SEEN, recent.add("scale", "a"));
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(10));
    assertEquals(Verdict.SEEN, recent.add("scale", "a"));
    nanos.addAndGet(1);
    assertEquals(Verdict.NEW, recent.add("scale", "a"));
  }

  @Test
  void aRepetitionDoesNotMakeItLastLonger() {
    recent.add("scale", "a");
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(6));
    assertEquals(Verdict.SEEN, recent.add("scale", "a"));
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(6));
    assertEquals(Verdict.NEW, recent.add("scale", "a"));
  }

  @Test
  void devicesHaveTheirOwn() {
    assertEquals(Verdict.NEW, recent.add("scale", "a"));
    assertEquals(Verdict.NEW, recent.add("scale2", "a"));
    assertEquals(Verdict.NEW, recent.add("scale", "2a"), "not mistaken for scale2's a");
  }

  @Test
  void whatNeverBeganMayComeAgain() {
    recent.add("scale", "a");
    recent.remove("scale", "a");
    assertEquals(Verdict.NEW, recent.add("scale", "a"));
  }

  @Test
  void nothingIsForgottenForWantOfRoom() {
    recent.add("scale", "a");
    recent.add("scale", "b");
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(5));
    recent.add("scale", "c");

    assertEquals(Verdict.TOO_MANY, recent.add("scale", "d"));
    assertEquals(Verdict.SEEN, recent.add("scale", "a"));
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(5) + 1);
    assertEquals(Verdict.NEW, recent.add("scale", "d"));
    assertEquals(Verdict.SEEN, recent.add("scale", "c"));
  }
}
