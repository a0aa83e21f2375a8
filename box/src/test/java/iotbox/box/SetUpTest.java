package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetUpTest {
  @TempDir private Path data;

  @Test
  void theOwnerSaysSoOnceAndForAll() throws Exception {
    SetUp first = start(false);
    assertFalse(first.isSetUp());
    first.done();
    assertTrue(first.isSetUp());
    first.done();
    assertTrue(start(false).isSetUp());
  }

  @Test
  void aBoxThatIsPairedHasBeenSetUpAlsoWhenItIsNotAnyMore() {
    SetUp paired = start(false);
    paired.pairedWith(null, null);
    assertTrue(paired.isSetUp());
    assertTrue(start(false).isSetUp());
  }

  @Test
  void whoeverBringsThePasswordAlongHasDoneItBefore() {
    assertTrue(start(true).isSetUp());
    assertFalse(start(false).isSetUp(), "nothing is kept of that");
  }

  @Test
  void whatCannotBeKeptCountsUntilTheEnd() throws Exception {
    Path file = Files.writeString(data.resolve("a file"), "");
    SetUp setUp = new SetUp(file, false, Runnable::run);
    assertThrows(IOException.class, setUp::done);
    assertTrue(setUp.isSetUp());
    new SetUp(file, false, Runnable::run).pairedWith(null, null); // And says so in the log.
  }

  private SetUp start(boolean givenPassword) {
    return new SetUp(data, givenPassword, Runnable::run);
  }
}
