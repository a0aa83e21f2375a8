package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.http.part.OdooView;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OriginCheckTest {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String ALLOWED = "https://allowed.example";
  private static final String FOREIGN = "https://pos.example";

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
      HttpResponse<String> response = preflight(path, ALLOWED, false);
      assertEquals(204, response.statusCode(), path);
      assertEquals("", response.body());
      assertEquals(ALLOWED, header(response, ALLOW_ORIGIN));
      assertEquals("Origin", header(response, "Vary"));
      assertEquals("POST", header(response, "Access-Control-Allow-Methods"));
      assertEquals(
          "Origin, X-Requested-With, Content-Type, Accept, Authorization",
          header(response, "Access-Control-Allow-Headers"));
      assertEquals("86400", header(response, "Access-Control-Max-Age"));
      assertEquals("", header(response, "Access-Control-Allow-Private-Network"));
      assertEquals("", header(response, "Access-Control-Allow-Credentials"));
    }
    assertEquals(
        "GET", header(preflight("/api/events", ALLOWED, false), "Access-Control-Allow-Methods"));
  }

  @Test
  void privateNetworkAccessIsAllowedWhenAskedFor() {
    HttpResponse<String> response = preflight("/hw_drivers/action", ALLOWED, true);
    assertEquals("true", header(response, "Access-Control-Allow-Private-Network"));
  }

  @Test
  void everyAnswerOnTheWireSaysThatThePageMayReadIt() {
    assertAllowed(box.request("/hw_proxy/hello"), 200);
    assertAllowed(box.request("/iot_drivers/ping"), 200);
    assertAllowed(box.posting("/hw_drivers/action", "{}"), 200);
    assertAllowed(box.posting("/iot_drivers/event", "{"), 400);
    assertAllowed(box.request("/hw_drivers/event"), 415);
    assertAllowed(box.request("/hw_proxy/nothing"), 404);
    assertAllowed(box.request("/hw_proxy/hello").DELETE(), 405);
    assertAllowed(
        box.posting(
            "/hw_drivers/event",
            "{\"params\":{\"listener\":{\"session_id\":\"s\",\"devices\":[\"x\"]}}}"),
        200);
  }

  @Test
  void thePagesOfThePairedOdooAreFollowedWhereverItGoes() {
    for (String url : List.of("http://odoo.example:8069", "http://moved.example")) {
      box.odoo.view = new OdooView(url, "unreachable", null, null, null, false);
      assertEquals(200, helloFrom(url));
      assertEquals(200, helloFrom(url.replace("http://", "https://")));
      assertEquals(200, helloFrom(url.replaceFirst("^http:(//[^:]+).*", "https:$1")));
      assertEquals(403, helloFrom(url.replaceFirst(":\\d+|$", ":8070")));
    }
    assertEquals(403, helloFrom("http://odoo.example:8069"));
    box.odoo.view = new OdooView(null, "unpaired", null, null, null, false);
    assertEquals(403, helloFrom("http://moved.example"));
  }

  @Test
  void programsAndTheBoxsOwnPagesNeedNoPermission() {
    for (HttpRequest.Builder request :
        List.of(
            box.request("/hw_proxy/hello"),
            box.request("/hw_proxy/hello").header("Origin", "http://127.0.0.1:" + box.port()))) {
      HttpResponse<String> response = box.send(request);
      assertEquals(200, response.statusCode());
      assertEquals("", header(response, ALLOW_ORIGIN));
      assertEquals("Origin", header(response, "Vary"));
    }
  }

  @Test
  void aPageOfAnotherSiteIsRefusedBeforeAnythingIsDone() {
    box.plug("dev1", "device");
    for (String path : List.of("/hw_drivers/action", "/iot_drivers/action")) {
      HttpResponse<String> response =
          box.send(
              box.request(path)
                  .header("Origin", FOREIGN)
                  .header("Content-Type", "application/json")
                  .POST(
                      BodyPublishers.ofString(
                          "{\"params\":{\"session_id\":\"s\",\"device_identifier\":\"dev1\","
                              + "\"data\":{\"action\":\"show\",\"value\":1}}}")));
      assertEquals(403, response.statusCode());
      assertEquals(
          "Pages of https://pos.example may not use this box's devices yet. Open the box's page and"
              + " press Allow there.\n",
          response.body());
      assertEquals("", header(response, ALLOW_ORIGIN));
    }
    for (String path : List.of("/hw_proxy/hello", "/hw_proxy/nothing", "/api/events")) {
      assertEquals(403, box.send(box.request(path).header("Origin", FOREIGN)).statusCode(), path);
    }
    HttpResponse<String> preflight = preflight("/hw_drivers/action", FOREIGN, true);
    assertEquals(403, preflight.statusCode());
    assertTrue(
        preflight.headers().map().keySet().stream()
            .noneMatch(name -> name.toLowerCase().startsWith("access-control")));
    assertEquals(0, box.events.lastEvent(), "no device has told anything");
  }

  @Test
  void pagesOfNoSiteAreRefusedAndAskNothing() {
    for (String origin : List.of("null", "http://", "http://a b", "", "*", "x".repeat(5000))) {
      HttpResponse<String> response =
          box.send(box.request("/hw_proxy/hello").header("Origin", origin));
      assertEquals(403, response.statusCode(), origin);
      assertTrue(response.body().contains("--allow-origin '*'"), response.body());
    }
    assertEquals(List.of(), states("asking"));
  }

  @Test
  void theOwnerAnswersAndTakesBack() {
    assertEquals(403, helloFrom(FOREIGN));
    assertEquals(List.of(FOREIGN), states("asking"));
    TestBox.Login login = box.login();

    assertEquals(204, answer(login, FOREIGN, true));
    assertEquals(200, helloFrom(FOREIGN));
    assertEquals(List.of(FOREIGN), states("allowed"));
    assertEquals(List.of(), states("asking"));

    assertEquals(204, answer(login, FOREIGN, false));
    assertEquals(403, helloFrom(FOREIGN));
    assertEquals(List.of(FOREIGN), states("refused"));
    assertEquals(List.of(), states("asking"));

    HttpResponse<String> forgotten =
        box.send(
            login.in(
                box.request("/api/origins")
                    .header("Content-Type", "application/json")
                    .method(
                        "DELETE", BodyPublishers.ofString("{\"origin\":\"" + FOREIGN + "\"}"))));
    assertEquals(204, forgotten.statusCode());
    assertEquals(List.of(), states("refused"));
    assertEquals(403, helloFrom(FOREIGN));
    assertEquals(List.of(FOREIGN), states("asking"));
  }

  @Test
  void anAnswerThatIsNoneIsRefusedWithWhatToSend() {
    for (String body :
        List.of(
            "{}",
            "{\"origin\":\"https://a.example\"}",
            "{\"origin\":5,\"allowed\":true}",
            "{\"origin\":\"*\",\"allowed\":true}",
            "{\"origin\":\"null\",\"allowed\":true}",
            "{\"origin\":\"https://a.example/path\",\"allowed\":true}",
            "{\"origin\":\"https://a.example\",\"allowed\":\"yes\"}")) {
      HttpResponse<String> response = box.postAsOwner("/api/origins", body);
      assertEquals(400, response.statusCode(), body);
      assertTrue(response.body().contains("origin"), response.body());
    }
  }

  @Test
  void theBoxsOwnRoutesNeverCarryAPermission() {
    for (String path :
        List.of("/", "/api/status", "/api/session", "/api/pairing", "/api/nothing")) {
      assertEquals(
          "", header(box.send(box.request(path).header("Origin", ALLOWED)), ALLOW_ORIGIN), path);
      HttpResponse<String> response = preflight(path, ALLOWED, true);
      assertTrue(response.statusCode() >= 400, path);
      assertTrue(
          response.headers().map().keySet().stream()
              .noneMatch(name -> name.startsWith("access-control")),
          path);
    }
  }

  private int answer(TestBox.Login login, String origin, boolean allowed) {
    return box.send(
            login.in(
                box.posting(
                    "/api/origins", "{\"origin\":\"" + origin + "\",\"allowed\":" + allowed + "}")))
        .statusCode();
  }

  private List<String> states(String state) {
    List<String> origins = new ArrayList<>();
    for (JsonNode entry : box.json(box.get("/api/status").body()).at("/access/origins")) {
      if (entry.get("state").asText().equals(state)) {
        origins.add(entry.get("origin").asText());
      }
    }
    origins.remove(ALLOWED);
    return origins;
  }

  private int helloFrom(String origin) {
    return box.send(box.request("/hw_proxy/hello").header("Origin", origin)).statusCode();
  }

  private void assertAllowed(HttpRequest.Builder request, int status) {
    HttpResponse<String> response = box.send(request.header("Origin", ALLOWED));
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(List.of(ALLOWED), response.headers().allValues(ALLOW_ORIGIN));
    assertEquals(List.of("Origin"), response.headers().allValues("Vary"));
  }

  private HttpResponse<String> preflight(String path, String origin, boolean privateNetwork) {
    var request =
        box.request(path)
            .header("Origin", origin)
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
