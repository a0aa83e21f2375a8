package iotbox.tests;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
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
import java.nio.file.Files;
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

  /** An X server without a graphics card turns nothing, so this takes what would turn a screen. */
  private static final String XRANDR =
      """
      #!/bin/sh
      case " $* " in
        *" --rotate "*) echo "$@" >> "$(dirname "$0")/turned" ;;
        *) PATH=${PATH#*:} exec xrandr "$@" ;;
      esac
      """;

  private static final String DISPLAY_URL = "/iot/box/" + BoxProcess.IDENTIFIER + "/display_url";

  /** The ground of what is shown while the wanted page is away. */
  private static final int WAITING = 0xf6f4f7;

  @TempDir static Path folder;
  private static OdooStandIn odoo;
  private static XServer screen;
  private static BoxProcess box;

  /** Pages of one colour: {@code /ff0000} is red. */
  private static HttpServer pages;

  private static final AtomicInteger VISITS = new AtomicInteger();

  /** How many visits a proxy answers whose server is away. */
  private static final AtomicInteger FAILURES = new AtomicInteger();

  @BeforeAll
  static void start() throws IOException {
    Path xrandr = Files.writeString(folder.resolve("xrandr"), XRANDR);
    assertTrue(xrandr.toFile().setExecutable(true));
    odoo = OdooStandIn.start();
    odooWants(Map.of());
    screen = new XServer(folder);
    box = startBox();
    pages = pages(0);
  }

  private static BoxProcess startBox() {
    return BoxProcess.startIn(
        Map.of(
            "DISPLAY",
            screen.display(),
            "WAYLAND_DISPLAY",
            "",
            "PATH",
            folder + ":" + System.getenv("PATH")),
        "--display",
        "all",
        "--odoo",
        odoo.pairingUrl(),
        "--data",
        folder.resolve("data").toString());
  }

  private static void odooWants(Map<String, ?> urls) {
    // Its type is what a controller of Odoo's has that says none.
    odoo.answer(
        DISPLAY_URL,
        aResponse().withHeader("Content-Type", "text/html").withBody(BoxClient.text(urls)));
  }

  @AfterAll
  static void stop() {
    pages.stop(0);
    List<ProcessHandle> browsers = box.descendants();
    assertFalse(browsers.isEmpty());
    box.close();
    await().atMost(PATIENCE).until(() -> browsers.stream().noneMatch(ProcessHandle::isAlive));
    screen.close();
    odoo.close();
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
    awaitColor(WAITING);
    pages = pages(port);
    awaitColor(0xffff00);
  }

  @Test
  void aProxyWithoutItsOdooIsNotLeftOnTheScreen() {
    FAILURES.set(2);
    show("ff00ff");
    awaitColor(0xff00ff);
    assertEquals(0, FAILURES.get());
  }

  @Test
  void aBrokenPageIsLoadedAgain() {
    show("808000");
    awaitColor(0x808000);
    int before = VISITS.get();
    List<ProcessHandle> renderers =
        box.descendants().stream()
            .filter(process -> commandLine(process).contains("--type=renderer"))
            .toList();
    assertFalse(renderers.isEmpty());
    renderers.forEach(ProcessHandle::destroyForcibly);
    await("another visit").atMost(PATIENCE).until(() -> VISITS.get() > before);
    awaitColor(0x808000);
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
    } catch (IOException e) {
      return ""; // It has ended.
    }
  }

  @Test
  void showsWhatOdooWantsOnceItIsConnected() {
    show("404040");
    awaitColor(0x404040);
    odooWants(Map.of(XServer.OUTPUT, address("004040"), "HDMI-9", address("ffffff")));
    box.owner().action("a-session", BoxProcess.IDENTIFIER, Map.of("action", "restart_odoo"));
    awaitColor(0x004040);
    show("404040");
    awaitColor(0x404040);
    act(Map.of("action", "close"));
    awaitColor(0x004040);
    odooWants(Map.of(XServer.OUTPUT, false));
    box.owner().action("a-session", BoxProcess.IDENTIFIER, Map.of("action", "restart_odoo"));
    await("the state of the box").atMost(PATIENCE).until(() -> code().equals(address()));
  }

  @Test
  void opensThePagesOfThePointOfSaleAndTurnsTheScreen() throws IOException {
    assertEquals("opened", proxy(Map.of("action", "open", "pos_id", 3, "access_token", "t0k")));
    awaitVisit("/pos_customer_display/3/t0k?access_token=t0k");
    assertEquals(
        "opened", proxy(Map.of("action", "open_kiosk", "pos_id", 4, "access_token", "t0k")));
    awaitVisit("/pos-self/4?access_token=t0k");
    assertEquals("rotated", proxy(Map.of("action", "rotate_screen", "data", "left")));
    assertEquals("closed", proxy(Map.of("action", "close")));
    // As the IoT app's form does: by what kind of device it is.
    JsonNode turned =
        box.client()
            .action("a", "display", Map.of("action", "rotate_screen", "orientation", "inverted"));
    assertEquals("success", turned.at("/result/status").asText(), turned.toString());
    assertEquals(
        List.of("right", "left", "normal", "inverted"),
        Files.readAllLines(folder.resolve("turned")).stream()
            .map(line -> line.replace("--output screen --rotate ", ""))
            .toList());
    String said = act(Map.of("action", "rotate_screen", "orientation", "up")).toString();
    assertTrue(said.contains("normal, inverted, left, right"), said);
    said = act(Map.of("action", "open_kiosk", "pos_id", 4, "access_token", false)).toString();
    assertTrue(said.contains("without access_token"), said);
  }

  @Test
  void thePageForCustomersGetsWhatThePointOfSaleGave() {
    Map<String, Object> order = Map.of("amount", "3.50 €", "lines", List.of(Map.of("qty", 1)));
    assertEquals("updated", proxy(Map.of("action", "set", "data", order)));
    JsonNode got = box.client().call("/hw_proxy/customer_facing_display", Map.of("action", "get"));
    assertEquals(BoxClient.json(BoxClient.text(order)), got.at("/result/data"));
    assertEquals("retrieved", got.at("/result/status").asText());
    assertEquals(
        got.at("/result/data"),
        box.client().call("/hw_proxy/customer_facing_display", Map.of()).path("result"));
  }

  @Test
  void theBrowserEndsWithABoxThatIsKilledAndTheNextBoxShowsTheSamePage() {
    show("c0c0c0");
    awaitColor(0xc0c0c0);
    List<ProcessHandle> browsers = box.descendants();
    box.kill();
    await("its end")
        .atMost(PATIENCE)
        .until(() -> browsers.stream().noneMatch(ProcessHandle::isAlive));
    await("an empty screen").atMost(PATIENCE).until(() -> !isAll(0xc0c0c0));
    box = startBox();
    awaitColor(0xc0c0c0);
  }

  /** What the point of sale's own route answers as the status. */
  private static String proxy(Map<String, ?> params) {
    JsonNode answer = box.client().call("/hw_proxy/customer_facing_display", params);
    assertTrue(answer.at("/result/status").isTextual(), answer.toString());
    return answer.at("/result/status").asText();
  }

  private static void awaitVisit(String url) {
    await(url)
        .atMost(PATIENCE)
        .until(() -> odoo.requests().stream().anyMatch(each -> each.getUrl().equals(url)));
  }

  private static JsonNode act(Map<String, ?> data) {
    box.client().awaitDevice(XServer.OUTPUT);
    return box.client().action("a-session", XServer.OUTPUT, data).path("result");
  }

  private static void show(String color) {
    JsonNode answer = act(Map.of("action", "update_url", "url", address(color)));
    assertEquals("success", answer.path("status").asText(), answer.toString());
  }

  private static String address(String color) {
    return "http://127.0.0.1:" + pages.getAddress().getPort() + "/" + color;
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
          boolean away = FAILURES.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          exchange.sendResponseHeaders(away ? 502 : 200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return server;
  }
}
