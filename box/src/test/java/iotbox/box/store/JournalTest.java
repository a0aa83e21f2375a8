package iotbox.box.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir private Path folder;
  private Path file;
  private Journal journal;

  @BeforeEach
  void begin() {
    file = folder.resolve("journal");
    journal = new Journal(file);
  }

  @Test
  void keepsWhatWasAppendedInOrder() throws IOException {
    assertEquals(List.of(), journal.read());
    journal.append("first");
    journal.append("");
    journal.append("Grüße \u0000 \uD83D\uDE00");

    assertEquals(List.of("first", "", "Grüße \u0000 \uD83D\uDE00"), again());
    assertEquals(Files.size(file), journal.size());
  }

  @Test
  void isTheUsersAlone() throws IOException {
    journal.append("first");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    journal.replace(List.of("second"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  /** Each is where a process or a power cut may have ended a write. */
  @Test
  void whereverItWasCutOffWhatIsWholeCountsAndWhatFollowsToo() throws IOException {
    journal.append("first");
    long whole = Files.size(file);
    journal.append("second");
    byte[] all = Files.readAllBytes(file);
    for (int length = (int) whole; length < all.length - 1; length++) {
      Files.write(file, Arrays.copyOf(all, length));
      Journal next = new Journal(file);
      assertEquals(List.of("first"), next.read(), "cut off after " + length);
      next.append("third");
      next.close();
      assertEquals(List.of("first", "third"), again(), "cut off after " + length);
    }
  }

  @Test
  void garbageCostsOnlyTheRecordsThatItHits() throws IOException {
    journal.append("first");
    byte[] garbage = new byte[5_000];
    new Random(1).nextBytes(garbage);
    journal.close();
    Files.write(file, garbage, StandardOpenOption.APPEND);
    Files.write(file, new byte[4096], StandardOpenOption.APPEND);
    journal.append("second");
    journal.close();
    Files.write(file, "deadbeef wrong sum\n".getBytes(UTF_8), StandardOpenOption.APPEND);

    assertEquals(List.of("first", "second"), again());
  }

  @Test
  void replacesAllInOneStepAndGoesOn() throws IOException {
    journal.append("old");
    journal.replace(List.of("a", "b"));
    journal.append("c");

    assertEquals(List.of("a", "b", "c"), again());
    assertEquals(Files.size(file), journal.size());
    assertFalse(Files.exists(folder.resolve("journal.new")));
  }

  @Test
  void whatAnInterruptedReplacementLeftIsNoHindrance() throws IOException {
    journal.append("old");
    Files.writeString(folder.resolve("journal.new"), "half a rec");
    assertEquals(List.of("old"), again());
    journal.replace(List.of("a"));
    assertEquals(List.of("a"), again());
  }

  @Test
  void clearsAndBeginsAnew() throws IOException {
    journal.append("old");
    journal.clear();
    assertFalse(Files.exists(file));
    assertEquals(0, journal.size());
    journal.append("new");

    assertEquals(List.of("new"), again());
  }

  @Test
  void saysWhatTheDiskRefusesAndRecovers() throws IOException {
    Files.createDirectory(file); // Cannot be written, not even by a superuser.
    assertThrows(IOException.class, () -> journal.append("lost"));
    Files.delete(file);
    journal.append("kept");

    assertEquals(List.of("kept"), again());
  }

  private List<String> again() throws IOException {
    return new Journal(file).read();
  }
}
