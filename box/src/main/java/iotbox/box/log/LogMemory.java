package iotbox.box.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import iotbox.box.http.part.LogFeed;
import iotbox.box.http.part.LogRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * The last records of the log, so that a page can show what was just now. It gets what the log file
 * gets: no secrets.
 *
 * <p>One lock, {@code this}, guards the records and those who wait for the next one; who waits is
 * told outside it.
 */
public final class LogMemory extends UnsynchronizedAppenderBase<ILoggingEvent> implements LogFeed {
  static final int MOST_RECORDS = 500;
  static final int MOST_CHARS = 500_000;
  static final int LONGEST_MESSAGE = 8_000;
  static final int LONGEST_STACK = 16_000;

  private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
  private final Deque<LogRecord> records = new ArrayDeque<>();
  private final Set<CompletableFuture<Void>> waiting = new HashSet<>();
  private int chars;
  private long last;
  private boolean over;

  LogMemory() {}

  /** From now on every record is remembered for a while. */
  public static LogMemory ofThisBox() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    LogMemory memory = new LogMemory();
    memory.setContext(context);
    memory.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(memory);
    return memory;
  }

  @Override
  protected void append(ILoggingEvent event) {
    String message = text(event.getFormattedMessage(), LONGEST_MESSAGE);
    String thrown =
        event.getThrowableProxy() == null
            ? null
            : text(ThrowableProxyUtil.asString(event.getThrowableProxy()), LONGEST_STACK);
    List<CompletableFuture<Void>> told;
    synchronized (this) {
      LogRecord record =
          new LogRecord(
              ++last,
              event.getInstant(),
              event.getLevel().toString().toLowerCase(Locale.ROOT),
              event.getLoggerName(),
              message,
              thrown);
      records.add(record);
      chars += size(record);
      while (records.size() > MOST_RECORDS || chars > MOST_CHARS) {
        chars -= size(records.remove());
      }
      told = List.copyOf(waiting);
    }
    told.forEach(each -> each.complete(null));
  }

  private static String text(String text, int longest) {
    String whole = text == null ? "" : text.stripTrailing();
    return RecordLayout.safe(
        whole.length() <= longest
            ? whole
            : whole.substring(0, longest)
                + " … ("
                + (whole.length() - longest)
                + " more characters are in the log file)");
  }

  private static int size(LogRecord record) {
    return record.logger().length()
        + record.message().length()
        + (record.thrown() == null ? 0 : record.thrown().length());
  }

  @Override
  public String run() {
    return run;
  }

  @Override
  public synchronized List<LogRecord> after(long number) {
    List<LogRecord> newer = new ArrayList<>();
    for (LogRecord record : records) {
      if (record.number() > number) {
        newer.add(record);
      }
    }
    return newer;
  }

  @Override
  public CompletableFuture<Void> news(long number) {
    CompletableFuture<Void> news = new CompletableFuture<>();
    synchronized (this) {
      if (last > number || over) {
        return CompletableFuture.completedFuture(null);
      }
      waiting.add(news);
    }
    news.whenComplete((nothing, failure) -> forget(news));
    return news;
  }

  private synchronized void forget(CompletableFuture<Void> news) {
    waiting.remove(news);
  }

  @Override
  public void end() {
    List<CompletableFuture<Void>> told;
    synchronized (this) {
      over = true;
      told = List.copyOf(waiting);
    }
    told.forEach(each -> each.complete(null));
  }

  @Override
  public synchronized boolean isOver() {
    return over;
  }
}
