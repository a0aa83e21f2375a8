package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, as systemd sends it. */
class ShutdownTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  @Test
  void answersPollsDisconnectsDevicesAndEndsInTime(@TempDir Path folder) throws Exception {
    Path goodbye = folder.resolve("goodbye");
    String driver =
        TestHandlers.DRIVER.replaceFirst(
            "@Action\\(\"set\"\\)",
            "public void disconnect() { try { new java.io.File(\""
                + goodbye
                + "\").createNewFile(); }"
                + " catch (java.io.IOException e) { throw new IllegalStateException(e); } }\n\n"
                + "  @Action(\"set\")");
    try (OdooStandIn odoo =
            OdooStandIn.start()
                .serving(
                    HandlersZip.with("interfaces/BenchInterface.java", TestHandlers.INTERFACE)
                        .and("drivers/BenchDriver.java", driver));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      CompletableFuture<JsonNode> poll = client.poll("s", 0, "nobody");
      assertEquals("ping", client.get("/hw_proxy/hello").body(), "the poll before it is held now");

      box.terminate();

      JsonNode answer = poll.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertTrue(answer.path("result").isMissingNode() || answer.path("result").isNull());
      assertTrue(box.waitFor(LIMIT), "ends within " + LIMIT);
      assertTrue(Files.exists(goodbye), "the driver was told to disconnect");
    }
  }

  @Test
  void aHandlerThatHangsDoesNotHoldItUp() {
    HandlersZip handlers =
        TestHandlers.bench()
            .and(
                "interfaces/Sleeper.java",
                TestHandlers.interfaceThat(
                    "Sleeper",
                    "other",
                    "for (;;) { try { Thread.sleep(60000); }"
                        + " catch (InterruptedException e) { continue; } }"));
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      box.client().awaitDevice("bench1");
      box.client().action("s", "bench1", java.util.Map.of("action", "set", "value", 1));

      box.terminate();

      assertTrue(box.waitFor(LIMIT), "ends within " + LIMIT);
    }
  }

  @Test
  void aSilentOdooDoesNotHoldItUp() {
    try (OdooStandIn odoo = OdooStandIn.start().hang(30_000);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      assertEquals("ping", box.client().get("/hw_proxy/hello").body());

      box.terminate();

      assertTrue(box.waitFor(LIMIT), "ends within " + LIMIT);
    }
  }
}
