package iotbox.box.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogFloodTest {
  private final AtomicLong now = new AtomicLong();
  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger bad = context.getLogger("a.Bad");

  @BeforeEach
  void start() {
    context.addTurboFilter(new LogFlood(now::get));
    log.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(log);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
  }

  @Test
  void ofAFloodSomeIsWrittenAndTheRestCounted() {
    for (int i = 0; i < 1_000; i++) {
      bad.warn("no action {}", i);
    }
    assertEquals(LogFlood.MOST_IN_A_MINUTE + 1, log.list.size());
    assertEquals("More warnings of this kind are left out for a minute", last());

    now.addAndGet(Duration.ofMinutes(1).toNanos());
    bad.error("again");
    assertEquals("again", last());
    assertEquals(
        "940 more warnings of this kind were left out",
        log.list.get(log.list.size() - 2).getFormattedMessage());
  }

  @Test
  void othersAreHeardMeanwhile() {
    for (int i = 0; i < 1_000; i++) {
      bad.warn("no action {}", i);
    }
    context.getLogger("a.Good").warn("out of paper");
    assertEquals("out of paper", last());
  }

  @Test
  void whatIsNoWarningIsNotCounted() {
    for (int i = 0; i < 1_000; i++) {
      bad.info("found {}", i);
      bad.isWarnEnabled();
    }
    assertEquals(1_000, log.list.size());
    bad.warn("out of paper");
    assertEquals("out of paper", last());
  }

  private String last() {
    return log.list.get(log.list.size() - 1).getFormattedMessage();
  }
}
