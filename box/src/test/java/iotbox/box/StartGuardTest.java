package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guard that is made anew is one of the next process; one that is not closed was killed. */
class StartGuardTest {
  private static final Duration NEVER = Duration.ofHours(1);

  private final BoxThreads threads = new BoxThreads();

  @TempDir private Path data;
  private String machineRun = "monday";

  @AfterEach
  void end() {
    threads.close();
  }

  private StartGuard next() {
    return new StartGuard(data, threads, NEVER, machineRun);
  }

  private StartGuard afterDeaths(int deaths, String handlers) {
    for (int i = 0; i < deaths; i++) {
      next().begins("odoo", handlers);
    }
    return next();
  }

  @Test
  void handlersHaveTwoChances() {
    assertTrue(afterDeaths(0, "a").admits("a"));
    assertTrue(afterDeaths(1, "a").admits("a"));
    assertFalse(afterDeaths(1, "a").admits("a"), "the second");
    assertFalse(next().admits("a"), "and not by waiting either");
  }

  @Test
  void otherHandlersAreNotToBlame() {
    assertTrue(afterDeaths(2, "a").admits("b"));
  }

  @Test
  void aBoxThatIsToldToEndHasNothingAgainstItsHandlers() {
    for (int i = 0; i < 3; i++) {
      StartGuard guard = next();
      guard.begins("odoo", "a");
      guard.close();
    }
    assertTrue(next().admits("a"));
    assertFalse(Files.exists(data.resolve("starting")));
  }

  @Test
  void runningWellForAWhileIsForgiveness() {
    afterDeaths(1, "a");
    StartGuard guard = new StartGuard(data, threads, Duration.ofMillis(10), machineRun);
    guard.begins("odoo", "a");

    Awaitility.await().until(() -> !Files.exists(data.resolve("starting")));
    assertTrue(afterDeaths(1, "a").admits("a"));
  }

  @Test
  void handlersThatWereReplacedInTimeAreForgiven() {
    for (int i = 0; i < 2; i++) {
      StartGuard guard = next();
      guard.begins("odoo", "kept");
      guard.begins("odoo", "deadly");
    }

    assertTrue(next().admits("kept"));
    assertFalse(next().admits("deadly"));
  }

  @Test
  void powerCutsAreNoFaultOfTheHandlers() {
    for (int i = 0; i < 5; i++) {
      machineRun = "run" + i;
      assertTrue(next().admits("a"));
      afterDeaths(1, "a");
    }
  }

  @Test
  void aPowerCutBetweenTwoDeathsForgivesNeither() {
    afterDeaths(1, "a");
    next().begins("odoo", "a");
    machineRun = "tuesday";

    assertTrue(next().admits("a"), "the second end was the power's");
    assertFalse(afterDeaths(1, "a").admits("a"));
  }

  @Test
  void anotherRunOfTheMachineIsOneMoreChance() {
    assertFalse(afterDeaths(2, "a").admits("a"));
    machineRun = "tuesday";

    assertTrue(next().admits("a"));
    assertFalse(afterDeaths(1, "a").admits("a"));
  }

  @Test
  void handlersOfTwoSourcesAreMarkedSideBySide() {
    for (int i = 0; i < 2; i++) {
      StartGuard guard = next();
      guard.begins("odoo", "a");
      guard.begins("/module", "b");
    }

    assertFalse(next().admits("a"));
    assertFalse(next().admits("b"));
  }

  @Test
  void aPersonMayForgive() {
    StartGuard guard = afterDeaths(2, "a");
    guard.forgive("a");

    assertTrue(guard.admits("a"));
    assertTrue(afterDeaths(1, "a").admits("a"), "with all the chances");
  }

  @Test
  void theSameHandlersAgainAreNoSecondStart() {
    StartGuard guard = next();
    guard.begins("odoo", "a");
    guard.begins("odoo", "a");

    assertTrue(guard.admits("a"));
    assertTrue(next().admits("a"));
  }

  @Test
  void afterTheEndNothingIsMarked() {
    StartGuard guard = next();
    guard.close();
    guard.begins("odoo", "a");

    assertFalse(Files.exists(data.resolve("starting")));
  }

  @Test
  void aDamagedMarkIsNoMark() throws IOException {
    Files.writeString(data.resolve("starting"), "a 2 monday\nb two monday\n");

    assertTrue(next().admits("a"));
    assertFalse(afterDeaths(2, "a").admits("a"));
  }

  @Test
  void aMarkThatCannotBeWrittenStopsNobody() throws IOException {
    Files.createDirectory(data.resolve("starting"));
    Files.writeString(data.resolve("starting/in-the-way"), "");

    assertTrue(afterDeaths(3, "a").admits("a"));
  }

  @Test
  void theMarkIsTheOwnersAlone() throws IOException {
    next().begins("odoo", "a");

    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("starting"))));
  }
}
