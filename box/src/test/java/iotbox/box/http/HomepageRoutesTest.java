package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HomepageRoutesTest {
  private static final List<String> LANGUAGES =
      List.of("/homepage/words.properties", "/homepage/words_de.properties");

  private static final Pattern REFERENCE =
      Pattern.compile("(?:src|href)=\"([^\"#]+)\"|(?:from ?|import\\()\"([^\"]+)\"");
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
  void theHomepageIsAPageThatNobodyElseCanFrameOrExtend() {
    HttpResponse<String> page = box.get("/");
    assertEquals(200, page.statusCode());
    assertEquals("text/html;charset=utf-8", page.headers().firstValue("Content-Type").get());
    assertTrue(page.body().startsWith("<!doctype html>"));
    String policy = page.headers().firstValue("Content-Security-Policy").get();
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertEquals("DENY", page.headers().firstValue("X-Frame-Options").get());
    assertEquals("no-referrer", page.headers().firstValue("Referrer-Policy").get());
  }

  @Test
  void everyFileThatItNeedsIsThereAndAllAreSmall() {
    // These are loaded by code, and not by name.
    Set<String> paths = new LinkedHashSet<>(List.of("/"));
    paths.addAll(LANGUAGES);
    int total = 0;
    int largest = 0;
    int seen = 0;
    while (seen < paths.size()) {
      String path = new ArrayList<>(paths).get(seen++);
      HttpResponse<String> file = box.get(path);
      assertEquals(200, file.statusCode(), path);
      assertTrue(file.body().length() > 100, path);
      int size = file.body().getBytes(StandardCharsets.UTF_8).length;
      if (LANGUAGES.contains(path)) {
        largest = Math.max(largest, size); // A reader has one.
      } else {
        total += size;
      }
      Matcher reference = REFERENCE.matcher(file.body());
      while (reference.find()) {
        String target = reference.group(1) == null ? reference.group(2) : reference.group(1);
        String needed = URI.create(path).resolve(target).getPath();
        if (needed.startsWith("/homepage/")) {
          paths.add(needed);
        }
      }
    }
    assertTrue(seen >= 25, paths.toString());
    assertTrue(total + largest < 200_000, total + largest + " bytes");
  }

  @Test
  void aBrowserThatHasAFileIsToldSo() {
    HttpResponse<String> first = box.get("/homepage/app.js");
    assertEquals("text/javascript;charset=utf-8", first.headers().firstValue("Content-Type").get());
    String etag = first.headers().firstValue("ETag").get();
    HttpResponse<String> again =
        box.send(box.request("/homepage/app.js").header("If-None-Match", etag));
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
  }

  @Test
  void aBrowserThatCanUnpackGetsItPacked() throws IOException {
    String plain = box.get("/homepage/style.css").body();
    HttpResponse<byte[]> packed =
        box.sendForBytes(box.request("/homepage/style.css").header("Accept-Encoding", "br, gzip"));
    assertEquals("gzip", packed.headers().firstValue("Content-Encoding").get());
    assertEquals("Accept-Encoding", packed.headers().firstValue("Vary").get());
    assertTrue(packed.body().length < plain.length() / 2, packed.body().length + " bytes");
    try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertEquals(plain, new String(unpacked.readAllBytes(), StandardCharsets.UTF_8));
    }
    for (String accepted : List.of("br", "gzip;q=0", "identity, gzip; q=0")) {
      HttpResponse<String> asItIs =
          box.send(box.request("/homepage/style.css").header("Accept-Encoding", accepted));
      assertEquals(plain, asItIs.body(), accepted);
    }
  }

  @Test
  void nothingElseIsServed() {
    for (String path :
        List.of(
            "/homepage/",
            "/homepage/none.js",
            "/homepage/parts",
            "/logback.xml",
            "/homepage/..%2flogback.xml",
            "/homepage/parts/..%2f..%2flogback.xml",
            "/homepage/..%2fhomepage%2fapp.js",
            "/homepage/parts/",
            "/homepage/%2e%2e/logback.xml")) {
      int status = box.get(path).statusCode();
      assertTrue(status == 404 || status == 400, path + " " + status);
    }
  }

  @Test
  void aNameThatIsNoUrlIsAnsweredLikeOneThatIsNotThere() throws IOException {
    String answer =
        box.exchange(
            "GET /homepage/app.js/%u0041 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
  }
}
