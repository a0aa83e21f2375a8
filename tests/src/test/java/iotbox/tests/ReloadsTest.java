package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** What a box tells of its reloads, and of the versions of a file: truths that the test knows. */
class ReloadsTest {
  private static final String INTERFACE = "interfaces/BenchInterface.java";
  private static final String DRIVER = "drivers/BenchDriver.java";
  private static final String SOURCE = "/api/handlers/source?file=";
  private static final String BROKEN =
      TestHandlers.DRIVER.replace("deviceType(\"scale\")", "deviceType(scale)");

  @Test
  void whatOdooPushesIsToldWithFilesAndDevices() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo, "--handlers-interval", "1")) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      JsonNode first = awaitReload(client, "the first", Map.of("bench1", "opened"), 1);
      assertEquals("odoo", first.path("source").asText());
      assertEquals(Map.of(DRIVER, "added", INTERFACE, "added"), files(first));
      assertEquals(2, first.path("loaded").asInt());
      assertEquals(2, first.path("compiled").asInt());
      assertTrue(first.path("millis").asInt() >= first.path("compileMillis").asInt());

      odoo.recover().serving(bench(TestHandlers.DRIVER.replace("Bench Works", "Works & Sons")));
      JsonNode second = awaitReload(client, "the second", Map.of("bench1", "reopened"), 2);
      assertEquals(Map.of(DRIVER, "changed"), files(second));
      assertEquals(0, second.path("refused").asInt());
      assertFalse(
          Instant.parse(second.path("at").asText())
              .isBefore(Instant.parse(first.path("at").asText())));

      odoo.recover().serving(bench(BROKEN));
      JsonNode third = awaitReload(client, "the broken one", Map.of(), 3);
      assertEquals(Map.of(DRIVER, "changed"), files(third));
      assertEquals(1, third.path("refused").asInt());

      odoo.recover().serving(HandlersZip.with(INTERFACE, TestHandlers.INTERFACE));
      JsonNode fourth = awaitReload(client, "without it", Map.of("bench1", "closed"), 4);
      assertEquals(Map.of(DRIVER, "removed"), files(fourth));
    }
  }

  @Test
  void theOwnerSeesBothVersionsOfARefusedFile(@TempDir Path folder) throws Exception {
    Path module = Files.createDirectory(folder.resolve("my_shop"));
    write(module, INTERFACE, TestHandlers.INTERFACE);
    write(module, DRIVER, TestHandlers.DRIVER);
    write(module, "lib/empty.jar", "no zip");
    try (BoxProcess box = BoxProcess.start("--handlers", module.toString())) {
      BoxClient client = box.client();
      BoxClient owner = client.asOwner();
      client.awaitDevice("bench1");
      JsonNode before = BoxClient.handler(client.status(), DRIVER);
      assertEquals(sha256(TestHandlers.DRIVER), before.path("hash").asText());
      assertTrue(source(owner, DRIVER).path("running").isNull());

      write(module, DRIVER, BROKEN);
      JsonNode status =
          client.awaitStatus(
              "it is refused",
              now -> BoxClient.handler(now, DRIVER).path("state").asText().equals("failed"));

      JsonNode after = BoxClient.handler(status, DRIVER);
      assertEquals(sha256(BROKEN), after.path("hash").asText());
      assertEquals(sha256(TestHandlers.DRIVER), after.at("/running/hash").asText());
      assertFalse(since(after).isBefore(since(before)));
      JsonNode source = source(owner, DRIVER);
      assertEquals(BROKEN, source.path("text").asText());
      assertEquals(sha256(BROKEN), source.path("hash").asText());
      assertEquals(TestHandlers.DRIVER, source.at("/running/text").asText());
      assertEquals("my_shop", status.at("/reloads/0/source").asText());

      assertTrue(source(owner, "lib/empty.jar").path("text").isNull(), "a jar has no text");
      assertEquals(sha256("no zip"), source(owner, "lib/empty.jar").path("hash").asText());
      assertEquals(401, client.get(SOURCE + DRIVER).statusCode());
      HttpResponse<String> none = owner.get(SOURCE + "drivers/None.java");
      assertEquals(404, none.statusCode());
      assertEquals(
          "There is no handler file \"drivers/None.java\" now; the status lists them.",
          none.body().strip());
      assertEquals(400, owner.get("/api/handlers/source").statusCode());
    }
  }

  @Test
  void whoeverHasOdooAskedIsToldWhatCame(@TempDir Path profile) {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo, "--handlers-interval", "0")) {
      box.client().awaitDevice("bench1");
      try (Browser browser = Browser.open(box.url(), profile)) {
        browser.go("handlers");
        By button = By.id("reload");
        By answer = By.id("reload-answer");
        browser.click(button);
        browser.logIn();
        browser.awaitText(answer, "Odoo is asked for the handlers.");
        browser.awaitText(answer, "Nothing new has come.");

        odoo.recover().serving(bench(TestHandlers.DRIVER.replace("Bench Works", "Works & Sons")));
        browser.click(button);
        browser.awaitText(answer, "Changed: " + DRIVER + ". Opened again: Bench bench1.");

        odoo.recover().serving(bench(BROKEN));
        browser.click(button);
        browser.awaitText(answer, "1 refused. Changed: " + DRIVER + ". No device was touched.");
      }
    }
  }

  private static HandlersZip bench(String driver) {
    return HandlersZip.with(INTERFACE, TestHandlers.INTERFACE).and(DRIVER, driver);
  }

  private static JsonNode source(BoxClient owner, String file) {
    HttpResponse<String> response = owner.get(SOURCE + file);
    assertEquals(200, response.statusCode(), response.body());
    return BoxClient.json(response.body());
  }

  /** Waits until so many reloads are told, and the last one has touched just these devices. */
  private static JsonNode awaitReload(
      BoxClient client, String what, Map<String, String> devices, int count) {
    return client
        .awaitStatus(
            what + " reload is told with " + devices,
            now ->
                now.path("reloads").size() == count
                    && changes(now.at("/reloads/0/devices"), "identifier").equals(devices))
        .at("/reloads/0");
  }

  private static Map<String, String> files(JsonNode reload) {
    return changes(reload.path("files"), "file");
  }

  private static Map<String, String> changes(JsonNode entries, String name) {
    List<JsonNode> all = StreamSupport.stream(entries.spliterator(), false).toList();
    return all.stream()
        .collect(
            Collectors.toMap(
                entry -> entry.path(name).asText(), entry -> entry.path("change").asText()));
  }

  private static Instant since(JsonNode handler) {
    return Instant.parse(handler.path("since").asText());
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void write(Path module, String file, String source) throws Exception {
    Path path = module.resolve("iot_handlers").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, source);
  }
}
