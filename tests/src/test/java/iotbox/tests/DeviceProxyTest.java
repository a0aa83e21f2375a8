package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.FaultyNetwork;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module for web pages in a browser, against a box on another origin. */
class DeviceProxyTest {
  /** Says how often it was asked to count. */
  private static final String COUNTER =
      """
      import iotbox.handler.*;

      @ConnectionType("bench")
      public class Counter extends Driver {
        private int done;

        public static boolean supported(Device device) { return true; }

        public Counter(String identifier, Device device) {
          super(identifier, device);
          deviceType("scale");
          deviceConnection("serial");
          deviceName(identifier);
        }

        @Action("set")
        public Object set(ActionData data) {
          data().put("value", data.get("value"));
          return data.get("value");
        }

        @Action("count")
        public Object count() {
          data().put("value", "counted " + ++done);
          return done;
        }

        @Action("wait")
        public Object await(ActionData data) throws Exception {
          Thread.sleep(data.getInt("millis"));
          return "waited";
        }

        @Action("break")
        public Object breakDown() {
          throw new IllegalStateException("the beam is bent");
        }
      }
      """;

  @TempDir static Path profile;
  private static Browser browser;

  @TempDir Path folder;
  private Path module;

  @BeforeAll
  static void openBrowser() {
    browser = Browser.open(URI.create("about:blank"), profile);
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void writeModule() throws IOException {
    module = folder.resolve("bench");
    Path handlers = Files.createDirectories(module.resolve("iot_handlers"));
    Path devices = Files.writeString(folder.resolve("devices"), "bench1\nbench2\n");
    Files.createDirectories(handlers.resolve("interfaces"));
    Files.createDirectories(handlers.resolve("drivers"));
    Files.writeString(
        handlers.resolve("interfaces/ListedInterface.java"),
        TestHandlers.interfaceListing(devices));
    Files.writeString(handlers.resolve("drivers/Counter.java"), COUNTER);
    Files.writeString(module.resolve("__manifest__.py"), "{'name': 'Bench'}");
  }

  @Test
  void valuesArriveAndActionsAreAnswered() {
    try (BoxProcess box = start("--allow-origin=*");
        OtherSite site = siteFor(box.url());
        ProxyPage page = ProxyPage.open(site, browser)) {
      page.listen("bench1");
      page.listen("bench2");
      page.awaitState("connected");
      set(box, "bench1", 5);
      set(box, "bench2", 6);
      page.awaitHeard("bench1", 5L);
      page.awaitHeard("bench2", 6L);

      assertEquals(7L, answer(page.act("bench1", Map.of("action", "set", "value", 7))));
      page.awaitHeard("bench1", 7L);
      assertEquals(
          List.of("error", "the beam is bent"), page.act("bench1", Map.of("action", "break")));
      List<?> gone = (List<?>) page.act("bench9", Map.of("action", "set"));
      assertEquals("disconnected", gone.get(0));
      assertTrue(gone.get(1).toString().contains("has no device bench9"), gone.toString());
      assertEquals(
          List.of("timeout", "The box at " + at(box) + " did not answer within 1 s."),
          page.act("bench1", Map.of("action", "wait", "millis", 3000), Map.of("timeout", 300)));
      assertEquals(List.of(5L, 7L), page.heard("bench1").stream().limit(2).toList());
      assertEquals(List.of(6L), page.heard("bench2"));

      assertEquals(1, page.polls("most"), "both listen by one poll");
      assertEquals(List.of("bench1", "bench2"), page.run("return polls.devices"));
      page.run("proxies.bench1.remove_listener()");
      ProxyPage.await(
          "one less", () -> page.run("return polls.devices"), List.of("bench2")::equals);
      page.run("proxies.bench2.remove_listener()");
      ProxyPage.await("no poll", () -> page.polls("open"), open -> open == 0);
      assertEquals("idle", page.run("return proxies.bench1.state.state"));
      long all = page.polls("all");
      set(box, "bench1", 8);
      assertEquals(8L, answer(page.act("bench2", Map.of("action", "set", "value", 8))));
      assertEquals(all, page.polls("all"), "nobody listens, so nothing is asked");
      page.listen("bench1");
      page.awaitHeard("bench1", 8L);
      assertEquals(1, page.heard("bench1").stream().filter(Long.valueOf(5)::equals).count());
    }
  }

  @Test
  void aSiteIsRefusedUntilTheOwnerAllowsItWhileThePageStaysOpen() {
    try (BoxProcess box = start();
        OtherSite site = siteFor(box.url());
        ProxyPage page = ProxyPage.open(site, browser)) {
      page.listen("bench1");
      page.awaitState(
          "refused The box at "
              + at(box)
              + " does not let pages of "
              + site.origin()
              + " use its devices yet. Its owner can allow that on the box's page, "
              + at(box)
              + "/");
      List<?> refused = (List<?>) page.act("bench1", Map.of("action", "count"));
      assertEquals("refused", refused.get(0), refused.toString());
      JsonNode known = box.client().status().at("/access/origins");
      assertEquals(List.of(site.origin()), BoxClient.texts(known, "origin"));
      assertEquals(List.of("asking"), BoxClient.texts(known, "state"));

      String allow = BoxClient.text(Map.of("origin", site.origin(), "allowed", true));
      assertEquals(204, box.owner().post("/api/origins", "application/json", allow).statusCode());

      page.awaitState("connected");
      set(box, "bench1", 3);
      page.awaitHeard("bench1", 3L);
      assertEquals(1L, answer(page.act("bench1", Map.of("action", "count"))));
    }
  }

  @Test
  void aReloadOfThePageLosesAndRepeatsNothing() {
    try (BoxProcess box = start("--allow-origin=*");
        OtherSite site = siteFor(box.url());
        ProxyPage page = ProxyPage.open(site, browser)) {
      page.listenOverReloads("bench1");
      page.awaitState("connected");
      long last = 0;
      for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 10; i++) {
          set(box, "bench1", ++last);
        }
        long begun = System.nanoTime();
        page.run("setTimeout(() => location.reload())");
        for (int i = 0; i < 10; i++) {
          set(box, "bench1", ++last);
        }
        page.awaitHeard("bench1", last);
        assumeKept(begun);
      }
      for (String state : List.of("frozen", "active")) {
        page.command("Page.setWebLifecycleState", Map.of("state", state));
        set(box, "bench1", ++last);
      }
      page.awaitHeard("bench1", last);
      assertEquals(LongStream.rangeClosed(1, last).boxed().toList(), page.heard("bench1"));
    }
  }

  @Test
  void aBoxThatIsKilledAndStartedAgainIsFoundAgain() {
    BoxProcess box = start("--allow-origin=*");
    try (OtherSite site = siteFor(box.url());
        ProxyPage page = ProxyPage.open(site, browser)) {
      page.listen("bench1");
      page.awaitState("connected");
      set(box, "bench1", 1);
      page.awaitHeard("bench1", 1L);

      box.kill();
      page.awaitState("unreachable The box at " + at(box) + " cannot be reached. Is it switched");
      List<?> lost =
          (List<?>) page.act("bench1", Map.of("action", "count"), Map.of("timeout", 2000));
      assertEquals("unreachable", lost.get(0), lost.toString());
      box = start("--allow-origin=*", "--port", String.valueOf(box.url().getPort()));

      set(box, "bench1", 2);
      page.awaitHeard("bench1", 2L);
      assertEquals("connected", page.state());
      assertEquals(List.of(1L, 2L), page.heard("bench1"));
      assertEquals(1L, answer(page.act("bench1", Map.of("action", "count"))));
    } finally {
      box.close();
    }
  }

  @Test
  void anInterruptionOfTheNetworkLosesNothing() throws Exception {
    try (BoxProcess box = start("--allow-origin=*");
        FaultyNetwork network = new FaultyNetwork(box.url().getPort());
        OtherSite site = siteFor(URI.create(network.url()));
        ProxyPage page = ProxyPage.open(site, browser)) {
      page.listen("bench1");
      page.awaitState("connected");
      set(box, "bench1", 1);
      page.awaitHeard("bench1", 1L);

      long begun = System.nanoTime();
      network.refuse();
      set(box, "bench1", 2);
      page.awaitState("unreachable");
      set(box, "bench1", 3);
      network.heal();
      page.awaitHeard("bench1", 3L);
      assumeKept(begun);
      network.resetAll();
      set(box, "bench1", 4);
      page.awaitHeard("bench1", 4L);

      page.command("Network.enable", Map.of());
      page.command("Network.emulateNetworkConditions", offline(true));
      page.awaitState("unreachable");
      set(box, "bench1", 5);
      page.command("Network.emulateNetworkConditions", offline(false));
      page.awaitHeard("bench1", 5L);

      assertEquals(List.of(1L, 2L, 3L, 4L, 5L), page.heard("bench1"));
    }
  }

  @Test
  void anActionIsDoneOnceThoughItsAnswerIsLostOnTheWay() {
    try (BoxProcess box = start("--allow-origin=*");
        FaultyNetwork network = new FaultyNetwork(box.url().getPort());
        OtherSite site = siteFor(URI.create(network.url()));
        ProxyPage page = ProxyPage.open(site, browser)) {
      page.run("proxies.bench1 = new DeviceProxy(arguments[0])", device(network.url(), "bench1"));
      assertEquals(1L, answer(page.act("bench1", Map.of("action", "count"))));

      network.cutAnswers();
      page.run("window.counting = proxies.bench1.action({ action: 'count' })");
      awaitCount(box, 2);
      network.heal();

      assertEquals(
          2L,
          answer(
              browser
                  .chrome()
                  .executeAsyncScript(
                      "counting.then(arguments[0], (e) => arguments[0](e.message))")));
      assertEquals(3L, answer(page.act("bench1", Map.of("action", "count"))));
      ProxyPage.await("no poll is left", () -> page.polls("open"), open -> open == 0);
    }
  }

  @Test
  void aNetworkThatDiesSilentlyIsNoticed() {
    try (BoxProcess box = start("--allow-origin=*");
        FaultyNetwork network = new FaultyNetwork(box.url().getPort());
        OtherSite site = siteFor(URI.create(network.url()));
        ProxyPage page = ProxyPage.open(site, browser)) {
      page.listen("bench1");
      page.awaitState("connected");
      set(box, "bench1", 1);
      page.awaitHeard("bench1", 1L);

      network.silence();
      page.awaitState("unreachable");
      network.heal();
      page.awaitState("connected");
      set(box, "bench1", 2);
      page.awaitHeard("bench1", 2L);
    }
  }

  @Test
  void aPageOnHttpsUsesTheBoxOnHttps() {
    try (BoxProcess box = start("--allow-origin=*", "--https-port", "0")) {
      JsonNode https =
          box.client()
              .awaitStatus("HTTPS", now -> now.at("/https/certificate").isTextual())
              .path("https");
      String ip = "127.0.0.1:" + https.path("port").asInt();
      try (OtherSite site = OtherSite.secureWith(ProxyPage.text("https://" + ip, ip));
          ProxyPage page = ProxyPage.open(site, browser)) {
        page.listen("bench1");
        page.awaitState("connected");
        set(box, "bench1", 1);
        page.awaitHeard("bench1", 1L);
        assertEquals("https://" + ip, page.run("return proxies.bench1.url"));
        assertEquals(
            List.of("https://192.0.2.1", "https://[2001:db8::1]:8443", "http://192.0.2.1:8069"),
            page.run(
                "return arguments[0].map((iot_ip) =>"
                    + " new DeviceProxy({ iot_ip, identifier: 'a' }).url)",
                List.of("192.0.2.1", "[2001:db8::1]:8443", "http://192.0.2.1/")));
      }
    }
  }

  @Test
  void aFaultOfOneWhoListensHarmsNobodyElse() {
    try (BoxProcess box = start("--allow-origin=*");
        OtherSite site = siteFor(box.url());
        ProxyPage page = ProxyPage.open(site, browser)) {
      page.run(
          "window.onerror = (message) => note('errors', message);"
              + "const faulty = new DeviceProxy(arguments[0]);"
              + "faulty.add_listener(() => { throw new Error('a fault'); });",
          device(at(box), "bench1"));
      page.listen("bench1");
      page.awaitState("connected");
      set(box, "bench1", 1);
      set(box, "bench1", 2);
      page.awaitHeard("bench1", 2L);
      ProxyPage.await(
          "both are reported", () -> page.heard("errors").size(), errors -> errors == 2);
      assertEquals(List.of(1L, 2L), page.heard("bench1"));

      assertEquals(
          List.of("invalid", "invalid", "invalid"),
          page.run(
              "return arguments[0].map((device) => {"
                  + " try { new DeviceProxy(device); return null; }"
                  + " catch (error) { return error.code; } })",
              List.of(
                  Map.of("identifier", "bench1", "iot_ip", false),
                  Map.of("identifier", "bench1", "iot_ip", "ftp://192.0.2.1"),
                  Map.of("iot_ip", "192.0.2.1"))));
    }
  }

  private BoxProcess start(String... options) {
    String[] all = new String[options.length + 4];
    System.arraycopy(options, 0, all, 4, options.length);
    all[0] = "--handlers";
    all[1] = module.toString();
    all[2] = "--data";
    all[3] = folder.resolve("data").toString();
    BoxProcess box = BoxProcess.start(all);
    box.client().awaitDevice("bench1");
    box.client().awaitDevice("bench2");
    return box;
  }

  private static OtherSite siteFor(URI box) {
    return OtherSite.with(ProxyPage.text(at(box), box.getAuthority()));
  }

  private static String at(BoxProcess box) {
    return at(box.url());
  }

  private static String at(URI box) {
    return "http://" + box.getAuthority();
  }

  /**
   * A box keeps events for five seconds; on a machine that is slower than that nothing is shown.
   */
  private static void assumeKept(long begun) {
    assumeTrue(System.nanoTime() - begun < Duration.ofSeconds(5).toNanos(), "too slow a machine");
  }

  private static Map<String, Object> offline(boolean offline) {
    return Map.of(
        "offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1);
  }

  private static Map<String, String> device(String box, String identifier) {
    return Map.of("iot_ip", box, "identifier", identifier);
  }

  private static void set(BoxProcess box, String device, long value) {
    JsonNode answer =
        box.client().action("somebody", device, Map.of("action", "set", "value", value));
    assertEquals("success", answer.at("/result/status").asText(), answer.toString());
  }

  /** Waits until the box has counted so far, asking by nothing that counts. */
  private static void awaitCount(BoxProcess box, int count) {
    JsonNode heard = box.client().poll("watcher", 0, "bench1").join();
    double last = heard.at("/result/time").asDouble();
    while (!heard.at("/result/value").asText().equals("counted " + count)) {
      heard = box.client().poll("watcher", last, "bench1").join();
      last = heard.at("/result/time").asDouble();
    }
  }

  private static Object answer(Object action) {
    return action instanceof Map<?, ?> answer ? answer.get("result") : action;
  }
}
