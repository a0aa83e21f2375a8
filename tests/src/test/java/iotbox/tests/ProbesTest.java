package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What probes hear of a box: how it is itself, and nothing of what others do. */
class ProbesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void whatOdooAndDriversDoIsNotTheBoxsHealth() {
    HandlersZip handlers =
        TestHandlers.bench()
            .and(
                "drivers/Bent.java",
                TestHandlers.driverThat(
                    "Bent", "return true;", "throw new IllegalStateException(\"bent\");"));
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      BoxClient client = box.client();
      client.awaitStatus(
          "the driver fails",
          status ->
              BoxClient.handler(status, "drivers/Bent.java")
                  .path("state")
                  .asText()
                  .equals("failed"));
      odoo.breakConnections();
      client.awaitStatus(
          "Odoo is away", status -> !status.at("/odoo/state").asText().equals("connected"));

      for (String path : new String[] {"/health", "/health/live"}) {
        assertEquals(200, client.get(path).statusCode(), path);
        assertEquals("{\"healthy\":true,\"reasons\":[]}", client.get(path).body());
      }
    }
  }

  @Test
  void aDataFolderThatIsGoneIsToldButNoReasonToEndTheBox(@TempDir Path folder) throws IOException {
    Path data = folder.resolve("data");
    try (BoxProcess box = BoxProcess.start("--data", data.toString())) {
      BoxClient client = box.client();
      await().atMost(PATIENCE).until(() -> client.get("/health").statusCode() == 200);

      Files.move(data, folder.resolve("elsewhere"));

      await().atMost(PATIENCE).until(() -> client.get("/health").statusCode() == 503);
      assertEquals(
          "its data folder is gone; restart the box, or put the folder back",
          BoxClient.json(client.get("/health").body()).at("/reasons/0").asText());
      assertEquals(200, client.get("/health/live").statusCode());

      Files.move(folder.resolve("elsewhere"), data);

      await().atMost(PATIENCE).until(() -> client.get("/health").statusCode() == 200);
    }
  }
}
