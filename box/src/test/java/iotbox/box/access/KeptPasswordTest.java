package iotbox.box.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPasswordTest {
  @TempDir Path data;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private Path file;

  @BeforeEach
  void nameFile() {
    file = data.resolve("owner-password");
  }

  @Test
  void aPasswordThatCanBeReadAloudIsMadeAndToldOnce() throws IOException {
    KeptPassword password = started();
    String made = told.get(0);
    assertTrue(made.matches("([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}"), made);
    assertTrue(password.matches(made));
    assertTrue(password.matches(" " + made.toUpperCase(Locale.ROOT).replace("-", " ")));
    assertFalse(password.matches(made.substring(1)));
    assertFalse(password.matches(""));

    assertTrue(started().matches(made), "over a restart");
    assertEquals(List.of(made), told);
    String kept = Files.readString(file);
    assertFalse(kept.contains(made) || kept.contains(made.replace("-", "")), kept);
    assertTrue(kept.matches("made pbkdf2-hmac-sha256 \\d{6} [0-9a-f]{32} [0-9a-f]{64}\n"), kept);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void whoeverDeletesTheFileGetsANewOneAtTheNextStart() throws IOException {
    KeptPassword password = started();
    Files.delete(file);
    assertTrue(password.matches(told.get(0)), "the box that runs knows it");

    KeptPassword next = started();
    assertEquals(2, told.size());
    assertNotEquals(told.get(0), told.get(1));
    assertTrue(next.matches(told.get(1)));
    assertFalse(next.matches(told.get(0)));
  }

  @Test
  void aChosenPasswordIsToBeGivenToTheLetter() throws IOException {
    KeptPassword password = started();
    password.change("Till 2-Grüße");
    for (KeptPassword each : List.of(password, started())) {
      assertTrue(each.matches("Till 2-Grüße"));
      assertFalse(each.matches("till 2-grüße"));
      assertFalse(each.matches("Till2Grüße"));
      assertFalse(each.matches(told.get(0)));
    }
    assertEquals(1, told.size());
    assertTrue(Files.readString(file).startsWith("chosen "));
  }

  @Test
  void aDamagedFileIsPutAsideAndOpensNothing() throws IOException {
    started();
    String good = Files.readString(file);
    int aside = 0;
    for (String damaged :
        List.of(
            "",
            "made",
            "open sesame",
            good.replace("made", "free"),
            good.substring(0, good.length() - 2),
            good.replaceFirst("\\d{6}", "0"),
            good.replaceFirst("\\d{6}", "99999999"))) {
      Files.writeString(file, damaged);
      assertTrue(started().matches(told.get(told.size() - 1)));
      aside++;
      assertEquals(damaged, Files.readString(data.resolve("owner-password.bad-" + aside)));
    }
    assertEquals(1 + aside, told.size());
  }

  @Test
  void aFileThatCannotBeReadJustNowIsNotReplaced() throws IOException {
    started();
    String password = told.get(0);
    Path moved = Files.move(file, data.resolve("moved"));
    Files.createDirectory(file); // Which is no file to read.
    KeptPassword again = started();
    assertFalse(again.matches(password));
    Files.delete(file);
    Files.move(moved, file);
    assertTrue(again.matches(password));
    assertEquals(List.of(password), told);
  }

  @Test
  void whereItCannotBeKeptNobodyGetsIn() throws IOException {
    Path occupied = Files.writeString(data.resolve("file"), "");
    KeptPassword password = new KeptPassword(occupied, told::add);
    password.prepare();
    assertEquals(List.of(), told);
    assertFalse(password.matches(""));
  }

  @Test
  void aChangeThatCannotBeKeptChangesNothing() throws IOException {
    KeptPassword password = started();
    Files.delete(file);
    Files.createDirectories(file.resolve("occupied"));
    assertThrows(IOException.class, () -> password.change("another one"));
    assertTrue(password.matches(told.get(0)));
    assertFalse(password.matches("another one"));
  }

  private KeptPassword started() {
    KeptPassword password = new KeptPassword(data, told::add);
    password.prepare();
    return password;
  }
}
