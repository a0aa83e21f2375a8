package iotbox.box.odoo.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastMessageTest {
  @TempDir private Path folder;

  @Test
  void isKeptForItsOwnServerOnly() {
    LastMessage last = new LastMessage(folder);
    assertEquals(0, last.begin("a"));
    assertTrue(last.take("a", 7));
    assertTrue(last.take("a", 9));
    assertFalse(last.take("a", 9));
    assertFalse(last.take("b", 10), "from a connection that is over");
    last.keep();

    assertEquals(9, new LastMessage(folder).begin("a"));
    assertEquals(0, new LastMessage(folder).begin("b"));
  }

  @Test
  void aRepeatAfterARestartIsNotNew() {
    LastMessage before = new LastMessage(folder);
    before.begin("a");
    before.take("a", 7);
    before.take("a", 9);
    before.keep();
    LastMessage last = new LastMessage(folder);
    last.begin("a");

    assertFalse(last.take("a", 7));
    assertFalse(last.take("a", 9));
    assertTrue(last.take("a", 10));
  }

  @Test
  void aDatabaseThatCountsAnewIsHeardAgain() {
    LastMessage last = new LastMessage(folder);
    last.begin("a");
    last.take("a", 5000);
    last.begin("a");

    assertFalse(last.take("a", 3), "nobody can know whether it was done");
    assertTrue(last.take("a", 4));
    assertEquals(4, last.begin("a"));
  }

  @Test
  void messagesOfOthersAreNotWrittenOneByOne() {
    LastMessage last = new LastMessage(folder);
    last.begin("a");
    last.take("a", 5);

    assertFalse(Files.exists(folder.resolve("bus.json")));
    last.begin("b");
    assertTrue(Files.exists(folder.resolve("bus.json")));
  }

  @Test
  void theFileStaysSmallAndPrivate() throws Exception {
    LastMessage last = new LastMessage(folder);
    last.begin("a");
    for (long id = 1_000_000; id < 1_010_000; id++) {
      assertTrue(last.take("a", id));
    }
    last.keep();

    Path file = folder.resolve("bus.json");
    assertTrue(Files.size(file) < 8192, "one block of a memory card or two");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void beginsAnewWithAFileThatCannotBeRead() throws Exception {
    for (String content : new String[] {"", "{", "[]", "{\"key\":\"a\",\"last\":\"x\"}", "7"}) {
      Files.writeString(folder.resolve("bus.json"), content);
      LastMessage last = new LastMessage(folder);

      assertEquals(0, last.begin("a"), content);
      assertTrue(last.take("a", 1));
    }
  }

  @Test
  void goesOnWhereNothingCanBeWritten() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    LastMessage last = new LastMessage(file);
    last.begin("a");

    assertTrue(last.take("a", 1));
    last.keep();
    assertFalse(last.take("a", 1));
  }

  @Test
  void forgetsEverythingWithThePairing() {
    LastMessage last = new LastMessage(folder);
    last.begin("a");
    last.take("a", 5);
    last.keep();
    last.forget();

    assertEquals(0, last.begin("a"));
    assertEquals(0, new LastMessage(folder).begin("a"));
  }
}
