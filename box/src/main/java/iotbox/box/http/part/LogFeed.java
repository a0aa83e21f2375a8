package iotbox.box.http.part;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The last records of the log, for those who read along. On any thread; does not block. */
public interface LogFeed {
  /** Tells this run of the box apart from all others: numbers begin anew with each. */
  String run();

  /** Those records after this number that are still known, the oldest first; 0 for all. */
  List<LogRecord> after(long number);

  /**
   * Completes as soon as there is a record after this number, on the thread that wrote it, or when
   * the feed has {@linkplain #isOver() ended}; cancel it if it is of no interest any more.
   */
  CompletableFuture<Void> news(long number);

  /** From now on there is no news, since the box stops. */
  void end();

  /** Whether {@link #end} was called. */
  boolean isOver();
}
