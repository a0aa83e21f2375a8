package iotbox.box.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each reason for which nothing can be written has words of its own. */
class FolderTroubleTest {
  private static final long PLENTY = Long.MAX_VALUE;

  @TempDir Path folder;

  @Test
  void nothingIsWrongWithAUsualFolder() {
    assertEquals(Optional.empty(), FolderTrouble.of(folder, () -> PLENTY));
  }

  @Test
  void aFullDiskIsSeenAndHeard() {
    assertEquals(Optional.of(FolderTrouble.FULL), FolderTrouble.of(folder, () -> 4096));
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    IOException failure =
        assertThrows(
            IOException.class, () -> Files.write(full, new byte[] {1}, StandardOpenOption.WRITE));
    assertEquals(FolderTrouble.FULL, FolderTrouble.behind(folder, failure));
  }

  /** Nobody may write there, root included; in a container it is mounted for reading only. */
  @Test
  void aDiskForReadingOnlyAndAMissingRightAreToldApart() throws IOException {
    Path system = Path.of("/sys/kernel");
    assumeTrue(Files.isDirectory(system));
    FolderTrouble wanted =
        Files.getFileStore(system).isReadOnly() ? FolderTrouble.READ_ONLY : FolderTrouble.FORBIDDEN;
    NotKeptException failure =
        assertThrows(
            NotKeptException.class,
            () -> PrivateFile.write(system.resolve("iotbox"), new byte[] {1}));
    assertEquals(wanted, FolderTrouble.behind(system, failure));
  }

  @Test
  void aDiskForReadingOnlyIsHeardOfToo() {
    assertEquals(FolderTrouble.READ_ONLY, behind("Read-only file system"));
  }

  @Test
  void aQuotaThatIsUsedUpIsNoFullDisk() {
    assertEquals(FolderTrouble.OVER_QUOTA, behind("Disk quota exceeded"));
    assertEquals(
        FolderTrouble.OVER_QUOTA, behind("Der zugewiesene Plattenplatz (Quota) ist überschritten"));
  }

  @Test
  void aFolderThatIsGoneIsNotWhateverTheSystemCallsThat() {
    assertEquals(
        FolderTrouble.GONE,
        FolderTrouble.behind(folder.resolve("gone"), new NoSuchFileException("/gone/file.new")));
  }

  @Test
  void whateverElseItIsIsSaidInTheSystemsWords() {
    assertEquals(
        "cannot be written (Input/output error): see to its disk",
        behind("Input/output error").advice());
    assertEquals(
        "cannot be written (directory not empty): see to its disk",
        FolderTrouble.behind(folder, new DirectoryNotEmptyException("/secret/path")).advice());
  }

  private FolderTrouble behind(String reason) {
    return FolderTrouble.behind(folder, new FileSystemException("/secret/path", null, reason));
  }
}
