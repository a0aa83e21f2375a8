package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.option.StartupException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path parent;

  @Test
  void isMadeForItsOwnerOnlyAndKept() throws Exception {
    Path path = parent.resolve("a/b");
    DataFolder.open(path).close();

    assertTrue(Files.isDirectory(path));
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  void temporaryOneIsDeletedInTheEnd() throws Exception {
    DataFolder folder = DataFolder.temporary();
    Files.writeString(folder.path().resolve("file"), "content");
    folder.close();

    assertFalse(Files.exists(folder.path()));
  }

  @Test
  void fileInItsPlaceIsRefused() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "");

    assertTrue(refusal(file).contains("is a file"));
    Path below = file.resolve("below");
    String refusal = refusal(below);
    assertTrue(refusal.startsWith("The data folder " + below + " cannot be written ("), refusal);
    assertTrue(refusal.endsWith("): see to its disk, or choose another with --data."), refusal);
  }

  @Test
  void livesWhereTheSystemKeepsSuchThings() {
    assertEquals(Path.of("/x/iotbox"), DataFolder.usual(Map.of("XDG_DATA_HOME", "/x")));
    assertTrue(DataFolder.usual(Map.of()).endsWith(".local/share/iotbox"));
  }

  private static String refusal(Path path) {
    return assertThrows(StartupException.class, () -> DataFolder.open(path)).getMessage();
  }
}
