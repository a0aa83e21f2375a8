package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options that the owner keeps on a box, over its restarts. */
class OptionsTest {
  private static final String JSON = "application/json";

  @TempDir private Path data;

  @Test
  void whatIsKeptCountsAfterARestartThatTheOwnerAsksFor() throws IOException {
    try (BoxProcess box =
        BoxProcess.startIn(Map.of("NOTIFY_SOCKET", "/nowhere/notify"), "--data", data.toString())) {
      BoxClient owner = box.owner();
      assertTrue(options(owner).get("canRestart").asBoolean());
      assertEquals(421, callAs("till.shop.example", box));

      HttpResponse<String> kept = keep(owner, Map.of("allow-host", List.of("till.shop.example")));

      assertEquals(200, kept.statusCode(), kept.body());
      assertTrue(BoxClient.json(kept.body()).get("waiting").asBoolean());
      assertTrue(option(BoxClient.json(kept.body()), "allow-host").get("waits").asBoolean());
      assertEquals(421, callAs("till.shop.example", box), "not before the next start");
      assertEquals(202, owner.post("/api/restart", JSON, "{}").statusCode());
      assertTrue(box.diesWithin(Duration.ofSeconds(10)));
      assertEquals(4, box.exitCode());
    }
    try (BoxProcess box = BoxProcess.start("--data", data.toString())) {
      assertEquals(200, callAs("till.shop.example", box));
      JsonNode options = options(box.owner());
      assertFalse(options.get("waiting").asBoolean());
      assertEquals("kept", option(options, "allow-host").get("source").asText());
      assertEquals("command-line", option(options, "port").get("source").asText());
      assertEquals("environment", option(options, "https-port").get("source").asText());
      assertEquals(data.toString(), option(options, "data").get("value").asText());

      assertFalse(options.get("canRestart").asBoolean());
      HttpResponse<String> refused = box.owner().post("/api/restart", JSON, "{}");
      assertEquals(409, refused.statusCode());
      assertTrue(box.isAlive());
    }
  }

  @Test
  void aValueThatTheCommandLineWouldNotTakeIsRefusedInItsWords() {
    try (BoxProcess box = BoxProcess.start("--data", data.toString())) {
      String wrong = "--handlers-interval";
      BoxProcess.Exit exit = BoxProcess.run(wrong, "often");

      HttpResponse<String> refused = keep(box.owner(), Map.of(wrong.substring(2), "often"));

      assertEquals(400, refused.statusCode());
      assertEquals("iotbox: " + refused.body(), exit.stderr());
      assertFalse(Files.exists(data.resolve("options.json")));
    }
  }

  @Test
  void whatIsNoGoodAnyMoreKeepsNobodyFromStarting() throws Exception {
    Files.writeString(
        data.resolve("options.json"),
        "{\"handlers\":[\"/gone\"],\"allow-host\":[\"till.shop.example\"]}");
    try (BoxProcess box = BoxProcess.start("--data", data.toString())) {
      JsonNode handlers = option(options(box.owner()), "handlers");
      assertEquals(
          "--handlers needs the folder of an Odoo module, but /gone is none.",
          handlers.get("problem").asText());
      assertEquals(200, callAs("till.shop.example", box));
      try (LogReader log = new LogReader(box.owner())) {
        JsonNode record =
            log.await("the reason", each -> each.path("logger").asText().endsWith("KeptOptions"));
        assertEquals("error", record.get("level").asText());
        assertTrue(record.get("message").asText().contains("/gone is none"));
      }
    }
    Files.writeString(data.resolve("options.json"), "{\"allow-host\":[\"till");
    try (BoxProcess box = BoxProcess.start("--data", data.toString())) {
      assertTrue(options(box.owner()).get("problem").asText().contains("could not be read"));
      assertEquals(421, callAs("till.shop.example", box));
    }
  }

  private static HttpResponse<String> keep(BoxClient owner, Map<String, ?> values) {
    return owner.post("/api/options", JSON, BoxClient.text(Map.of("values", values)));
  }

  private static JsonNode options(BoxClient owner) {
    HttpResponse<String> response = owner.get("/api/options");
    assertEquals(200, response.statusCode(), response.body());
    return BoxClient.json(response.body());
  }

  private static JsonNode option(JsonNode options, String name) {
    for (JsonNode option : options.get("options")) {
      if (option.get("name").asText().equals(name)) {
        return option;
      }
    }
    throw new AssertionError("No " + name + " in " + options);
  }

  /** How the box answers whoever calls it by this name. */
  private static int callAs(String name, BoxProcess box) throws IOException {
    return Integer.parseInt(OriginsTest.raw(box, "GET /hw_proxy/hello HTTP/1.1", name));
  }
}
