package iotbox.tests;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the module for web pages makes of the answers that boxes give, and others. */
class DeviceProxyAnswersTest {
  private static final String ACTION = "/iot_drivers/action";
  private static final String EVENT = "/iot_drivers/event";
  private static final String COUNT = "count";

  @TempDir static Path profile;
  private static Browser browser;

  private final WireMockServer box =
      new WireMockServer(
          WireMockConfiguration.options()
              .bindAddress("127.0.0.1")
              .dynamicPort()
              .stubCorsEnabled(true));
  private OtherSite site;
  private ProxyPage page;

  @BeforeAll
  static void openBrowser() {
    browser = Browser.open(URI.create("about:blank"), profile);
  }

  @AfterAll
  static void closeBrowser() {
    browser.close();
  }

  @BeforeEach
  void open() throws IOException {
    box.start();
    box.stubFor(get("/hw_proxy/hello").willReturn(aResponse().withBody("ping")));
    box.stubFor(
        get("/static/device-proxy.js")
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "text/javascript")
                    .withBody(
                        Files.readString(
                            BoxProcess.root().resolve("sample_module/static/lib/device-proxy.js"),
                            StandardCharsets.UTF_8))));
    box.stubFor(post(EVENT).willReturn(okJson("{\"result\": null}").withFixedDelay(300)));
    site = OtherSite.with(ProxyPage.text(box.baseUrl(), "127.0.0.1:" + box.port()));
    page = ProxyPage.open(site, browser);
  }

  @AfterEach
  void close() {
    page.close();
    site.close();
    box.stop();
  }

  @Test
  void aBoxThatOnlyTakesActionsTellsTheirEndByEvent() {
    answer(okJson("{\"result\": true}"));
    page.run(
        "window.acting = new DeviceProxy({ iot_ip, identifier: 'scale' }).action({ action: 'x' })");
    ProxyPage.await("the action is sent", () -> sent(ACTION), sent -> sent.size() == 1);
    JsonNode params = sent(ACTION).get(0);
    String session = params.path("session_id").asText();
    assertTrue(params.path("answer").asBoolean(), params.toString());
    assertEquals(session, params.at("/data/action_unique_id").asText());
    ProxyPage.await("it listens", () -> sent(EVENT), polls -> !polls.isEmpty());

    tell(5, "another", "{\"status\": \"success\", \"result\": 1}");
    tell(6, session, "{\"status\": {\"status\": \"busy\"}, \"result\": 2}");
    tell(7, session, "{\"status\": \"success\", \"result\": 3}");

    Object answer = browser.chrome().executeAsyncScript("acting.then(arguments[0], arguments[0])");
    assertEquals(3L, ((Map<?, ?>) answer).get("result"), String.valueOf(answer));
    ProxyPage.await("nobody listens", () -> page.polls("open"), open -> open == 0);
  }

  @Test
  void anActionWhoseEndIsNeverToldIsNotAwaitedForEver() {
    answer(okJson("{\"result\": true}"));
    assertEquals(
        "answer_lost", codeOf(page.act("scale", Map.of("action", "x"), Map.of("timeout", 1200))));
    answer(okJson("{\"result\": {\"status\": \"duplicate\"}}"));
    assertEquals("duplicate", codeOf(page.act("scale", Map.of("action_unique_id", "mine"))));
  }

  @Test
  void everyFailureHasItsCodeAndSentence() {
    answer(okJson("{\"result\": false}"));
    assertEquals("disconnected", codeOf(page.act("scale", Map.of())));
    answer(okJson("{\"result\": {\"status\": \"error\", \"result\": \"out of paper\"}}"));
    assertEquals(List.of("error", "out of paper"), page.act("scale", Map.of()));
    answer(okJson("{\"error\": {\"code\": 403, \"data\": {\"message\": \"Not signed.\"}}}"));
    assertEquals(List.of("refused", "Not signed."), page.act("scale", Map.of()));
    answer(okJson("{\"error\": {\"code\": 200, \"message\": \"Odoo Server Error\"}}"));
    assertEquals(List.of("invalid", "Odoo Server Error"), page.act("scale", Map.of()));
    for (ResponseDefinitionBuilder other :
        List.of(okJson("[]"), okJson("{\"result\": 7}"), aResponse().withBody("<html>a router"))) {
      answer(other);
      assertEquals(
          List.of(
              "invalid",
              "What answers at "
                  + box.baseUrl().replace("localhost", "127.0.0.1")
                  + " is no IoT box, or one that is too old."),
          page.act("scale", Map.of()));
    }
    answer(aResponse().withStatus(404).withBody("<html>not here"));
    List<?> missing = (List<?>) page.act("scale", Map.of());
    assertEquals("invalid", missing.get(0));
    assertTrue(missing.get(1).toString().endsWith("with HTTP status 404."), missing.toString());
    assertEquals(
        "invalid",
        codeOf(
            page.run(
                """
        return proxies.none = new DeviceProxy({ iot_ip, identifier: "scale" }).action("tare")
          .catch((error) => [error.code])""")));
  }

  @Test
  void aBusyBoxIsAskedAgain() {
    box.stubFor(
        post(ACTION)
            .inScenario(COUNT)
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(
                aResponse()
                    .withStatus(503)
                    .withHeader("Content-Type", "text/plain")
                    .withBody("Later."))
            .willSetStateTo("free"));
    box.stubFor(
        post(ACTION)
            .inScenario(COUNT)
            .whenScenarioStateIs("free")
            .willReturn(okJson("{\"result\": {\"status\": \"success\", \"result\": 9}}")));

    assertEquals(9L, ((Map<?, ?>) page.act("scale", Map.of("action", "x"))).get("result"));
    List<JsonNode> sent = sent(ACTION);
    assertEquals(2, sent.size());
    assertEquals(sent.get(0), sent.get(1), "the same, so that it is done once at most");
  }

  @Test
  void whyNobodyIsToListenIsSaidAndItIsTriedAgain() {
    box.stubFor(
        post(EVENT)
            .willReturn(
                okJson("{\"error\": {\"code\": 403, \"data\": {\"message\": \"Not signed.\"}}}")));
    page.listen("scale");
    page.awaitState("refused Not signed.");
    box.stubFor(post(EVENT).willReturn(okJson("{\"result\": 7}")));
    page.awaitState("refused What answers at");
    box.stubFor(
        post(EVENT)
            .willReturn(
                okJson(
                        "{\"result\": {\"device_identifier\": \"scale\", \"time\": 1, \"value\": 4}}")
                    .withFixedDelay(500)));
    page.awaitState("connected");
    page.awaitHeard("scale", 4L);
  }

  @Test
  void whoeverIsNotInterestedAnyMoreSaysSo() {
    answer(okJson("{\"result\": {\"status\": \"success\"}}").withFixedDelay(5000));
    Object given =
        browser
            .chrome()
            .executeAsyncScript(
                """
                const done = arguments[0];
                const stop = new AbortController();
                new DeviceProxy({ iot_ip, identifier: "scale" })
                  .action({ action: "x" }, { signal: stop.signal })
                  .then(done, (error) => done([error.name, error.message]));
                stop.abort(new DOMException("the dialog is closed", "AbortError"));
                """);
    assertEquals(List.of("AbortError", "the dialog is closed"), given);

    page.run(
        """
        window.stop = new AbortController();
        new DeviceProxy({ iot_ip, identifier: "scale" }).add_listener(() => {}, stop);
        """);
    ProxyPage.await("it listens", () -> page.polls("open"), open -> open == 1);
    page.run("stop.abort()");
    ProxyPage.await("nobody listens", () -> page.polls("open"), open -> open == 0);
  }

  private void answer(ResponseDefinitionBuilder answer) {
    box.stubFor(post(ACTION).willReturn(answer));
  }

  /** Answers the next poll with this event, which it tells until another is told. */
  private void tell(int time, String owner, String data) {
    String event =
        data.replaceFirst(
            "\\{",
            "{\"device_identifier\": \"scale\", \"time\": %d, \"owner\": \"%s\", "
                .formatted(time, owner));
    box.stubFor(post(EVENT).willReturn(okJson("{\"result\": " + event + "}").withFixedDelay(100)));
    ProxyPage.await(
        "it was heard",
        () -> sent(EVENT),
        polls ->
            polls.stream().anyMatch(poll -> poll.at("/listener/last_event").asInt() == time)
                || page.polls("open") == 0);
  }

  private List<JsonNode> sent(String path) {
    return box.findAll(postRequestedFor(urlEqualTo(path))).stream()
        .map(request -> BoxClient.json(request.getBodyAsString()).path("params"))
        .toList();
  }

  private static Object codeOf(Object failure) {
    return failure instanceof List<?> list ? list.get(0) : failure;
  }
}
