package iotbox.stock.usb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WithoutLibraryTest {
  /** Lists the devices three times; a process of its own, since a library loads once in each. */
  static final class Listing {
    private Listing() {}

    public static void main(String[] args) {
      UsbInterface usb = new UsbInterface();
      for (int i = 0; i < 3; i++) {
        System.out.println("devices: " + usb.getDevices().size());
      }
      usb.close();
    }
  }

  @Test
  @Timeout(60)
  void aLibraryThatCannotBeLoadedIsToldOnceAndLeavesNoDevices(@TempDir Path folder)
      throws Exception {
    Process listing =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder.resolve("not/there"),
                "-cp",
                System.getProperty("java.class.path"),
                Listing.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(listing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(listing.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, listing.exitValue(), output);
    assertEquals(3, count(output, "devices: 0"), output);
    assertEquals(1, count(output, "INFO .*No USB devices: libusb cannot be loaded here: "), output);
  }

  private static long count(String output, String pattern) {
    return output.lines().filter(line -> line.matches(".*" + pattern + ".*")).count();
  }
}
