package iotbox.box.device.open;

import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.box.device.open.RecentActions.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentActionsTest {
  /** Begins shortly before the clock's numbers turn negative. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  private final Map<UUID, Instant> disk = new LinkedHashMap<>();
  private Instant now = Instant.parse("2026-11-26T12:00:00Z");
  private RecentActions recent = started();

  private RecentActions started() {
    Clock clock =
        Clock.fixed(now, ZoneOffset.UTC); // What a process sees of it is in its nanoseconds.
    return new RecentActions(nanos::get, clock, new OnDisk(), 3);
  }

  private void restartAfter(Duration pause) {
    now = now.plus(pause);
    nanos.set(new Random(7).nextLong()); // Another process has another beginning.
    recent = started();
  }

  private final class OnDisk implements ActionRecord {
    @Override
    public Map<UUID, Instant> recall() {
      return new LinkedHashMap<>(disk);
    }

    @Override
    public void begun(UUID action, Instant when) {
      disk.put(action, when);
    }

    @Override
    public void notBegun(UUID action) {
      disk.remove(action);
    }

    @Override
    public boolean isCrowded(int actions) {
      return disk.size() > actions;
    }

    @Override
    public void keepOnly(Map<UUID, Instant> actions) {
      disk.clear();
      disk.putAll(actions);
    }
  }

  @Test
  void aRestartForgetsNothingThatCounts() {
    recent.add("scale", "a");
    recent.add("scale", "b");
    recent.remove("scale", "b");
    restartAfter(Duration.ofMinutes(6));
    assertEquals(Verdict.SEEN, recent.add("scale", "a"));
    assertEquals(Verdict.NEW, recent.add("scale", "b"), "was never begun");
    restartAfter(Duration.ofMinutes(5));
    assertEquals(Verdict.NEW, recent.add("scale", "a"), "is eleven minutes old");
    assertEquals(Verdict.SEEN, recent.add("scale", "b"));
  }

  @Test
  void aClockThatWasSetBackDoesNotMakeItForget() {
    recent.add("scale", "a");
    restartAfter(Duration.ofHours(-3));
    assertEquals(Verdict.SEEN, recent.add("scale", "a"));
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(10) + 1);
    assertEquals(Verdict.NEW, recent.add("scale", "a"));
  }

  @Test
  void whatCountsNoMoreGoesFromDiskToo() {
    recent.add("scale", "a");
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(11));
    recent.add("scale", "b");
    assertEquals(1, disk.size());
  }

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
