package iotbox.box.guard;

import iotbox.box.guard.Pace.Pauses;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Faults in a row: what happened last, since when it goes wrong, and when it is tried again.
 * Immutable.
 *
 * @param what the last fault, in words
 * @param stack where the thread was, the innermost first, if the last fault was a call past its
 *     deadline; else empty
 * @param faults how many in a row; at least 1
 * @param quarantined whether they are more than is put up with, so that it is left alone
 */
public record Trouble(
    String what,
    boolean stalled,
    List<String> stack,
    Instant since,
    int faults,
    Instant retryAt,
    boolean quarantined) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss zzz");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd ");

  public Trouble {
    stack = List.copyOf(stack);
  }

  /**
   * One more fault.
   *
   * @param before {@code null} if there was none
   */
  public static Trouble after(Trouble before, Throwable fault, Instant now, Pauses pauses) {
    int faults = before == null ? 1 : before.faults + 1;
    NotCalled spared = fault instanceof NotCalled notCalled ? notCalled : null;
    return new Trouble(
        fault.getMessage(),
        fault instanceof HandlerStall,
        fault instanceof HandlerStall stall ? stall.stack() : List.of(),
        before == null ? now : before.since,
        faults,
        spared != null && spared.until() != null ? spared.until() : now.plus(pauses.after(faults)),
        spared != null || faults > pauses.tolerated());
  }

  /** How long it is until the next attempt; not negative. */
  public Duration pause(Instant now) {
    return now.isBefore(retryAt) ? Duration.between(now, retryAt) : Duration.ZERO;
  }

  /** What happened, since when, and what the box does about it, for people. */
  public String sentence(String retried) {
    return what + often() + ". " + retried + " at " + TIME.format(local(retryAt)) + ".";
  }

  /** As {@link #sentence}, once it is being tried again. */
  public String pastSentence(String retried) {
    return what + often() + ". " + retried + ".";
  }

  private String often() {
    if (faults == 1) {
      return "";
    }
    ZonedDateTime first = local(since);
    boolean today = first.toLocalDate().equals(local(retryAt).toLocalDate());
    return ", "
        + faults
        + " times in a row since "
        + (today ? "" : DAY.format(first))
        + TIME.format(first);
  }

  private static ZonedDateTime local(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault());
  }
}
