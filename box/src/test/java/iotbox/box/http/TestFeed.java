package iotbox.box.http;

import iotbox.box.http.part.LogFeed;
import iotbox.box.http.part.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Records that a test writes; it may forget the older ones. */
final class TestFeed implements LogFeed {
  static final Instant TIME = Instant.parse("2026-11-22T09:30:00Z");

  private final List<LogRecord> records = new ArrayList<>();
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private long last;
  private boolean over;

  void write(String level, String logger, String message, String thrown) {
    List<CompletableFuture<Void>> told;
    synchronized (this) {
      records.add(new LogRecord(++last, TIME, level, logger, message, thrown));
      told = List.copyOf(waiting);
      waiting.clear();
    }
    told.forEach(each -> each.complete(null));
  }

  synchronized void forgetAll() {
    records.clear();
  }

  /** Those who are waiting and have not given up. */
  synchronized long readers() {
    return waiting.stream().filter(each -> !each.isDone()).count();
  }

  @Override
  public String run() {
    return "run1";
  }

  @Override
  public synchronized List<LogRecord> after(long number) {
    return records.stream().filter(record -> record.number() > number).toList();
  }

  @Override
  public synchronized CompletableFuture<Void> news(long number) {
    CompletableFuture<Void> news = new CompletableFuture<>();
    if (last > number || over) {
      news.complete(null);
    } else {
      waiting.add(news);
    }
    return news;
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
