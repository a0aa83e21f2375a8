package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.http.part.OdooView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OdooRoutesTest {
  private static final String TOKEN = "{\"token\":\" https://odoo.example?token=t1 \"}";
  private static final String FOREIGN =
      "Only the box's own pages may change it; open the box's homepage to do this.\n";
  private TestBox box;
  private TestBox.Login login;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox();
    login = box.login();
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void aTokenIsPassedOn() {
    HttpResponse<String> response = box.postAsOwner("/api/pairing", TOKEN);
    assertEquals(204, response.statusCode());
    assertEquals("", response.body());
    assertEquals(List.of("pair https://odoo.example?token=t1"), box.odoo.told);
  }

  @Test
  void aBadTokenIsAnsweredWithWhatIsWrong() {
    HttpResponse<String> response = box.postAsOwner("/api/pairing", "{\"token\":\"abc\"}");
    assertEquals(400, response.statusCode());
    assertEquals("That is not a pairing token; copy it again from Odoo.\n", response.body());
    String missing =
        "Send {\"token\": …} with the pairing token that Odoo shows for connecting a box.\n";
    for (String body : List.of("{}", "{\"token\":\" \"}", "{\"token\":5}")) {
      response = box.postAsOwner("/api/pairing", body);
      assertEquals(400, response.statusCode());
      assertEquals(missing, response.body());
    }
    assertEquals(List.of(), box.odoo.told);
  }

  @Test
  void aTokenIsAnsweredWhenItsServerHasSpoken() throws Exception {
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    box.odoo.answer = answer;
    CompletableFuture<HttpResponse<String>> response =
        CompletableFuture.supplyAsync(() -> box.postAsOwner("/api/pairing", TOKEN));
    await().until(() -> box.odoo.told.size() == 1);
    assertEquals(200, box.get("/hw_proxy/hello").statusCode());
    assertFalse(response.isDone());

    answer.complete(Optional.of("odoo.example accepts no connection."));

    assertEquals(422, response.get(10, TimeUnit.SECONDS).statusCode());
    assertEquals("odoo.example accepts no connection.\n", response.get().body());
  }

  @Test
  void thePairingCanBeRemoved() {
    assertEquals(204, box.send(login.in(json("/api/pairing").DELETE())).statusCode());
    assertEquals(List.of("unpair"), box.odoo.told);
  }

  @Test
  void aPairingThatWouldComeBackIsNotSaidToBeForgotten() {
    box.odoo.forgotten =
        CompletableFuture.failedFuture(new UncheckedIOException(new IOException()));
    HttpResponse<String> response = box.send(login.in(box.request("/api/pairing").DELETE()));
    assertEquals(500, response.statusCode());
    assertTrue(response.body().contains("delete credentials.json there"), response.body());
  }

  @Test
  void handlersAreLoadedAgainUnderTheAddressesOfOdoosBoxes() {
    box.odoo.view = new OdooView("https://odoo.example", "connected", null, null, null, false);
    for (String path :
        List.of("/iot_drivers/load_iot_handlers", "/hw_posbox_homepage/load_iot_handlers")) {
      HttpResponse<String> response =
          box.send(login.in(box.request(path).POST(BodyPublishers.noBody())));
      assertEquals(200, response.statusCode());
      assertTrue(response.body().contains("\"status\":\"success\""), response.body());
    }
    assertEquals(List.of("reload", "reload"), box.odoo.told);
  }

  @Test
  void handlersAreLoadedAgain() {
    box.odoo.view = new OdooView("https://odoo.example", "connected", null, null, null, false);
    assertEquals(202, box.postAsOwner("/api/handlers/reload", "{}").statusCode());
    assertEquals(
        202,
        box.send(login.in(json("/api/handlers/reload").POST(BodyPublishers.noBody())))
            .statusCode());
    assertEquals(List.of("reload", "reload"), box.odoo.told);
  }

  @Test
  void whatCannotBeDoneNowIsSaid() {
    HttpResponse<String> response = box.postAsOwner("/api/handlers/reload", "{}");
    assertEquals(409, response.statusCode());
    assertEquals("The box is not paired; pair it first.\n", response.body());
  }

  @Test
  void pagesOfOtherHostsCannotChangeTheBox() {
    box.odoo.view = new OdooView("https://odoo.example", "connected", null, null, null, false);
    String port = ":" + box.port();
    for (String origin :
        List.of(
            "https://evil.example",
            "http://evil.example" + port,
            "http://127.0.0.1",
            "http://127.0.0.1:1",
            "https://127.0.0.1",
            "null",
            "http://",
            "http://a b",
            "")) {
      for (HttpRequest.Builder request : changes()) {
        HttpResponse<String> response = box.send(request.header("Origin", origin));
        assertEquals(403, response.statusCode(), origin);
        assertEquals(FOREIGN, response.body());
      }
    }
    assertEquals(List.of(), box.odoo.told);
  }

  @Test
  void onlyJsonIsTaken() {
    for (String type :
        List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
      HttpResponse<String> response =
          box.send(
              login.in(
                  box.request("/api/pairing")
                      .header("Content-Type", type)
                      .POST(BodyPublishers.ofString(TOKEN))));
      assertEquals(415, response.statusCode());
    }
    assertEquals(List.of(), box.odoo.told);
  }

  @Test
  void theBoxsOwnPagesCanWithOrWithoutAPortInTheAddress() throws Exception {
    box.odoo.view = new OdooView("https://odoo.example", "connected", null, null, null, false);
    String own = "http://127.0.0.1:" + box.port();
    for (HttpRequest.Builder request : changes()) {
      assertEquals(2, box.send(request.header("Origin", own)).statusCode() / 100);
    }
    assertEquals(204, unpairing("http://box.local", "BOX.local:80"));
    assertEquals(204, unpairing("https://box.local:443", "box.local"));
    assertEquals(204, unpairing("http://[::1]:8069", "[::1]:8069"));
    assertEquals(403, unpairing("http://box.local:8069", "box.local"));
  }

  private int unpairing(String origin, String host) throws Exception {
    String answer =
        box.exchange(
            "DELETE /api/pairing HTTP/1.1\r\nHost: "
                + host
                + "\r\nOrigin: "
                + origin
                + "\r\nCookie: "
                + login.cookie()
                + "\r\nX-CSRF-Token: "
                + login.csrfToken()
                + "\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n");
    return Integer.parseInt(answer.substring(9, 12));
  }

  private List<HttpRequest.Builder> changes() {
    return List.of(
        login.in(box.posting("/api/pairing", TOKEN)),
        login.in(json("/api/pairing").DELETE()),
        login.in(box.posting("/api/handlers/reload", "{}")));
  }

  private HttpRequest.Builder json(String path) {
    return box.request(path).header("Content-Type", "application/json");
  }
}
