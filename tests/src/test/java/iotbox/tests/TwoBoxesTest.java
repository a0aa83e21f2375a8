package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, one data folder. */
class TwoBoxesTest {
  @TempDir private Path folder;

  @Test
  void theSecondRefusesByWhateverPathItIsLed() throws IOException {
    Path data = folder.resolve("real/data");
    Files.createDirectories(data);
    Path link = Files.createSymbolicLink(folder.resolve("link"), data);
    Path parent = Files.createSymbolicLink(folder.resolve("parent"), data.getParent());
    try (BoxProcess first = BoxProcess.start("--data", data.toString())) {
      for (Path path :
          List.of(data, link, parent.resolve("data"), data.resolve("../../link/../data"))) {
        BoxProcess.Exit second = BoxProcess.run("--data", path.toString());

        assertEquals(2, second.code(), second.stderr());
        assertEquals("", second.stdout());
        assertEquals(
            "iotbox: Another box uses the data folder "
                + path
                + "; stop it, or give this one a folder of its own with --data.",
            second.stderr().strip());
      }
      assertEquals("ping", first.client().get("/hw_proxy/hello").body(), "the first goes on");
      first.kill();
    }
    try (BoxProcess next = BoxProcess.start("--data", link.toString())) {
      assertEquals("ping", next.client().get("/hw_proxy/hello").body(), "nothing is left of it");
      assertTrue(Files.exists(data.resolve("lock")));
    }
  }
}
