package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers that end the whole box as soon as they run. */
class SafeBootTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String KILLER = "drivers/Killer.java";

  private static final String HOARDING =
      "java.util.List all = new java.util.ArrayList(); System.getProperties().put(\"all\", all);"
          + " while (true) { all.add(new byte[65536]); }";

  @TempDir private Path data;

  private BoxProcess box(OdooStandIn odoo) {
    return BoxProcess.pairedWith(odoo, "--data", data.toString());
  }

  private static HandlersZip benchAndKiller(String killing) {
    return TestHandlers.bench().and(KILLER, killing(killing));
  }

  private static String killing(String how) {
    return TestHandlers.driverThat("Killer", "return false;", "")
        .replace(
            "public static boolean",
            "static { if (true) { " + how + " } }\n public static boolean");
  }

  private void killTwice(OdooStandIn odoo) {
    for (int i = 0; i < 2; i++) {
      try (BoxProcess box = box(odoo)) {
        assertTrue(box.diesWithin(SOON), "the handlers should have ended the box, start " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Runtime.getRuntime().halt(3);", "System.exit(0);", HOARDING})
  void afterTwoDeathsTheBoxComesUpWithoutTheHandlersAndSaysSo(String killing) {
    try (OdooStandIn odoo = OdooStandIn.start().serving(benchAndKiller(killing))) {
      killTwice(odoo);
      try (BoxProcess box = box(odoo)) {
        JsonNode status =
            box.client()
                .awaitStatus(
                    "connected and held back",
                    now ->
                        now.path("odoo").path("state").asText().equals("connected")
                            && !BoxClient.handler(now, KILLER).isMissingNode());

        for (String file : new String[] {KILLER, "interfaces/BenchInterface.java"}) {
          JsonNode handler = BoxClient.handler(status, file);
          assertEquals("failed", handler.path("state").asText(), file);
          String message = handler.path("diagnostics").path(0).path("message").asText();
          assertTrue(message.contains("ended the box"), message);
          assertTrue(message.contains("\"Load handlers\""), message);
        }
        assertTrue(status.path("odoo").path("detail").asText().contains("ended the box"));
        assertTrue(box.stderr().contains("ERROR OdooHandlers: The handlers from Odoo ended"));
        assertTrue(BoxClient.device(status, "bench1").isMissingNode());
        assertEquals("ping", box.client().get("/hw_proxy/hello").body());
      }
    }
  }

  @Test
  void aChangedArchiveLiftsIt() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(benchAndKiller("System.exit(1);"))) {
      killTwice(odoo);
      odoo.recover().serving(TestHandlers.bench());
      try (BoxProcess box = box(odoo)) {
        box.client().awaitDevice("bench1");
        JsonNode odooStatus = box.client().status().path("odoo");
        assertFalse(odooStatus.path("detail").asText().contains("ended"), odooStatus.toString());
      }
    }
  }

  @Test
  void theButtonGivesAnotherChanceAlsoWithoutOdoo(@TempDir Path folder) throws Exception {
    Path broken = folder.resolve("broken");
    String killing =
        "if (new java.io.File(\"" + broken + "\").exists()) { Runtime.getRuntime().halt(3); }";
    try (OdooStandIn odoo = OdooStandIn.start().serving(benchAndKiller(killing))) {
      try (BoxProcess box = box(odoo)) {
        box.client().awaitDevice("bench1");
        Awaitility.await("kept for a start without Odoo")
            .until(() -> Files.exists(data.resolve("handlers.cache")));
      }
      Files.createFile(broken);
      killTwice(odoo);
      odoo.breakConnections();
      try (BoxProcess box = box(odoo)) {
        box.client()
            .awaitStatus(
                "held back",
                now -> BoxClient.handler(now, KILLER).path("state").asText().equals("failed"));
        Files.delete(broken);

        box.owner().post("/api/handlers/reload", "application/json", "{}");

        box.client().awaitDevice("bench1");
      }
      try (BoxProcess box = box(odoo)) {
        box.client().awaitDevice("bench1");
      }
    }
  }

  @Test
  void memoryThatComesBackCostsOnlyTheHandler() {
    String greedy = HOARDING.replace("System.getProperties().put(\"all\", all);", "");
    try (OdooStandIn odoo = OdooStandIn.start().serving(benchAndKiller(greedy));
        BoxProcess box = box(odoo)) {
      box.client().awaitDevice("bench1");
      JsonNode status =
          box.client()
              .awaitStatus(
                  "the fault",
                  now -> BoxClient.handler(now, KILLER).path("state").asText().equals("failed"));

      String fault = BoxClient.handler(status, KILLER).path("diagnostics").toString();
      assertTrue(fault.contains("OutOfMemoryError"), fault);
      assertFalse(box.diesWithin(Duration.ofSeconds(6)), "the memory is there again");
    }
  }

  @Test
  void aFolderOfHandlersIsHeldBackTooUntilOneIsSaved(@TempDir Path module) throws Exception {
    Path killer = module.resolve("iot_handlers").resolve(KILLER);
    Files.createDirectories(killer.getParent());
    String deadly = killing("Runtime.getRuntime().halt(3);");
    Files.writeString(killer, deadly);
    Path serial = module.resolve("iot_handlers/interfaces/BenchInterface.java");
    Files.createDirectories(serial.getParent());
    Files.writeString(serial, TestHandlers.INTERFACE);
    String[] options = {"--data", data.toString(), "--handlers", module.toString()};
    for (int i = 0; i < 2; i++) {
      try (BoxProcess box = BoxProcess.start(options)) {
        assertTrue(box.diesWithin(SOON), "start " + i);
      }
    }
    try (BoxProcess box = BoxProcess.start(options)) {
      JsonNode status =
          box.client()
              .awaitStatus(
                  "held back",
                  now -> BoxClient.handler(now, KILLER).path("state").asText().equals("failed"));
      String message = BoxClient.handler(status, KILLER).path("diagnostics").toString();
      assertTrue(message.contains("save it again"), message);

      Files.writeString(killer, deadly.replace("halt(3)", "gc()"));

      box.client()
          .awaitStatus(
              "loaded",
              now -> BoxClient.handler(now, KILLER).path("state").asText().equals("loaded"));
    }
  }

  @Test
  void aBoxThatIsStoppedAgainAndAgainIsNotToBlame() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench())) {
      for (int i = 0; i < 3; i++) {
        try (BoxProcess box = box(odoo)) {
          box.client().awaitDevice("bench1");
        }
      }
    }
  }
}
