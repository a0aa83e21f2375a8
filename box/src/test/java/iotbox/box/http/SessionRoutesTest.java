package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionRoutesTest {
  private static final String NOBODY =
      "Only the owner may do this: log in on the box's page with the owner's password.\n";
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
  void theRightPasswordGivesACookieThatNoPageCanReadAndATokenForChanges() {
    HttpResponse<String> response = login(TestBox.PASSWORD);
    assertEquals(200, response.statusCode());
    String cookie = response.headers().firstValue("Set-Cookie").get();
    assertTrue(
        cookie.matches(
            "iotbox-box-1-" + box.port() + "=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict"),
        cookie);
    JsonNode answer = box.json(response.body());
    assertTrue(answer.get("loggedIn").asBoolean());
    assertTrue(answer.get("csrfToken").asText().matches("[\\w-]{43}"), answer.toString());
    assertEquals("no-store", response.headers().firstValue("Cache-Control").get());
    assertFalse(cookie.contains(answer.get("csrfToken").asText()));

    JsonNode shown =
        box.json(
            box.send(box.request("/api/session").header("Cookie", cookie.split(";")[0])).body());
    assertEquals(answer, shown);
  }

  @Test
  void whoeverIsNotLoggedInIsToldSo() {
    assertEquals(
        box.json("{\"loggedIn\":false,\"csrfToken\":null,\"canChangePassword\":true}"),
        box.json(box.get("/api/session").body()));
    HttpRequest.Builder made =
        box.request("/api/session")
            .header("Cookie", box.login().cookie().replaceFirst("=.*", "=made-up"));
    assertFalse(box.json(box.send(made).body()).get("loggedIn").asBoolean());
  }

  @Test
  void aWrongPasswordIsRefusedAndAfterAFewTriesNoneIsLookedAt() {
    for (String password : List.of("", "guess", "x".repeat(100_000), "the owner's passwor")) {
      HttpResponse<String> response = login(password);
      assertEquals(401, response.statusCode());
      assertTrue(response.body().startsWith("That is not the owner's password."), response.body());
      assertTrue(response.headers().firstValue("Set-Cookie").isEmpty());
    }
    assertEquals(401, login("fifth").statusCode());
    HttpResponse<String> sixth = login(TestBox.PASSWORD);
    assertEquals(429, sixth.statusCode());
    int seconds = Integer.parseInt(sixth.headers().firstValue("Retry-After").get());
    assertTrue(seconds >= 1 && seconds <= 20, sixth.headers().toString());
    assertEquals(
        "Too many passwords were tried. Try again in " + seconds + " seconds.\n", sixth.body());
  }

  @Test
  void whatIsNoLoginIsRefusedWithWhatToSend() {
    for (String body : List.of("{}", "{\"password\":5}", "{\"password\":null}")) {
      HttpResponse<String> response = box.post("/api/session", body);
      assertEquals(400, response.statusCode());
      assertEquals("Send {\"password\": …} with the owner's password.\n", response.body());
    }
  }

  @Test
  void anotherSitesPageCannotLogAnybodyIn() {
    String body = "{\"password\":\"" + TestBox.PASSWORD + "\"}";
    for (String origin : List.of("https://evil.example", "https://allowed.example", "null")) {
      HttpResponse<String> response =
          box.send(box.posting("/api/session", body).header("Origin", origin));
      assertEquals(403, response.statusCode());
    }
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
      HttpResponse<String> response =
          box.send(
              box.request("/api/session")
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofString(body)));
      assertEquals(415, response.statusCode());
    }
  }

  @Test
  void changesNeedTheSessionAndTheToken() {
    TestBox.Login login = box.login();
    TestBox.Login other = box.login();
    assertEquals(401, status(reload()));
    assertEquals(NOBODY, box.send(reload()).body());
    assertEquals(401, status(reload().header("X-CSRF-Token", login.csrfToken())));
    for (HttpRequest.Builder request :
        List.of(
            reload().header("Cookie", login.cookie()),
            reload().header("Cookie", login.cookie()).header("X-CSRF-Token", ""),
            reload().header("Cookie", login.cookie()).header("X-CSRF-Token", other.csrfToken()))) {
      HttpResponse<String> response = box.send(request);
      assertEquals(403, response.statusCode());
      assertTrue(response.body().startsWith("The header X-CSRF-Token must"), response.body());
    }
    assertEquals(409, status(login.in(reload())), "it is not paired");
    assertEquals(200, status(box.request("/api/log-levels").header("Cookie", login.cookie())));
  }

  @Test
  void logoutEndsThisSessionOnly() {
    TestBox.Login login = box.login();
    TestBox.Login other = box.login();
    HttpResponse<String> response = box.send(login.in(box.request("/api/session").DELETE()));
    assertEquals(204, response.statusCode());
    assertTrue(response.headers().firstValue("Set-Cookie").get().endsWith("; Max-Age=0"));
    assertEquals(401, status(login.in(reload())));
    assertEquals(409, status(other.in(reload())));
  }

  @Test
  void aSecondLoginInTheSameBrowserEndsTheFirst() {
    TestBox.Login first = box.login();
    HttpResponse<String> second =
        box.send(
            box.posting("/api/session", "{\"password\":\"" + TestBox.PASSWORD + "\"}")
                .header("Cookie", first.cookie()));
    assertEquals(200, second.statusCode());
    assertNotEquals(first.cookie(), second.headers().firstValue("Set-Cookie").get().split(";")[0]);
    assertEquals(401, status(first.in(reload())));
  }

  @Test
  void thePasswordIsChangedByWhoeverKnowsItAndOtherBrowsersAreLoggedOut() {
    TestBox.Login login = box.login();
    TestBox.Login other = box.login();
    HttpResponse<String> wrong = change(login, "guess", "a longer one");
    assertEquals(422, wrong.statusCode());
    assertEquals("The present password is another one; nothing was changed.\n", wrong.body());
    for (String bad : List.of("", "1234567", "        ", "x".repeat(201))) {
      HttpResponse<String> refused = change(login, TestBox.PASSWORD, bad);
      assertEquals(400, refused.statusCode());
      assertEquals("Choose a password of 8 to 200 characters.\n", refused.body());
    }
    assertEquals(
        400, status(login.in(box.posting("/api/password", "{\"next\":\"a longer one\"}"))));
    HttpResponse<String> full = change(login, TestBox.PASSWORD, "cannot be kept");
    assertEquals(507, full.statusCode());
    assertTrue(full.body().startsWith("Nothing was changed, as the data folder"), full.body());
    assertFalse(full.body().contains("secret"), full.body());

    assertEquals(204, change(login, TestBox.PASSWORD, "a longer one").statusCode());

    assertEquals(409, status(login.in(reload())));
    assertEquals(401, status(other.in(reload())));
    assertEquals(401, login(TestBox.PASSWORD).statusCode());
    assertEquals(200, login("a longer one").statusCode());
  }

  private HttpResponse<String> change(TestBox.Login login, String present, String next) {
    return box.send(
        login.in(
            box.posting(
                "/api/password", "{\"present\":\"" + present + "\",\"next\":\"" + next + "\"}")));
  }

  private HttpRequest.Builder reload() {
    return box.posting("/api/handlers/reload", "{}");
  }

  private int status(HttpRequest.Builder request) {
    return box.send(request).statusCode();
  }

  private HttpResponse<String> login(String password) {
    return box.post("/api/session", "{\"password\":\"" + password + "\"}");
  }
}
