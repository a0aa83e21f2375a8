package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CorsTest {
  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox();
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void preflightIsAnsweredAsOnRealBoxes() {
    for (String path :
        List.of("/hw_drivers/action", "/iot_drivers/event", "/hw_proxy/hello", "/iot_drivers/x")) {
      HttpResponse<String> response = preflight(path, false);
      assertEquals(204, response.statusCode(), path);
      assertEquals("", response.body());
      assertEquals("*", header(response, "Access-Control-Allow-Origin"));
      assertEquals("POST", header(response, "Access-Control-Allow-Methods"));
      assertEquals(
          "Origin, X-Requested-With, Content-Type, Accept, Authorization",
          header(response, "Access-Control-Allow-Headers"));
      assertEquals("86400", header(response, "Access-Control-Max-Age"));
      assertEquals("", header(response, "Access-Control-Allow-Private-Network"));
    }
  }

  @Test
  void privateNetworkAccessIsAllowedWhenAskedFor() {
    HttpResponse<String> response = preflight("/hw_drivers/action", true);
    assertEquals("true", header(response, "Access-Control-Allow-Private-Network"));
  }

  @Test
  void everyAnswerOnTheWireCarriesIt() {
    assertAllowed(box.get("/hw_proxy/hello"), 200);
    assertAllowed(box.get("/iot_drivers/ping"), 200);
    assertAllowed(box.post("/hw_drivers/action", "{}"), 200);
    assertAllowed(box.post("/iot_drivers/event", "{"), 400);
    assertAllowed(box.get("/hw_drivers/event"), 415);
    assertAllowed(box.get("/hw_drivers/download_logs"), 404);
    assertAllowed(box.get("/hw_proxy/nothing"), 404);
    assertAllowed(box.send(box.request("/hw_proxy/hello").DELETE()), 405);
    assertAllowed(
        box.post(
            "/hw_drivers/event",
            "{\"params\":{\"listener\":{\"session_id\":\"s\",\"devices\":[\"x\"]}}}"),
        200);
  }

  @Test
  void theBoxsOwnRoutesNeverCarryIt() {
    for (String path : List.of("/", "/api/status", "/api/pairing", "/api/nothing")) {
      assertEquals("", header(box.get(path), "Access-Control-Allow-Origin"), path);
      HttpResponse<String> response = preflight(path, true);
      assertTrue(response.statusCode() >= 400, path);
      assertTrue(
          response.headers().map().keySet().stream()
              .noneMatch(name -> name.startsWith("access-control")),
          path);
    }
  }

  private void assertAllowed(HttpResponse<String> response, int status) {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(List.of("*"), response.headers().allValues("Access-Control-Allow-Origin"));
  }

  private HttpResponse<String> preflight(String path, boolean privateNetwork) {
    var request =
        box.request(path)
            .header("Origin", "https://my.odoo.example")
            .header("Access-Control-Request-Method", "POST")
            .method("OPTIONS", BodyPublishers.noBody());
    return box.send(
        privateNetwork
            ? request.header("Access-Control-Request-Private-Network", "true")
            : request);
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
