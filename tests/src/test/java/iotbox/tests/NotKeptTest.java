package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.stock.serial.PtyPair;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a person decides while the box cannot write is refused, with the reason, and undone. */
class NotKeptTest {
  private static final String REFUSAL = "Nothing was changed, as the data folder cannot be written";
  private static final String PRINTER = "iotbox.stock.printer.PrinterDriver";
  private static final List<String> FILES =
      List.of("device-settings.json", "devices.json", "log-levels", "options.json", "origins");

  @TempDir Path folder;

  @Test
  void whoeverDecidesIsTold() throws Exception {
    Path data = folder.resolve("data");
    Path printer = Files.createFile(folder.resolve("lp0"));
    try (PtyPair line = new PtyPair(folder);
        BoxProcess box =
            BoxProcess.start(
                "--data", data.toString(),
                "--serial-port", line.box(),
                "--printer", "till=file:" + printer)) {
      BoxClient owner = box.owner();
      owner.awaitDevice("till");
      owner.awaitStatus("the line", status -> has(status, line.box()));
      assertDecided(kind(box, "label_printer"));
      List<Path> inTheWay = new ArrayList<>();
      for (String file : FILES) {
        inTheWay.add(Files.createDirectories(data.resolve(file + ".new/in the way")));
      }

      JsonNode refused = kind(box, "office_printer");
      assertEquals("error", refused.path("status").asText(), refused.toString());
      assertTrue(refused.path("result").asText().startsWith(REFUSAL), refused.toString());
      Map<String, Object> settings = Map.of("pattern", "(\\d+)");
      List<HttpResponse<String>> answers =
          Arrays.asList(
              post(owner, "devices/line", "identifier", line.box(), "settings", settings),
              post(owner, "devices/pin", "identifier", "till", "driver", PRINTER),
              post(owner, "devices/probing", "identifier", line.box(), "probe", false),
              post(owner, "origins", "origin", "https://shop.example", "allowed", true),
              post(owner, "log-levels", "logger", "iotbox", "level", "debug"),
              post(owner, "options", "values", Map.of("handlers-interval", "7")));
      for (HttpResponse<String> answer : answers) {
        assertEquals(507, answer.statusCode(), answer.uri() + ": " + answer.body());
        assertTrue(answer.body().startsWith(REFUSAL), answer.body());
      }
      assertUnchanged(owner, line.box());

      // Of the two files of a line the first is written, and what was written is taken back.
      unblock(inTheWay.remove(0));
      assertEquals(
          507,
          post(owner, "devices/line", "identifier", line.box(), "settings", settings).statusCode());
      assertUnchanged(owner, line.box());

      for (Path each : inTheWay) {
        unblock(each);
      }
      assertDecided(kind(box, "office_printer"));
      assertEquals(
          200,
          post(owner, "devices/line", "identifier", line.box(), "settings", settings).statusCode());
    }
  }

  private static void assertUnchanged(BoxClient owner, String line) {
    JsonNode status = owner.status();
    assertEquals("label_printer", BoxClient.device(status, "till").path("subtype").asText());
    assertTrue(BoxClient.device(status, "till").path("pin").isNull(), status.toString());
    assertTrue(BoxClient.device(status, line).path("pin").isNull(), status.toString());
    assertTrue(BoxClient.device(status, line).at("/probing/allowed").asBoolean());
    String said = owner.get("/api/devices/line?identifier=" + line).body();
    assertTrue(said.contains("\"settings\":null"), said);
    assertEquals("{\"levels\":[]}", owner.get("/api/log-levels").body());
  }

  private static void assertDecided(JsonNode answer) {
    assertEquals("success", answer.path("status").asText(), answer.toString());
  }

  /** Corrects the printer's kind as a page does; what it is answered. */
  private static JsonNode kind(BoxProcess box, String kind) {
    return box.client()
        .action("page", "till", Map.of("action", "update_kind", "kind", kind))
        .path("result");
  }

  private static boolean has(JsonNode status, String device) {
    return !BoxClient.device(status, device).isMissingNode();
  }

  private static void unblock(Path inTheWay) throws IOException {
    Files.delete(inTheWay);
    Files.delete(inTheWay.getParent());
  }

  private static HttpResponse<String> post(
      BoxClient owner, String path, String one, Object its, String other, Object itsToo) {
    return post(owner, path, Map.of(one, its, other, itsToo));
  }

  private static HttpResponse<String> post(BoxClient owner, String path, String one, Object its) {
    return post(owner, path, Map.of(one, its));
  }

  private static HttpResponse<String> post(BoxClient owner, String path, Map<String, ?> request) {
    return owner.post("/api/" + path, "application/json", BoxClient.text(request));
  }
}
