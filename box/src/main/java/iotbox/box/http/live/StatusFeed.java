package iotbox.box.http.live;

import iotbox.box.event.Readings;
import iotbox.box.event.Readings.Reading;
import iotbox.box.thread.Alarm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tells open pages what changes in the status, and what devices tell. The status is looked at some
 * times a second, once for all pages, and not at all while there is none.
 *
 * <p>The lock {@code this} guards the pages and what they were told last. It is held while the
 * status is put together, and pages are told under it, which must not block.
 */
public final class StatusFeed {
  /** At once, for a person. */
  static final Duration PAUSE = Duration.ofMillis(300);

  /** However long it takes to look, as with thousands of devices: of the time, it is one part. */
  private static final int SHARE = 20;

  /** Shorter than a page waits before it takes the box for gone. */
  static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

  private static final byte[] HERE = Frame.of("here", "{}".getBytes(StandardCharsets.US_ASCII));

  private final Supplier<Map<String, Object>> status;
  private final Readings readings;
  private final Function<Object, byte[]> json;
  private final BooleanSupplier ending;
  private final Alarm alarm;
  private final Executor work;
  private final Set<Page> pages = new LinkedHashSet<>();
  private Map<String, Object> last = Map.of();

  /** The whole of it as an event; {@code null} until it is wanted. */
  private byte[] whole;

  private double lastReading;
  private Duration silence = Duration.ZERO;
  private boolean looking;

  /** Somebody's open page. */
  public interface Page {
    /** Whether it shows what all devices tell, and not only what the status says. */
    boolean wantsValues();

    /** Sends this to the page, which had everything before; must not block. */
    void tell(byte[] frames);

    /** There is nothing more to come, as the box stops; must not block. */
    void end();
  }

  /**
   * A feed that nobody reads yet.
   *
   * @param status makes the present one; takes some milliseconds
   * @param json writes a value
   * @param ending whether the box stops
   * @param work where the status is looked at
   */
  public StatusFeed(
      Supplier<Map<String, Object>> status,
      Readings readings,
      Function<Object, byte[]> json,
      BooleanSupplier ending,
      Alarm alarm,
      Executor work) {
    this.status = status;
    this.readings = readings;
    this.json = json;
    this.ending = ending;
    this.alarm = alarm;
    this.work = work;
  }

  /** Tells the page everything now, and from now on what changes. Takes some milliseconds. */
  public synchronized void join(Page page) {
    tellChanges();
    pages.add(page);
    page.tell(everything(page));
    lookLater(PAUSE);
  }

  /** The page has gone. */
  public synchronized void leave(Page page) {
    pages.remove(page);
    if (pages.isEmpty()) {
      last = Map.of();
      whole = null;
    }
  }

  /** Everything that the page is to know, for one that could not take all that changed. */
  public synchronized byte[] everything(Page page) {
    if (last.isEmpty()) {
      last = status.get(); // It is leaving.
    }
    if (whole == null) {
      whole = Frame.of("status", json.apply(last));
    }
    return page.wantsValues() ? Frame.both(whole, values(readings.since(0))) : whole;
  }

  private void lookLater(Duration pause) {
    if (!looking) {
      looking = true;
      alarm.in(pause, () -> work.execute(() -> look(pause)));
    }
  }

  private synchronized void look(Duration pause) {
    looking = false;
    if (ending.getAsBoolean()) {
      List.copyOf(pages).forEach(Page::end);
      return;
    }
    if (pages.isEmpty()) {
      return;
    }
    long begun = System.nanoTime();
    try {
      silence = silence.plus(pause);
      tellChanges();
      if (silence.compareTo(SIGN_OF_LIFE) >= 0) {
        silence = Duration.ZERO;
        List.copyOf(pages).forEach(page -> page.tell(HERE));
      }
    } finally {
      Duration share = Duration.ofNanos((System.nanoTime() - begun) * SHARE);
      lookLater(share.compareTo(PAUSE) < 0 ? PAUSE : share);
    }
  }

  private void tellChanges() {
    Map<String, Object> now = status.get();
    Map<String, Object> different = Difference.between(last, now);
    if (!different.isEmpty()) {
      last = now;
      whole = null;
    }
    Map<String, Reading> told = readings.since(lastReading);
    lastReading = told.values().stream().mapToDouble(Reading::time).reduce(lastReading, Math::max);
    if (pages.isEmpty()) {
      return;
    }
    byte[] change = different.isEmpty() ? null : Frame.of("change", json.apply(different));
    byte[] withValues = null;
    for (Page page : List.copyOf(pages)) {
      byte[] news = change;
      if (page.wantsValues() && !told.isEmpty()) {
        withValues = withValues == null ? Frame.both(change, values(told)) : withValues;
        news = withValues;
      }
      if (news != null) {
        silence = Duration.ZERO;
        page.tell(news);
      }
    }
  }

  private byte[] values(Map<String, Reading> told) {
    Map<String, Object> values = new LinkedHashMap<>();
    told.forEach((identifier, reading) -> values.put(identifier, reading(reading)));
    return Frame.of("values", json.apply(values));
  }

  /** A reading as pages know it. */
  public static Map<String, Object> reading(Reading reading) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("time", reading.time());
    entry.put("value", reading.value());
    entry.put("unit", reading.unit());
    return entry;
  }
}
