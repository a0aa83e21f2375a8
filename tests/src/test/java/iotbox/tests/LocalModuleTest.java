package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static void write(Path module, String file, String source) throws Exception {
    Path path = module.resolve("iot_handlers").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, source);
  }
}
