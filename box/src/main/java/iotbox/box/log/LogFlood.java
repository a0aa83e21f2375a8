package iotbox.box.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Marker;

/**
 * Keeps a part of the box that complains without end from filling the log, where nobody would find
 * anything else: whoever sends bad requests, or a device that fails again and again, could have it
 * so. Of the warnings and errors of one logger only so many in a minute are written, and how many
 * were left out is told when there is something to write again.
 */
final class LogFlood extends TurboFilter {
  /** Each with its stack, perhaps, so that the two files of the log last for an hour. */
  static final int MOST_IN_A_MINUTE = 60;

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanos;
  private final Map<String, Minute> minutes = new ConcurrentHashMap<>();

  LogFlood() {
    this(System::nanoTime);
  }

  /**
   * @param nanos a clock
   */
  LogFlood(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public FilterReply decide(
      Marker marker, Logger logger, Level level, String format, Object[] values, Throwable cause) {
    // Without a text somebody only asks whether the level is on.
    if (level.levelInt < Level.WARN_INT || format == null) {
      return FilterReply.NEUTRAL;
    }
    Minute minute = minutes.computeIfAbsent(logger.getName(), name -> new Minute());
    return minute.takes(logger) ? FilterReply.NEUTRAL : FilterReply.DENY;
  }

  /** What one logger had. The lock {@code this} guards its fields; nothing is logged under it. */
  private final class Minute {
    private long since = nanos.getAsLong();
    private int count;

    boolean takes(Logger logger) {
      int leftOut = 0;
      int now;
      synchronized (this) {
        if (nanos.getAsLong() - since >= MINUTE) {
          leftOut = count - MOST_IN_A_MINUTE;
          since = nanos.getAsLong();
          count = 0;
        }
        now = ++count;
      }
      // Told as information, which is not counted here.
      if (leftOut > 0) {
        logger.info("{} more warnings of this kind were left out", leftOut);
      }
      if (now == MOST_IN_A_MINUTE + 1) {
        logger.info("More warnings of this kind are left out for a minute");
      }
      return now <= MOST_IN_A_MINUTE;
    }
  }
}
