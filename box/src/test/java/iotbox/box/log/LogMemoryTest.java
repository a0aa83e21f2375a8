package iotbox.box.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import iotbox.box.http.part.LogRecord;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogMemoryTest {
  private final Logger logger = new LoggerContext().getLogger("a.Driver");
  private final LogMemory memory = new LogMemory();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.DEBUG);
    memory.setContext(logger.getLoggerContext());
    memory.start();
    logger.addAppender(memory);
  }

  @Test
  void recordsAreAsTheyWereWritten() {
    logger.warn("Line {}\nis\u001b[2J here", 3, new IllegalStateException("no paper"));
    logger.debug("quiet");

    List<LogRecord> records = memory.after(0);
    LogRecord first = records.get(0);
    assertEquals(1, first.number());
    assertEquals("warn", first.level());
    assertEquals("a.Driver", first.logger());
    assertEquals("Line 3\n\tis\\u001b[2J here", first.message());
    assertTrue(first.thrown().startsWith("java.lang.IllegalStateException: no paper"));
    assertTrue(first.thrown().contains("LogMemoryTest"), first.thrown());
    assertNull(records.get(1).thrown());
    assertEquals(List.of(records.get(1)), memory.after(1));
  }

  @Test
  void onlyTheLastAreKeptWhateverTheirSize() {
    for (int i = 1; i <= LogMemory.MOST_RECORDS + 7; i++) {
      logger.info("record {}", i);
    }
    List<LogRecord> records = memory.after(0);
    assertEquals(LogMemory.MOST_RECORDS, records.size());
    assertEquals("record 8", records.get(0).message());
    assertEquals(8, records.get(0).number());

    for (int i = 0; i < LogMemory.MOST_RECORDS; i++) {
      logger.info("x".repeat(1_000_000));
    }
    int chars = memory.after(0).stream().mapToInt(record -> record.message().length()).sum();
    assertTrue(chars <= LogMemory.MOST_CHARS, chars + " characters");
    assertTrue(chars > LogMemory.MOST_CHARS / 2, chars + " characters");
    LogRecord last = memory.after(0).get(0);
    assertTrue(
        last.message()
            .endsWith(
                " … ("
                    + (1_000_000 - LogMemory.LONGEST_MESSAGE)
                    + " more characters are in the log file)"));
  }

  @Test
  void whoWaitsIsToldOfTheNextOne() {
    logger.info("first");
    CompletableFuture<Void> late = memory.news(0);
    assertTrue(late.isDone());
    CompletableFuture<Void> next = memory.news(1);
    CompletableFuture<Void> gone = memory.news(1);
    gone.cancel(false);
    assertFalse(next.isDone());

    logger.info("second");

    assertTrue(next.isDone());
    CompletableFuture<Void> last = memory.news(2);
    assertFalse(memory.isOver());
    memory.end();
    assertTrue(last.isDone());
    assertTrue(memory.isOver());
    assertTrue(memory.news(2).isDone());
  }

  @Test
  void aReaderThatLogsIsNoLoop() {
    memory.news(0).thenRun(() -> logger.info("told"));
    logger.info("first");
    assertTrue(memory.after(0).size() <= 2);
  }
}
