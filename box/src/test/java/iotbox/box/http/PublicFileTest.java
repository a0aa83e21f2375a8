package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The device proxy, as pages of other sites load it from a box. */
class PublicFileTest {
  private static final String SCRIPT = "/static/device-proxy.js";
  private static final String TYPES = "/static/device-proxy.d.ts";

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
  void pagesOfAnySiteMayLoadWhatAnAddonShips() throws IOException {
    for (String path : new String[] {SCRIPT, TYPES}) {
      HttpResponse<String> file =
          box.send(box.request(path).header("Origin", "https://shop.example"));
      assertEquals(200, file.statusCode(), path);
      assertEquals("*", header(file, "Access-Control-Allow-Origin"));
      assertEquals("cross-origin", header(file, "Cross-Origin-Resource-Policy"));
      assertEquals("nosniff", header(file, "X-Content-Type-Options"));
      assertTrue(header(file, "Cache-Control").startsWith("public, max-age="), path);
      Path shipped = Path.of("../sample_module/static/lib", path.substring("/static/".length()));
      assertArrayEquals(
          Files.readAllBytes(shipped), file.body().getBytes(StandardCharsets.UTF_8), path);
    }
    assertEquals("text/javascript;charset=utf-8", header(box.get(SCRIPT), "Content-Type"));
    assertEquals("text/plain;charset=utf-8", header(box.get(TYPES), "Content-Type"));
  }

  @Test
  void aBrowserThatHasItIsToldSo() {
    String etag = header(box.get(SCRIPT), "ETag");
    HttpResponse<String> again = box.send(box.request(SCRIPT).header("If-None-Match", etag));
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    assertEquals("*", header(again, "Access-Control-Allow-Origin"));
  }

  @Test
  void nothingElseIsThere() {
    for (String path : new String[] {"/static/", "/static/x.js", "/static/..%2flogback.xml"}) {
      int status = box.get(path).statusCode();
      assertTrue(status == 404 || status == 400, path + " " + status);
    }
  }

  @Test
  void theTypesAreOfWhatTheScriptHas() {
    String script = box.get(SCRIPT).body();
    String types = box.get(TYPES).body();
    assertEquals(names(script, "^export class (\\w+)"), names(types, "^export class (\\w+)"));
    assertEquals(
        names(script.split("\nclass ")[0], "^    (?:get )?(\\w+)\\(.*\\) \\{$"),
        names(types, "^    (?:readonly )?(url|state|\\w+(?=\\())[(:]"));
    assertEquals(
        names(script, "^ \\* - `(\\w+)`: "), names(types, "^    \\| \"(\\w+)\";?$"), "codes");
  }

  private static Set<String> names(String text, String form) {
    return Pattern.compile(form, Pattern.MULTILINE)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElseThrow(() -> new AssertionError(name));
  }
}
