package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.bus.BusStandIn;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which pages may use the devices, and by which names they may call the box, from outside. */
class OriginsTest {
  private static final String FOREIGN = "https://pos.example";
  private static final String JSON = "application/json";

  @TempDir Path data;

  @Test
  void aNameThatIsNotTheBoxsIsRefusedUnlessItWasAllowed() throws IOException {
    try (BoxProcess box = BoxProcess.start("--allow-host", "*.shop.example,till")) {
      for (String host : List.of("till:1", "box.SHOP.example.", "localhost", "192.0.2.1:80")) {
        assertEquals("200", raw(box, "GET /hw_proxy/hello HTTP/1.1", host), host);
      }
      for (String host : List.of("evil.example", "shop.example", "till.evil.example", "rebind")) {
        for (String request :
            List.of(
                "GET / HTTP/1.1",
                "GET /api/status HTTP/1.1",
                "POST /api/session HTTP/1.1",
                "OPTIONS /hw_drivers/action HTTP/1.1",
                "GET /nothing HTTP/1.1")) {
          assertEquals("421", raw(box, request, host), host + " " + request);
        }
      }
    }
    BoxProcess.Exit exit = BoxProcess.run("--allow-host", "till:8069");
    assertEquals(2, exit.code());
    assertTrue(exit.stderr().contains("--allow-host needs a name without a port"), exit.stderr());
  }

  @Test
  void anUnpairedBoxIsForItsOwnPagesAndAnAnswerLastsOverARestart() {
    try (BoxProcess box = BoxProcess.start("--data", data.toString())) {
      assertEquals(403, preflight(box, FOREIGN).statusCode());
      assertEquals(403, preflight(box, "null").statusCode());
      HttpResponse<String> refused = action(box, FOREIGN, JSON);
      assertEquals(403, refused.statusCode());
      assertTrue(refused.body().contains("Open the box's page and press Allow there."));
      // What browsers send without asking first.
      for (String type : List.of("text/plain", "multipart/form-data; boundary=x")) {
        assertEquals(403, action(box, FOREIGN, type).statusCode());
      }
      assertEquals(200, action(box, null, JSON).statusCode());
      assertEquals(
          200, action(box, box.url().toString().replaceFirst("/$", ""), JSON).statusCode());
      assertEquals(List.of("asking " + FOREIGN), known(box));

      String answer = BoxClient.text(Map.of("origin", FOREIGN, "allowed", true));
      assertEquals(401, box.client().post("/api/origins", JSON, answer).statusCode());
      assertEquals(204, box.owner().post("/api/origins", JSON, answer).statusCode());
      assertAllowed(box, FOREIGN);
    }
    try (BoxProcess box = BoxProcess.start("--data", data.toString())) {
      assertAllowed(box, FOREIGN);
      assertEquals(403, preflight(box, "https://other.example").statusCode());
      assertEquals(List.of("asking https://other.example", "allowed " + FOREIGN), known(box));
    }
  }

  @Test
  void theStartAnswersInAdvance() {
    try (BoxProcess box = BoxProcess.start("--allow-origin", FOREIGN + ",http://192.0.2.9:8069")) {
      assertAllowed(box, FOREIGN);
      assertAllowed(box, "http://192.0.2.9:8069");
      assertEquals(403, preflight(box, "http://192.0.2.9").statusCode());
    }
    try (BoxProcess box = BoxProcess.start("--allow-origin=*")) {
      for (String origin : List.of(FOREIGN, "null")) {
        HttpResponse<String> answer = preflight(box, origin);
        assertEquals(204, answer.statusCode());
        assertEquals("*", header(answer, "Access-Control-Allow-Origin"));
        assertEquals(200, action(box, origin, JSON).statusCode());
        // The devices, not the box.
        HttpRequest.Builder reload =
            box.owner()
                .request("/api/handlers/reload")
                .header("Origin", origin)
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString("{}"));
        assertEquals(403, box.client().send(reload).statusCode());
      }
    }
    BoxProcess.Exit exit = BoxProcess.run("--allow-origin", "pos.example");
    assertEquals(2, exit.code());
    assertTrue(exit.stderr().contains("--allow-origin needs a site"), exit.stderr());
  }

  @Test
  void thePairedOdooIsFollowedAtOnce() {
    try (OdooStandIn first = OdooStandIn.start();
        OdooStandIn second = OdooStandIn.start("19.0");
        BusStandIn bus = OdooWithBus.inFrontOf(second, 0);
        BoxProcess box = BoxProcess.pairedWith(first)) {
      BoxClient client = box.client();
      client.awaitStatus("paired", now -> now.at("/odoo/state").asText().equals("connected"));
      assertAllowed(box, first.url());
      assertAllowed(box, first.url().replace("http:", "https:"));
      assertEquals(403, preflight(box, bus.url()).statusCode());

      String token = BoxClient.text(Map.of("token", OdooWithBus.pairing(second, bus.url())));
      assertEquals(204, box.owner().post("/api/pairing", JSON, token).statusCode());

      assertAllowed(box, bus.url());
      assertEquals(403, preflight(box, first.url()).statusCode());

      Awaitility.await().until(() -> !bus.subscriptions().isEmpty());
      bus.send(
          1000,
          "server_update",
          Map.of(
              "iot_identifier", BoxProcess.IDENTIFIER, "server_url", "http://moved.example:8069"));
      Awaitility.await()
          .until(() -> preflight(box, "http://moved.example:8069").statusCode() == 204);
      assertEquals(403, preflight(box, bus.url()).statusCode());
    }
  }

  private static void assertAllowed(BoxProcess box, String origin) {
    HttpResponse<String> preflight = preflight(box, origin);
    assertEquals(204, preflight.statusCode(), origin + ": " + preflight.body());
    assertEquals(origin, header(preflight, "Access-Control-Allow-Origin"));
    assertEquals("Origin", header(preflight, "Vary"));
    assertEquals("true", header(preflight, "Access-Control-Allow-Private-Network"));
    HttpResponse<String> answer = action(box, origin, JSON);
    assertEquals(200, answer.statusCode());
    assertEquals(origin, header(answer, "Access-Control-Allow-Origin"));
    assertFalse(answer.headers().map().containsKey("access-control-allow-credentials"));
  }

  private static HttpResponse<String> preflight(BoxProcess box, String origin) {
    return box.client()
        .send(
            box.client()
                .request("/hw_drivers/action")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .header("Access-Control-Request-Private-Network", "true")
                .method("OPTIONS", BodyPublishers.noBody()));
  }

  private static HttpResponse<String> action(BoxProcess box, String origin, String type) {
    HttpRequest.Builder request =
        box.client()
            .request("/hw_drivers/action")
            .header("Content-Type", type)
            .POST(
                BodyPublishers.ofString(
                    BoxClient.text(
                        Map.of(
                            "params",
                            Map.of("session_id", "s", "device_identifier", "d", "data", "{}")))));
    return box.client().send(origin == null ? request : request.header("Origin", origin));
  }

  private static List<String> known(BoxProcess box) {
    List<String> known = new ArrayList<>();
    for (JsonNode entry : box.client().status().at("/access/origins")) {
      known.add(entry.path("state").asText() + " " + entry.path("origin").asText());
    }
    return known;
  }

  /** The status of the answer to this request, which calls the box by this name. */
  static String raw(BoxProcess box, String request, String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", box.url().getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              (request + "\r\nHost: " + host + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return answer.split(" ", 3)[1];
    }
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
