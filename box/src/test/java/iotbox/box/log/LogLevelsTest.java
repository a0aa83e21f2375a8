package iotbox.box.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.http.part.LogLevelControl.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogLevelsTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String NAME = "LogLevelsTestDriver";

  private final Logger logger = LoggerFactory.getLogger(NAME);

  @TempDir private Path data;

  @AfterEach
  void reset() throws IOException {
    at(NOW).set(NAME, null);
  }

  private LogLevels at(Instant now) {
    return LogLevels.in(data, Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void aLevelHoldsForAWeekAlsoOverRestarts() throws IOException {
    at(NOW).set(NAME, "ERROR");
    assertFalse(logger.isWarnEnabled());

    Instant end = NOW.plus(Duration.ofDays(7));
    assertEquals(List.of(new Setting(NAME, "error", end)), at(end.minusSeconds(1)).settings());
    assertFalse(logger.isWarnEnabled());

    assertEquals(List.of(), at(end).settings());
    assertTrue(logger.isWarnEnabled());
    assertFalse(Files.exists(data.resolve("log-levels")));
  }

  @Test
  void aLevelThatIsKeptIsSetWhenTheBoxStarts() throws IOException {
    Files.writeString(data.resolve("log-levels"), NAME + " error " + NOW.plusSeconds(10));

    at(NOW);

    assertFalse(logger.isWarnEnabled());
  }

  @Test
  void withoutALevelItIsAsUsual() throws IOException {
    LogLevels levels = at(NOW);
    levels.set(NAME, "trace");
    assertTrue(logger.isTraceEnabled());

    levels.set(NAME, null);

    assertEquals(
        LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME).isTraceEnabled(), logger.isTraceEnabled());
    assertEquals(List.of(), levels.settings());
  }

  @Test
  void whatIsNoLevelChangesNothing() {
    LogLevels levels = at(NOW);

    String message =
        assertThrows(IllegalArgumentException.class, () -> levels.set(NAME, "loud")).getMessage();

    assertEquals("\"loud\" is no level; the levels are trace, debug, info, warn, error.", message);
    assertEquals(List.of(), levels.settings());
  }

  @Test
  void aDamagedFileIsNotUsed() throws IOException {
    Files.writeString(data.resolve("log-levels"), NAME + " error yesterday\nx y\n");

    assertEquals(List.of(), at(NOW).settings());
    assertTrue(logger.isWarnEnabled());
  }

  @Test
  void aLevelThatCannotBeKeptIsNotSet() throws IOException {
    LogLevels levels = at(NOW);
    levels.set(NAME, "trace");
    Path inTheWay = Files.createDirectories(data.resolve("log-levels.new/in the way"));

    assertThrows(IOException.class, () -> levels.set(NAME, "error"));

    assertTrue(logger.isTraceEnabled());
    assertEquals("trace", levels.settings().get(0).level());
    Files.delete(inTheWay);
    levels.set(NAME, "error");
    assertFalse(logger.isWarnEnabled());
  }
}
