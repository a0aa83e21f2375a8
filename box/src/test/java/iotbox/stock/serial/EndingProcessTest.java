package iotbox.stock.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A box may be ended before it has looked for ports once. */
class EndingProcessTest {
  /** Looks for ports for the first time, before the process ends or while it does. */
  static final class Listing {
    private Listing() {}

    public static void main(String[] args) {
      if (args[1].equals("ending")) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> list(args[0])));
      } else {
        list(args[0]);
      }
    }

    private static void list(String path) {
      System.out.println(
          "listed: " + new SerialInterface(List.of(path)).getDevices().containsKey(path));
    }
  }

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"living, true", "ending, false"})
  @Timeout(60)
  void aBoxThatEndsFindsNoPortsAndDoesNotComplain(String when, boolean listed) throws Exception {
    Path port = Files.createFile(folder.resolve("port"));
    Process listing =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Listing.class.getName(),
                port.toString(),
                when)
            .redirectErrorStream(true)
            .start();
    String output = new String(listing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(listing.waitFor(1, TimeUnit.MINUTES));
    assertEquals("listed: " + listed, output.strip());
    assertEquals(0, listing.exitValue());
  }
}
