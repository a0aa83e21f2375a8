package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner's password and session, from outside. */
class OwnerTest {
  private static final String JSON = "application/json";

  @TempDir Path folder;

  @Test
  void thePasswordIsMadeAtTheFirstStartAndToldOnTheConsoleAlone() throws Exception {
    Map<String, String> seen = new TreeMap<>();
    Path data = folder.resolve("data");
    String password;
    String csrfToken;
    String cookie;
    try (OdooStandIn odoo = OdooStandIn.start();
        BoxProcess box =
            BoxProcess.startAsShipped("--data", data.toString(), "--odoo", odoo.pairingUrl())) {
      password = box.awaitPassword();
      assertTrue(password.matches("([a-z2-9]{4}-){3}[a-z2-9]{4}"), password);
      HttpResponse<String> login = login(box, password);
      assertEquals(200, login.statusCode());
      cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
      assertTrue(cookie.endsWith("; Path=/; HttpOnly; SameSite=Strict"), cookie);
      cookie = cookie.split("[=;]")[1];
      csrfToken = BoxClient.json(login.body()).path("csrfToken").asText();
      assertEquals(401, login(box, "a wr0ng one").statusCode());

      BoxClient owner = box.client().asOwner(password);
      for (String path : List.of("/api/status", "/", "/homepage/parts/login.js", "/api/session")) {
        seen.put(path, box.client().get(path).body());
      }
      assertEquals(401, box.client().get("/hw_drivers/download_logs").statusCode());
      seen.put("the log", owner.get("/hw_drivers/download_logs").body());
      new ProcessBuilder("kill", "-QUIT", String.valueOf(box.pid())).start().waitFor();
      Awaitility.await().until(() -> (box.stdout() + box.stderr()).contains("Full thread dump"));
      seen.put("standard output", box.stdout());
      assertEquals(1, occurrences(box.stderr(), password), box.stderr());
      seen.put("the rest of the console", box.stderr().replace(password, ""));
      Awaitility.await().until(() -> !odoo.requests(OdooStandIn.LOG).isEmpty());
      seen.put("Odoo's log", odoo.requests().toString());
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        seen.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    for (String secret :
        List.of(password, password.replace("-", ""), csrfToken, cookie, "a wr0ng one")) {
      seen.forEach(
          (where, text) -> assertFalse(text.contains(secret), where + " contains " + secret));
    }
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(data.resolve("owner-password"))));

    try (BoxProcess box = BoxProcess.startAsShipped("--data", data.toString())) {
      assertEquals(200, login(box, password).statusCode(), "the same after a restart");
      assertFalse(box.stderr().contains("The owner's password is"), box.stderr());
    }

    Files.delete(data.resolve("owner-password"));
    try (BoxProcess box = BoxProcess.startAsShipped("--data", data.toString())) {
      String next = box.awaitPassword();
      assertNotEquals(password, next);
      assertEquals(401, login(box, password).statusCode());
      assertEquals(200, login(box, next).statusCode());
    }
  }

  @Test
  void aRestartLogsOut() {
    Path data = folder.resolve("data");
    String cookie;
    try (BoxProcess box = BoxProcess.start("--data", data.toString())) {
      cookie = login(box, BoxClient.PASSWORD).headers().firstValue("Set-Cookie").orElseThrow();
      assertTrue(session(box, cookie).path("loggedIn").asBoolean());
    }
    try (BoxProcess box = BoxProcess.start("--data", data.toString())) {
      assertFalse(session(box, cookie).path("loggedIn").asBoolean());
    }
  }

  @Test
  void aGivenPasswordFollowsItsFileAndIsKeptNowhere() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "the first one\n");
    Path data = folder.resolve("data");
    try (BoxProcess box =
        BoxProcess.start("--data", data.toString(), "--owner-password-file", file.toString())) {
      BoxClient owner = box.client().asOwner("the first one");
      HttpResponse<String> change =
          owner.post(
              "/api/password",
              JSON,
              BoxClient.text(Map.of("present", "the first one", "next", "another one")));
      assertEquals(409, change.statusCode());
      assertTrue(change.body().contains("--owner-password-file"), change.body());
      Files.writeString(file, "the second one\n");
      assertEquals(401, login(box, "the first one").statusCode());
      assertEquals(200, login(box, "the second one").statusCode());
      assertFalse(Files.exists(data.resolve("owner-password")));
    }
  }

  @Test
  void aPasswordFileThatIsNoGoodEndsTheStart() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "short\n");
    BoxProcess.Exit exit = BoxProcess.run("--owner-password-file", file.toString());
    assertEquals(2, exit.code());
    assertTrue(
        exit.stderr()
            .contains(
                "iotbox: --owner-password-file: "
                    + file
                    + " must hold one line of 8 to 200 characters."),
        exit.stderr());
    exit = BoxProcess.run("--owner-password-file", folder.resolve("none").toString());
    assertEquals(2, exit.code());
    assertTrue(exit.stderr().contains("needs a file that this user may read"), exit.stderr());
  }

  @Test
  void guessingIsSlowAndLeavesTheBoxAtWork() {
    try (BoxProcess box = BoxProcess.startAsShipped()) {
      box.awaitPassword();
      int refused = 0;
      for (int i = 0; i < 30; i++) {
        HttpResponse<String> answer = login(box, "guess " + i);
        if (answer.statusCode() == 429) {
          refused++;
          int seconds = Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow());
          assertTrue(seconds >= 1 && seconds <= 20, answer.headers().toString());
        } else {
          assertEquals(401, answer.statusCode());
        }
        assertEquals("ping", box.client().get("/hw_proxy/hello").body());
      }
      assertTrue(refused >= 20, refused + " of 30 were not even looked at");
    }
  }

  @Test
  void formsOfOtherSitesChangeNothing() {
    try (BoxProcess box = BoxProcess.start()) {
      BoxClient owner = box.owner(); // The browser sends the cookie; the page has no token.
      String cookie = owner.request("/").build().headers().firstValue("Cookie").orElseThrow();
      String token = BoxClient.text(Map.of("token", "https://evil.example?token=t"));
      for (String type :
          List.of(
              "text/plain",
              "application/x-www-form-urlencoded",
              "multipart/form-data; boundary=x",
              JSON)) {
        for (String path :
            List.of("/api/pairing", "/api/handlers/reload", "/iot_drivers/load_iot_handlers")) {
          HttpResponse<String> answer =
              box.client()
                  .send(
                      box.client()
                          .request(path)
                          .header("Content-Type", type)
                          .header("Origin", "https://evil.example")
                          .header("Cookie", cookie)
                          .POST(BodyPublishers.ofString(token)));
          assertEquals(403, answer.statusCode(), path + " " + type + ": " + answer.body());
          answer =
              box.client()
                  .send(
                      box.client()
                          .request(path)
                          .header("Content-Type", type)
                          .header("Cookie", cookie)
                          .POST(BodyPublishers.ofString(token)));
          assertEquals(403, answer.statusCode(), path + " " + type + ": " + answer.body());
        }
      }
      assertEquals("unpaired", box.client().status().at("/odoo/state").asText());
    }
  }

  private static JsonNode session(BoxProcess box, String cookie) {
    return BoxClient.json(
        box.client()
            .send(box.client().request("/api/session").header("Cookie", cookie.split(";")[0]))
            .body());
  }

  private static HttpResponse<String> login(BoxProcess box, String password) {
    return box.client().post("/api/session", JSON, BoxClient.text(Map.of("password", password)));
  }

  private static int occurrences(String text, String word) {
    return text.split(Pattern.quote(word), -1).length - 1;
  }
}
