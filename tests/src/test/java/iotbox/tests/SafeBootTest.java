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

  @TempDir private Path data;

  private BoxProcess box(OdooStandIn odoo) {
    return BoxProcess.pairedWith(odoo, "--data", data.toString());
  }

  private static HandlersZip benchAndKiller(String killing) {
    String driver =
        TestHandlers.driverThat("Killer", "return false;", "")
            .replace("public static boolean", "static { " + killing + " }\n public static boolean");
    return TestHandlers.bench().and(KILLER, driver);
  }

  private void killTwice(OdooStandIn odoo) {
    for (int i = 0; i < 2; i++) {
      try (BoxProcess box = box(odoo)) {
        assertTrue(box.diesWithin(SOON), "the handlers should have ended the box, start " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Runtime.getRuntime().halt(3);", "System.exit(0);"})
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

        box.client().post("/api/handlers/reload", "application/json", "{}");

        box.client().awaitDevice("bench1");
      }
      try (BoxProcess box = box(odoo)) {
        box.client().awaitDevice("bench1");
      }
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
