package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --handlers}: a local Odoo module, without any Odoo. */
class LocalModuleTest {
  @Test
  void itsHandlersRunWithoutOdoo(@TempDir Path module) throws Exception {
    write(module, "interfaces/BenchInterface.java", TestHandlers.INTERFACE);
    write(module, "drivers/BenchDriver.java", TestHandlers.DRIVER);
    try (BoxProcess box = BoxProcess.start("--handlers", module.toString())) {
      JsonNode device = box.client().awaitDevice("bench1");

      assertEquals("BenchDriver", device.path("driver").asText());
      assertEquals("unpaired", box.client().status().path("odoo").path("state").asText());
    }
  }

  @Test
  void severalModulesAndThoseOfOdooWorkTogether(@TempDir Path one, @TempDir Path two)
      throws Exception {
    write(one, "interfaces/BenchInterface.java", TestHandlers.INTERFACE);
    write(
        two,
        "interfaces/Second.java",
        TestHandlers.interfaceThat(
            "Second", "bench", "return Map.of(\"bench2\", Device.of(Map.of()));"));
    HandlersZip driver = HandlersZip.with("drivers/BenchDriver.java", TestHandlers.DRIVER);
    try (OdooStandIn odoo = OdooStandIn.start().serving(driver);
        BoxProcess box =
            BoxProcess.pairedWith(
                odoo, "--handlers", one.toString(), "--handlers", two.toString())) {
      box.client().awaitDevice("bench1");
      box.client().awaitDevice("bench2");
    }
  }

  @Test
  void aSavedFileIsLiveWithoutARestart(@TempDir Path module) throws Exception {
    write(module, "interfaces/BenchInterface.java", TestHandlers.INTERFACE);
    write(module, "drivers/BenchDriver.java", TestHandlers.DRIVER);
    try (BoxProcess box = BoxProcess.start("--handlers", module.toString())) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      int generation = client.status().path("generation").asInt();

      write(
          module,
          "drivers/BenchDriver.java",
          TestHandlers.DRIVER.replace("Bench Works", "Bench Works & Sons"));

      JsonNode status =
          client.awaitStatus(
              "the new driver has the device",
              now ->
                  BoxClient.device(now, "bench1")
                      .path("manufacturer")
                      .asText()
                      .equals("Bench Works & Sons"));
      assertEquals(generation + 1, status.path("generation").asInt());
    }
  }

  @Test
  void devicesOfUnchangedGroupsKeepTheirInstanceWhateverElseChanges(@TempDir Path module)
      throws Exception {
    write(module, "interfaces/BenchInterface.java", TestHandlers.INTERFACE);
    write(module, "drivers/BenchDriver.java", stamped(TestHandlers.DRIVER));
    try (BoxProcess box = BoxProcess.start("--handlers", module.toString())) {
      BoxClient client = box.client();
      String instance = client.awaitDevice("bench1").path("manufacturer").asText();

      // Another driver of the same connection type comes, of no higher rank.
      write(
          module,
          "drivers/Other.java",
          TestHandlers.driverThat("Other", "return false;", "").replace("@Priority(10)", ""));
      awaitLoaded(client, "drivers/Other.java");
      assertEquals(instance, client.awaitDevice("bench1").path("manufacturer").asText());

      // The interface changes, which has listed the device.
      write(
          module,
          "interfaces/BenchInterface.java",
          TestHandlers.INTERFACE.replace(
              "return devices;",
              "devices.put(\"bench2\", Device.of(attributes)); return devices;"));
      client.awaitDevice("bench2");
      assertEquals(instance, client.awaitDevice("bench1").path("manufacturer").asText());

      // And the driver itself is broken: the version that works goes on.
      write(
          module, "drivers/BenchDriver.java", "public class BenchDriver {\n  int a = \"b\";\n}\n");
      JsonNode entry =
          BoxClient.handler(
              client.awaitStatus(
                  "the broken driver is refused",
                  now -> state(now, "drivers/BenchDriver.java").equals("failed")),
              "drivers/BenchDriver.java");
      assertEquals(instance, client.awaitDevice("bench1").path("manufacturer").asText());
      JsonNode diagnostic = entry.path("diagnostics").path(0);
      assertEquals(2, diagnostic.path("line").asInt());
      assertEquals("  int a = \"b\";", diagnostic.path("source").asText());
      assertEquals("janino", entry.path("running").path("compiler").asText());
      assertTrue(entry.path("running").path("since").isTextual(), entry.toString());
    }
  }

  @Test
  @Tag("alone")
  void savesByRenameNewFoldersRemovedFilesAndAModuleMadeAgainAreNoticed(@TempDir Path folder)
      throws Exception {
    Path module = Files.createDirectory(folder.resolve("module"));
    write(module, "interfaces/BenchInterface.java", TestHandlers.INTERFACE);
    try (BoxProcess box = BoxProcess.start("--handlers", module.toString())) {
      BoxClient client = box.client();
      awaitLoaded(client, "interfaces/BenchInterface.java");

      // A folder that was not there, and a file that is written beside and renamed.
      Path drivers = Files.createDirectory(module.resolve("iot_handlers/drivers"));
      saveByRename(drivers, TestHandlers.DRIVER);
      assertEquals("Bench Works", client.awaitDevice("bench1").path("manufacturer").asText());
      long begun = System.nanoTime();
      saveByRename(drivers, TestHandlers.DRIVER.replace("Bench Works", "Renamed"));
      client.awaitStatus(
          "the renamed file is live",
          now -> BoxClient.device(now, "bench1").path("manufacturer").asText().equals("Renamed"));
      long millis = (System.nanoTime() - begun) / 1_000_000;
      assertTrue(millis < 1000, "Live after " + millis + " ms");

      Files.delete(drivers.resolve("BenchDriver.java"));
      awaitGone(client, "drivers/BenchDriver.java");
      client.awaitStatus(
          "nobody has the device", now -> BoxClient.device(now, "bench1").path("driver").isNull());

      try (Stream<Path> all = Files.walk(module)) {
        all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
      awaitGone(client, "interfaces/BenchInterface.java");
      write(module, "interfaces/BenchInterface.java", TestHandlers.INTERFACE);
      write(module, "drivers/BenchDriver.java", TestHandlers.DRIVER);
      client.awaitDevice("bench1");
    }
  }

  /** A driver whose manufacturer tells one instance from another. */
  private static String stamped(String driver) {
    return driver.replace("\"Bench Works\"", "\"Instance \" + System.nanoTime()");
  }

  private static void saveByRename(Path folder, String source) throws Exception {
    Path beside = folder.resolve(".BenchDriver.java.swp");
    Files.writeString(beside, source);
    Files.move(beside, folder.resolve("BenchDriver.java"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static void awaitLoaded(BoxClient client, String file) {
    client.awaitStatus(file + " is loaded", now -> state(now, file).equals("loaded"));
  }

  private static void awaitGone(BoxClient client, String file) {
    client.awaitStatus(file + " is gone", now -> BoxClient.handler(now, file).isMissingNode());
  }

  private static String state(JsonNode status, String file) {
    return BoxClient.handler(status, file).path("state").asText();
  }

  private static void write(Path module, String file, String source) throws Exception {
    Path path = module.resolve("iot_handlers").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, source);
  }
}
