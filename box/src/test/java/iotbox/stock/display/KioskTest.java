package iotbox.stock.display;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.net.httpserver.HttpServer;
import iotbox.stock.display.Pulse.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * A Chromium that hangs. It has no screen: that it shows the page again is seen at the page's
 * server.
 */
class KioskTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Screen SCREEN = new Screen("none", 0, 0, 800, 600);

  /** One that is slow is not taken for lost: it is asked only when the test wants that. */
  private static final Patience SHORT = new Patience(Duration.ofHours(1), Duration.ofSeconds(1));

  @TempDir static Path folder;
  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static final AtomicInteger VISITS = new AtomicInteger();
  private static HttpServer server;
  private static Kiosk kiosk;
  private static volatile boolean shown;

  @BeforeAll
  static void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/page",
        exchange -> {
          VISITS.incrementAndGet();
          byte[] page = "<!doctype html><body>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    Desktop desktop = new Desktop(List.of(new NoScreens()));
    desktop.look();
    kiosk =
        new Kiosk(
            desktop,
            new Chromium(System.getenv("PATH")),
            folder,
            SCREEN.name(),
            THREADS,
            SHORT,
            LoggerFactory.getLogger(KioskTest.class));
    THREADS.execute(KioskTest::run);
  }

  /** As the display's driver does. */
  private static void run() {
    Target page = new Target("http://127.0.0.1:" + server.getAddress().getPort() + "/page", false);
    try {
      try {
        while (!Thread.interrupted()) {
          kiosk.tend(page, SCREEN);
          shown = kiosk.shows();
          kiosk.await();
        }
      } finally {
        kiosk.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    THREADS.shutdownNow();
    THREADS.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS);
    server.stop(0);
  }

  /** Nobody hears of that: it neither ends nor says anything. */
  @ParameterizedTest
  @ValueSource(strings = {"", "--type=renderer"})
  void anotherBrowserTakesThePlaceOfOneThatHangs(String part) throws Exception {
    await("the page").atMost(SOON).until(() -> shown);
    int before = VISITS.get();
    List<ProcessHandle> browser = browser();
    List<String> stop = new ArrayList<>(List.of("kill", "-STOP"));
    browser.stream()
        .filter(process -> commandLine(process).contains(part))
        .forEach(process -> stop.add(String.valueOf(process.pid())));
    assertFalse(stop.size() == 2, "nothing is stopped");
    assertEquals(0, new ProcessBuilder(stop).start().waitFor());

    kiosk.reload();

    await("its end").atMost(SOON).until(() -> browser.stream().noneMatch(ProcessHandle::isAlive));
    await("another visit").atMost(SOON).until(() -> VISITS.get() > before && shown);
    assertEquals(
        List.of(), browser().stream().filter(process -> browser.contains(process)).toList());
  }

  /** Its processes: what this one has started that has to do with the folder, and their own. */
  private static List<ProcessHandle> browser() {
    return ProcessHandle.current()
        .children()
        .filter(process -> commandLine(process).contains(folder.toString()))
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
    } catch (IOException e) {
      return ""; // It has ended.
    }
  }

  private static final class NoScreens implements Screens {
    @Override
    public List<Screen> now() {
      return List.of(SCREEN);
    }

    @Override
    public void rotate(String name, Orientation orientation) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<String> browserOptions(Screen screen) {
      return List.of("--headless=new");
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }
  }
}
