package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderCheckTest {
  @TempDir Path folder;

  @Test
  void aUsualFolderIsWell() {
    assertEquals(Optional.empty(), new DataFolderCheck(folder).trouble());
  }

  @Test
  void aFolderThatIsGoneIsTrouble() throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    DataFolderCheck check = new DataFolderCheck(gone);
    Files.delete(gone);

    assertTrue(check.trouble().orElseThrow().contains("is gone"));
  }

  @Test
  void aFolderThatCannotBeWrittenIsTrouble() {
    // Even root may not write there, as on a card that the system has mounted for reading only.
    Path system = Path.of("/proc/self");
    assumeFalse(Files.isWritable(system) || !Files.isDirectory(system));

    assertTrue(new DataFolderCheck(system).trouble().orElseThrow().contains("cannot be written"));
  }

  @Test
  void aDiskThatIsFullIsTrouble() {
    assertTrue(new DataFolderCheck(folder, () -> 4096).trouble().orElseThrow().contains("full"));
  }
}
