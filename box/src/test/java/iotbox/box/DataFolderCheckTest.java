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
    // Not even root where it is mounted for reading only, as in a container.
    Path system = Path.of("/sys/kernel");
    assumeFalse(Files.isWritable(system) || !Files.isDirectory(system));

    String trouble = new DataFolderCheck(system).trouble().orElseThrow();
    assertTrue(trouble.matches("its data folder .*(for reading only|the user).*; .+"), trouble);
  }

  @Test
  void aDiskThatIsFullIsTrouble() {
    assertTrue(new DataFolderCheck(folder, () -> 4096).trouble().orElseThrow().contains("full"));
  }
}
