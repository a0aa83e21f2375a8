package iotbox.tests;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import iotbox.box.odoo.bus.BusStandIn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/**
 * What a person reads on the box's page and does there to join it with Odoo. The pictures of the
 * operator's guide are made here:
 *
 * <pre>./tests/run --screenshots box/pictures -pl loader,box,tests -Dtest=PairingBrowserTest
 * -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class PairingBrowserTest {
  private static final String CONNECT_BOX = "/connect-box";
  private static final String CODE = "K4F9TZ";

  private static final By ODOO = By.id("odoo");
  private static final By STATE = By.id("odoo-state");
  private static final By ANSWER = By.id("odoo-answer");
  private static final By SHOWN_CODE = By.id("pairing-code");
  private static final By TOKEN = By.id("token");
  private static final By DEVICES = By.id("page");
  private static final By HTTPS = By.id("https");

  @TempDir Path profile;
  private OdooStandIn odoo;
  private OdooStandIn proxy;

  @BeforeEach
  void startServers() {
    odoo =
        OdooStandIn.start()
            .serving(
                HandlersZip.with("interfaces/BenchInterface.java", TestHandlers.INTERFACE)
                    .and(
                        "drivers/CounterScale.java",
                        TestHandlers.DRIVER
                            .replace("BenchDriver", "CounterScale")
                            .replace("\"Bench \" + identifier", "\"Counter scale\"")));
    proxy = OdooStandIn.start();
    proxy.answer(
        CONNECT_BOX,
        json(Map.of("result", Map.of("pairing_code", CODE, "pairing_uuid", "a-pairing-uuid"))));
  }

  @AfterEach
  void stopServers() {
    odoo.close();
    proxy.close();
  }

  @Test
  void aTokenPairsTheBoxAndAWrongOneChangesNothing() {
    try (BusStandIn bus = OdooWithBus.inFrontOf(odoo, 0);
        BoxProcess box = BoxProcess.start("--pairing-proxy", proxy.url() + CONNECT_BOX);
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("pairing");
      String token = OdooWithBus.pairing(odoo, bus.url());
      browser.awaitText(STATE, "unpaired");
      browser.awaitText(SHOWN_CODE, CODE);
      browser.awaitText(ODOO, "In Odoo open the IoT app, choose Connect and type this code");
      assertTrue(fontPixels(browser, SHOWN_CODE) >= 40, "the code is large");
      assertFalse(browser.find(By.id("disconnect")).isEnabled());
      browser.picture(ODOO, "unpaired");

      paste(browser, "my-token");
      browser.logIn();
      browser.awaitText(ANSWER, "Not paired, and nothing was changed.");
      browser.awaitText(ANSWER, "does not begin with an address such as https://my.odoo.com");
      assertEquals("my-token", browser.find(TOKEN).getDomProperty("value"), "to be mended");

      odoo.refuseBox();
      paste(browser, token);
      browser.awaitText(ANSWER, "Odoo did not accept the token");
      browser.awaitText(ANSWER, "Copy a new token from Odoo (IoT app, Connect)");
      browser.awaitText(STATE, "unpaired");
      browser.awaitText(SHOWN_CODE, CODE);
      browser.picture(ODOO, "token-not-accepted");

      odoo.acceptBox();
      paste(browser, token);
      browser.awaitText(ANSWER, "Odoo has accepted this box.");
      browser.awaitText(STATE, "connected");
      browser.awaitText(ODOO, "Odoo knows this box and its devices. Nothing to do.");
      browser.awaitText(ODOO, bus.url());
      browser.awaitText(ODOO, "connected since"); // On the bus.
      assertEquals("", browser.find(TOKEN).getDomProperty("value"));
      assertTrue(browser.chrome().findElements(SHOWN_CODE).isEmpty());
      browser.picture(ODOO, "connected");
      expectDevices(browser, "Counter scale");

      try (OdooStandIn other = OdooStandIn.start().refuseBox()) {
        paste(browser, other.pairingUrl());
        browser.awaitText(ANSWER, "Odoo did not accept the token");
        browser.awaitText(STATE, "connected");
        browser.awaitText(ODOO, bus.url());
        expectDevices(browser, "Counter scale");
      }

      bus.stop();
      browser.go("handlers");
      browser.click(By.id("reload"));
      browser.awaitText(By.id("reload-answer"), "Odoo is asked for the handlers.");
      browser.go("pairing");
      browser.awaitText(STATE, "unreachable");
      browser.awaitText(ODOO, "Devices go on working.");
      expectDevices(browser, "Counter scale");
      try (BusStandIn back = OdooWithBus.inFrontOf(odoo, bus.port())) {
        browser.awaitText(STATE, "connected");
        browser.awaitText(ODOO, back.url());
        browser.awaitText(ODOO, "connected since");
      }

      browser.click(By.id("disconnect"));
      browser.chrome().switchTo().alert().dismiss();
      browser.awaitText(STATE, "connected");
      browser.click(By.id("disconnect"));
      browser.chrome().switchTo().alert().accept();
      browser.awaitText(ANSWER, "The box is disconnected.");
      browser.awaitText(STATE, "unpaired");
      browser.awaitText(SHOWN_CODE, CODE);
      expectDevices(browser, "No device has been found yet.");
    }
  }

  /** On the page of the devices, and comes back from there. */
  private static void expectDevices(Browser browser, String words) {
    browser.go("devices");
    browser.awaitText(DEVICES, words);
    browser.go("pairing");
  }

  @Test
  void aTrialSaysThatNothingHasChangedYet() {
    try (BoxProcess box = BoxProcess.start();
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("pairing");
      browser.awaitText(STATE, "unpaired");
      odoo.hang(3000);

      paste(browser, odoo.pairingUrl());
      browser.logIn();

      browser.awaitText(ANSWER, "The box tries this token with its server.");
      assertFalse(browser.find(By.id("pair")).isEnabled());
      browser.awaitText(STATE, "unpaired");
      odoo.recover();
      browser.awaitText(ANSWER, "Odoo has accepted this box.");
      assertTrue(browser.find(By.id("pair")).isEnabled());
    }
  }

  @Test
  void aRefusedBoxSaysWhatToDo() {
    odoo.refuseBox();
    try (BoxProcess box = BoxProcess.pairedWith(odoo);
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("pairing");
      browser.awaitText(STATE, "refused");
      browser.awaitText(ODOO, "Odoo answers, but does not accept this box.");
      browser.awaitText(ODOO, "it was used before, has expired, or the box was deleted");
      browser.awaitText(ODOO, "Copy a new token from Odoo (IoT app, Connect)");
      browser.picture(ODOO, "refused");
    }
  }

  @Test
  void aBoxWhoseServerIsDownSaysThatItKeepsTrying() {
    String pairing = odoo.pairingUrl();
    odoo.close();
    try (BoxProcess box = BoxProcess.start("--odoo", pairing);
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("pairing");
      browser.awaitText(STATE, "unreachable");
      browser.awaitText(ODOO, "The box keeps trying and connects by itself");
      browser.awaitText(ODOO, "accepts no connection. Is the server running, and the port right?");
      browser.picture(ODOO, "unreachable");
    }
  }

  @Test
  void aBoxThatWaitsForOdooSaysSo() {
    odoo.hang(20_000);
    try (BoxProcess box = BoxProcess.pairedWith(odoo);
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("pairing");
      browser.awaitText(STATE, "connecting");
      browser.awaitText(ODOO, "The box asks Odoo to accept it.");
      browser.awaitText(ODOO, odoo.url());
    }
  }

  @Test
  void aBoxThatCannotHaveTheBusSaysWhatToDo() {
    try (BoxProcess box = BoxProcess.pairedWith(odoo);
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("pairing");
      browser.awaitText(STATE, "connected");
      browser.awaitText(ODOO, "actions that Odoo itself sends do not arrive");
      browser.awaitText(ODOO, "let /websocket through");
    }
  }

  @Test
  void theCertificateIsExplained() {
    try (BoxProcess box = BoxProcess.start("--https-port", "0");
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("network");
      browser.awaitText(HTTPS, "open the address once in each browser and allow it");
      WebElement link = browser.find(By.cssSelector("#https-facts a"));
      int port = box.client().status().at("/https/port").asInt();
      assertEquals("https://127.0.0.1:" + port, link.getText());
    }
    try (BoxProcess box = BoxProcess.start();
        Browser browser = Browser.open(box.url(), profile.resolve("another"))) {
      browser.go("network");
      browser.awaitText(HTTPS, "Off, as the box was started without it.");
    }
  }

  @Test
  void aNarrowWindowAndADarkOneShowEverything() {
    try (BoxProcess box = BoxProcess.start("--pairing-proxy", proxy.url() + CONNECT_BOX);
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("pairing");
      browser.awaitText(SHOWN_CODE, CODE);
      paste(browser, odoo.pairingUrl().replace("?", "/" + "a-long-path".repeat(20) + "?"));
      browser.logIn();
      browser.awaitText(ANSWER, "Not paired");
      for (int width : List.of(1000, 500, 320)) {
        browser.resize(width);
        assertTrue(browser.fits(), width + " pixels");
      }
      String light = background(browser);
      browser.darken();
      assertFalse(background(browser).equals(light));
    }
  }

  private static String background(Browser browser) {
    return browser.find(By.tagName("body")).getCssValue("background-color");
  }

  private static double fontPixels(Browser browser, By selector) {
    return Double.parseDouble(browser.find(selector).getCssValue("font-size").replace("px", ""));
  }

  private static void paste(Browser browser, String token) {
    browser.await(TOKEN).clear();
    browser.await(TOKEN).sendKeys(token);
    browser.click(By.id("pair"));
  }

  private static ResponseDefinitionBuilder json(Map<String, ?> answer) {
    return aResponse()
        .withHeader("Content-Type", "application/json")
        .withBody(BoxClient.text(answer));
  }
}
