package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A customers' display: a box on an X server, with a Chromium that shows what it is told to. What
 * is seen is seen on the X server's screen.
 */
class DisplayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static XServer screen;
  private static BoxProcess box;

  /** Pages of one colour: {@code /ff0000} is red. */
  private static HttpServer pages;

  private static final AtomicInteger VISITS = new AtomicInteger();

  @BeforeAll
  static void start() throws IOException {
    screen = new XServer(folder);
    box =
        BoxProcess.startIn(
            Map.of("DISPLAY", screen.display(), "WAYLAND_DISPLAY", ""), "--display", "all");
    pages = pages(0);
  }

  @AfterAll
  static void stop() {
    pages.stop(0);
    List<ProcessHandle> browsers = box.descendants();
    assertFalse(browsers.isEmpty());
    box.close();
    await().atMost(PATIENCE).until(() -> browsers.stream().noneMatch(ProcessHandle::isAlive));
    screen.close();
  }

  @BeforeEach
  void showTheState() {
    act(Map.of("action", "close"));
  }

  @Test
  void withoutAPageItShowsWhereTheBoxIs() {
    await("the code of the address").atMost(PATIENCE).until(() -> code().equals(address()));
  }

  @Test
  void showsAPageFromEdgeToEdgeAndAnotherOneAfterIt() {
    show("ff0000");
    awaitColor(0xff0000);
    show("0000ff");
    awaitColor(0x0000ff);
    JsonNode device = box.client().status();
    assertEquals("display", BoxClient.device(device, XServer.OUTPUT).path("type").asText());
    assertEquals("hdmi", BoxClient.device(device, XServer.OUTPUT).path("connection").asText());
  }

  @Test
  void refusesWhatIsNoPageOfTheWeb() {
    for (String url :
        List.of("file:///etc/passwd", "javascript:alert(1)", "chrome://version", "x")) {
      JsonNode answer = act(Map.of("action", "update_url", "url", url));
      assertEquals("error", answer.path("status").asText(), url);
      assertTrue(answer.path("result").asText().contains("http:// or https://"), url);
    }
  }

  @Test
  void loadsThePageAgain() {
    show("00ff00");
    awaitColor(0x00ff00);
    int before = VISITS.get();
    act(Map.of("action", "display_refresh"));
    await("another visit").atMost(PATIENCE).until(() -> VISITS.get() > before);
  }

  @Test
  void anotherBrowserTakesThePlaceOfOneThatEnded() {
    show("00ffff");
    awaitColor(0x00ffff);
    List<ProcessHandle> browsers = box.descendants();
    browsers.forEach(ProcessHandle::destroyForcibly);
    await("its end")
        .atMost(PATIENCE)
        .until(() -> browsers.stream().noneMatch(ProcessHandle::isAlive));
    awaitColor(0x00ffff);
  }

  @Test
  void comesBackByItselfWhenItsServerDoes() throws IOException {
    show("ffff00");
    awaitColor(0xffff00);
    int port = pages.getAddress().getPort();
    pages.stop(0);
    act(Map.of("action", "display_refresh"));
    await("an error").atMost(PATIENCE).until(() -> !isAll(0xffff00));
    pages = pages(port);
    awaitColor(0xffff00);
  }

  private static JsonNode act(Map<String, ?> data) {
    box.client().awaitDevice(XServer.OUTPUT);
    return box.client().action("a-session", XServer.OUTPUT, data).path("result");
  }

  private static void show(String color) {
    JsonNode answer =
        act(
            Map.of(
                "action",
                "update_url",
                "url",
                "http://127.0.0.1:" + pages.getAddress().getPort() + "/" + color));
    assertEquals("success", answer.path("status").asText(), answer.toString());
  }

  private static void awaitColor(int color) {
    await("all of the screen in " + Integer.toHexString(color))
        .atMost(PATIENCE)
        .until(() -> isAll(color));
  }

  /** Also at the edges: a window that is a pixel too small is seen. */
  private static boolean isAll(int color) {
    BufferedImage seen = screen.screenshot();
    for (int x : List.of(0, XServer.WIDTH / 3, XServer.WIDTH - 1)) {
      for (int y : List.of(0, XServer.HEIGHT / 3, XServer.HEIGHT - 1)) {
        if ((seen.getRGB(x, y) & 0xffffff) != color) {
          return false;
        }
      }
    }
    return true;
  }

  private static String address() {
    return BoxClient.json(box.client().get("/api/network").body()).path("address").asText();
  }

  /** What a phone's camera reads from the screen; empty for nothing. */
  private static String code() {
    BufferedImage seen = screen.screenshot();
    int[] pixels = seen.getRGB(0, 0, XServer.WIDTH, XServer.HEIGHT, null, 0, XServer.WIDTH);
    BinaryBitmap picture =
        new BinaryBitmap(
            new HybridBinarizer(new RGBLuminanceSource(XServer.WIDTH, XServer.HEIGHT, pixels)));
    try {
      return new QRCodeReader().decode(picture).getText();
    } catch (ReaderException e) {
      return "";
    }
  }

  private static HttpServer pages(int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext(
        "/",
        exchange -> {
          String color = exchange.getRequestURI().getPath().substring(1);
          if (color.matches("[0-9a-f]{6}")) {
            VISITS.incrementAndGet();
          }
          byte[] page =
              ("<!doctype html><body style='background:#" + color + "'>")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return server;
  }
}
