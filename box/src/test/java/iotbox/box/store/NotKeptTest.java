package iotbox.box.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person hears of a file that could not be written. */
class NotKeptTest {
  @TempDir Path folder;

  @Test
  void aFolderThatIsGoneIsNamedAsThat() throws IOException {
    Path gone = Files.writeString(folder.resolve("gone"), "no folder");
    assertEquals(
        "Nothing was changed, as the data folder is gone: restart the box, or put the folder back,"
            + " and try again.",
        refusal(gone.resolve("file")));
  }

  @Test
  void whateverElseItIsIsSaidInTheSystemsWordsWithoutPaths() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "before");
    Files.createDirectories(folder.resolve("file.new/in the way"));

    String refusal = refusal(file);

    assertTrue(
        refusal.matches(
            "Nothing was changed, as the data folder cannot be written \\(.+\\): see to its disk, and"
                + " try again\\."),
        refusal);
    assertFalse(refusal.contains(folder.toString()), refusal);
    assertEquals("before", Files.readString(file));
  }

  @Test
  void itIsFoundAmongTheCauses() throws IOException {
    Path gone = Files.writeString(folder.resolve("gone"), "no folder").resolve("file");
    IOException failure = assertThrows(IOException.class, () -> PrivateFile.write(gone));
    assertEquals(
        NotKeptException.refusal(failure),
        NotKeptException.refusal(new IOException("by whoever wrote", failure)));
  }

  @Test
  void theLogNamesTheFolderAndNoClass() throws IOException {
    Path gone = Files.writeString(folder.resolve("gone"), "no folder");
    IOException failure =
        assertThrows(IOException.class, () -> PrivateFile.write(gone.resolve("file")));
    assertEquals(gone + " is gone: restart the box, or put the folder back", failure.toString());
  }

  @Test
  void ofAnotherFailureNoWordIsTold() {
    assertEquals(
        "Nothing was changed, as the data folder cannot be written: see to its disk, and try again.",
        NotKeptException.refusal(new IOException("/secret/path")));
  }

  private static String refusal(Path file) {
    NotKeptException failure =
        assertThrows(NotKeptException.class, () -> PrivateFile.write(file, new byte[] {1}));
    return NotKeptException.refusal(failure);
  }
}
