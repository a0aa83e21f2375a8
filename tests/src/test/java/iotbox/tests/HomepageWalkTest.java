package iotbox.tests;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import iotbox.box.odoo.bus.BusStandIn;
import iotbox.stock.serial.PtyPair;
import iotbox.stock.serial.Toledo8217Emulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/**
 * A new user's walk through the homepage, from the first start of the box to the day on which Odoo
 * is away. At each station the page is looked at on a phone, on a 7-inch touch screen and on a
 * desktop, each light and dark: nothing is wider than the screen, and axe finds nothing serious.
 * The pictures of the guides are made here:
 *
 * <pre>./tests/run --screenshots box/pictures -pl loader,box,tests -Dtest=HomepageWalkTest
 * -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class HomepageWalkTest {
  private static final String CONNECT_BOX = "/connect-box";
  private static final String CODE = "K4F9TZ";
  private static final String FILE = "drivers/CaliperDriver.java";

  /** Tells a length twice a second; whoever holds it can have it measure or speak in inches. */
  private static final String CALIPER =
      """
      import iotbox.handler.*;

      @ConnectionType("bench")
      public class CaliperDriver extends Driver {
        private volatile String unit = "mm";

        public static boolean supported(Device device) {
          return device.getString("line").startsWith("caliper");
        }

        public CaliperDriver(String identifier, Device device) {
          super(identifier, device);
          deviceType("device");
          deviceConnection("serial");
          deviceName("Digital caliper");
          deviceManufacturer("Bench Works");
        }

        @Override
        public void run() throws Exception {
          for (int i = 0; !isStopped(); i++) {
            tell(25.4 + Math.round(Math.sin(i / 5.0) * 100) / 100.0);
            Thread.sleep(500);
          }
        }

        private void tell(double millimetres) {
          boolean inches = unit.equals("in");
          data().put("value", inches ? millimetres / 25.4 : millimetres);
          data().put("unit", unit);
          deviceChanged();
        }

        @Action("set_unit")
        @Parameter(
            name = "unit",
            choices = {"mm", "in"},
            required = true,
            description = "in which it measures")
        public Object setUnit(ActionData data) {
          unit = data.getString("unit");
          return unit;
        }

        @Action("zero")
        public Object zero(ActionData data) {
          return "done";
        }
      }
      """;

  /** The same with two mistakes, such as a person makes. */
  private static final String BROKEN =
      CALIPER
          .replace("deviceName(\"Digital caliper\")", "deviceNmae(\"Digital caliper\")")
          .replace("return \"done\";", "return done;");

  private static final String MENDED =
      CALIPER.replace("\"Digital caliper\"", "\"Digital caliper, 150 mm\"");

  @TempDir Path folder;
  private OdooStandIn odoo;
  private BoxProcess box;
  private Browser browser;
  private Path plugged;

  @Test
  void aNewUserFindsTheWay() throws Exception {
    plugged = Files.writeString(folder.resolve("plugged"), "");
    try (PtyPair line = new PtyPair(folder);
        Toledo8217Emulator scale = new Toledo8217Emulator(line.device());
        OdooStandIn server = OdooStandIn.start().serving(handlers(CALIPER));
        OdooStandIn proxy = OdooStandIn.start();
        BusStandIn bus = OdooWithBus.inFrontOf(server, 0)) {
      odoo = server;
      scale.show("1.245");
      proxy.answer(
          CONNECT_BOX,
          aResponse()
              .withHeader("Content-Type", "application/json")
              .withBody(
                  BoxClient.text(
                      Map.of("result", Map.of("pairing_code", CODE, "pairing_uuid", "a-uuid")))));
      box =
          BoxProcess.startAsShipped(
              "--pairing-proxy", proxy.url() + CONNECT_BOX, "--serial-port", line.box());
      try (BoxProcess running = box;
          Browser opened = Browser.open(running.url(), folder.resolve("profile"))) {
        browser = opened;
        firstStart();
        wrongTokenThenTheRightOne(OdooWithBus.pairing(odoo, bus.url()));
        whatWasFound(line.box());
        aDeviceAppears(line.box());
        itActs();
        aBrokenHandlerIsPushed();
        aFixedHandlerIsPushed();
        anUnpluggedDevice(line);
        theOtherPages();
        bus.stop();
        odooIsGone();
      }
    }
  }

  private HandlersZip handlers(String caliper) {
    return HandlersZip.with(
            "interfaces/ListedInterface.java", TestHandlers.interfaceListing(plugged))
        .and(FILE, caliper);
  }

  /** The box has just been installed: its page leads through what is to be done once. */
  private void firstStart() {
    browser.await(By.id("welcome-login"));
    look("first-start");
    browser.await(By.id("welcome-password")).sendKeys("not-the-password");
    browser.click(By.cssSelector("#welcome-login button"));
    browser.awaitText(By.id("welcome-answer"), "That is not the owner's password.");
    look("first-start-wrong-password");
    browser.await(By.id("welcome-password")).clear();
    browser.await(By.id("welcome-password")).sendKeys(box.awaitPassword());
    browser.click(By.cssSelector("#welcome-login button"));
    browser.await(By.id("welcome-own"));
    look("first-start-own-password");
    browser.await(By.id("welcome-own")).sendKeys(BoxClient.PASSWORD);
    browser.click(By.cssSelector("#welcome-choose button"));
    browser.awaitText(By.id("welcome-answer"), "password");
    browser.click(By.id("welcome-next"));
    browser.awaitText(By.id("pairing-code"), CODE);
    look("first-start-pairing");
  }

  private void wrongTokenThenTheRightOne(String token) {
    odoo.refuseBox();
    paste(token);
    browser.awaitText(By.id("odoo-answer"), "Odoo did not accept the token");
    look("wrong-token");
    odoo.acceptBox();
    paste(token);
    browser.awaitText(By.id("odoo-state"), "connected");
    look("paired");
  }

  private void paste(String token) {
    browser.await(By.id("token")).clear();
    browser.await(By.id("token")).sendKeys(token);
    browser.click(By.id("pair"));
  }

  private void whatWasFound(String scale) {
    browser.click(By.id("welcome-next"));
    box.client().awaitDevice(scale);
    browser.awaitText(By.id("found"), "connected");
    look("first-start-found");
    browser.click(By.id("welcome-next"));
    browser.await(By.id("welcome-end"));
    look("first-start-done");
    browser.click(By.id("welcome-end"));
    browser.awaitText(By.id("all"), "Everything works");
    look("overview");
    // It never comes back by itself.
    browser.chrome().get(box.url().toString());
    browser.awaitText(By.id("all"), "Everything works");
  }

  private void aDeviceAppears(String scale) throws IOException {
    browser.go("devices");
    browser.await(card(scale));
    Files.writeString(plugged, "caliper_1\n");
    browser.awaitText(card("caliper_1"), "Digital caliper");
    browser.awaitText(card("caliper_1"), "25.");
    look("devices");
  }

  private static By card(String identifier) {
    return By.cssSelector("[data-device='" + identifier + "']");
  }

  private void itActs() {
    browser.go("devices/caliper_1");
    browser.awaitText(By.tagName("h1"), "Digital caliper");
    browser.awaitText(By.id("page"), "mm");
    browser.click(By.cssSelector("#action option[value=set_unit]"));
    browser.click(By.cssSelector("[name='parameter unit'] option:last-child"));
    browser.click(By.cssSelector("[data-role=send]"));
    browser.awaitText(By.id("action-answer"), "in");
    look("device-acts");
  }

  /** Somebody has put a new version of a driver on the server. */
  private void aBrokenHandlerIsPushed() {
    odoo.recover().serving(handlers(BROKEN));
    browser.go("handlers");
    browser.click(By.id("reload"));
    browser.awaitText(By.cssSelector("[data-handler='" + FILE + "']"), "keeps running");
    look("handlers-refused");
    browser.go("overview");
    browser.awaitText(By.id("needs"), FILE);
    look("overview-handler-refused");
    browser.go("handlers/" + FILE);
    browser.awaitText(By.id("source"), "deviceNmae");
    browser.awaitText(By.cssSelector(".source .titles .old"), "Runs: version of");
    look("handler-refused");
    // What ran before still does.
    browser.go("devices/caliper_1");
    browser.awaitText(By.tagName("h1"), "Digital caliper");
  }

  private void aFixedHandlerIsPushed() {
    odoo.recover().serving(handlers(MENDED));
    browser.go("handlers");
    browser.click(By.id("reload"));
    browser.awaitText(By.cssSelector("#reloads .reloads"), "Digital caliper, 150 mm");
    look("handlers");
    browser.go("overview");
    browser.awaitText(By.id("all"), "Everything works");
  }

  /** One cable is pulled, another leads to nobody. */
  private void anUnpluggedDevice(PtyPair line) throws IOException {
    browser.go("devices/caliper_1");
    browser.awaitText(By.tagName("h1"), "Digital caliper, 150 mm");
    Files.writeString(plugged, "unknown_gauge\n");
    browser.awaitText(By.id("device-gone"), "There is no device caliper_1 now.");
    look("device-gone");
    browser.go("overview");
    browser.awaitText(By.id("needs"), "unknown_gauge");
    look("overview-device-without-driver");
    Files.writeString(plugged, "caliper_1\n");
    browser.awaitText(By.id("all"), "Everything works");
  }

  private void theOtherPages() {
    for (String page : new String[] {"pairing", "network", "logs", "options"}) {
      browser.go(page);
      look(page);
    }
  }

  private void odooIsGone() {
    browser.go("handlers");
    browser.click(By.id("reload"));
    browser.go("overview");
    browser.awaitText(By.id("needs"), "Odoo cannot be reached");
    look("overview-odoo-gone");
    // The devices go on.
    browser.go("devices");
    browser.awaitText(card("caliper_1"), "25.");
  }

  /** Looks at the page as it is now: on each screen, light and dark. */
  private void look(String station) {
    for (Browser.Screen screen : Browser.Screen.values()) {
      browser.resize(screen);
      for (boolean dark : new boolean[] {false, true}) {
        if (dark) {
          browser.darken();
        } else {
          browser.lighten();
        }
        String name =
            station + "-" + screen.name().toLowerCase(Locale.ROOT) + (dark ? "-dark" : "");
        browser.screenshot(name);
        try {
          browser.expectAccessible();
        } catch (AssertionError e) {
          throw new AssertionError(name + ": " + e.getMessage(), e);
        }
      }
    }
    browser.lighten();
    browser.resize(Browser.Screen.DESKTOP);
  }
}
