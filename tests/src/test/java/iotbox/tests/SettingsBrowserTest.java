package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;

/** What the box is set to, on the pages for that: how it is reached, its log, its options. */
class SettingsBrowserTest {
  private static final By RECORDS = By.cssSelector("#log-records > li");

  private static final String NOISY =
      """
      import iotbox.handler.ConnectionType;
      import iotbox.handler.Device;
      import iotbox.handler.Interface;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.time.Duration;
      import java.util.HashMap;
      import java.util.Map;

      @ConnectionType("noisy")
      public class NoisyInterface extends Interface {
        public Duration loopDelay() {
          return Duration.ofMillis(100);
        }

        public Map<String, Device> getDevices() throws java.io.IOException {
          org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger("NoisyInterface");
          log.debug("looked once more");
          if (Files.deleteIfExists(Path.of("%s"))) {
            for (int i = 1; i <= 10000; i++) {
              log.info("line {}", i);
            }
            log.warn("no paper", new IllegalStateException("the tray is empty"));
          }
          return new HashMap<String, Device>();
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void aCameraReadsTheAddressLightAndDark() throws Exception {
    try (BoxProcess box = BoxProcess.start();
        Browser browser = open(box)) {
      browser.go("pairing");
      String address = box.url().toString();
      browser.awaitText(By.id("elsewhere"), address);
      browser.awaitText(By.id("elsewhere"), "Only the machine that the box runs on can reach it");
      assertEquals(
          "QR code with the address " + address,
          browser.find(By.id("address-code")).getDomAttribute("alt"));
      assertEquals(address, read(browser));
      browser.darken();
      assertEquals(address, read(browser));
      browser.expectAccessibleEverywhere();
      browser.picture(By.tagName("body"), "pairing");
    }
  }

  /** What a camera reads from the page's code. */
  private static String read(Browser browser) throws Exception {
    By code = By.id("address-code");
    Browser.waiting()
        .until(
            () ->
                (Boolean)
                    browser
                        .chrome()
                        .executeScript(
                            "return arguments[0].complete && arguments[0].naturalWidth > 0",
                            browser.find(code)));
    BufferedImage seen =
        ImageIO.read(
            new ByteArrayInputStream(browser.find(code).getScreenshotAs(OutputType.BYTES)));
    int width = seen.getWidth();
    int height = seen.getHeight();
    int[] pixels = seen.getRGB(0, 0, width, height, null, 0, width);
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels))))
        .getText();
  }

  @Test
  void addressesCertificateAndSitesAreLookedAfter() {
    try (BoxProcess box =
            BoxProcess.start("--https-port", "0", "--allow-host", "till.shop.example");
        Browser browser = open(box)) {
      browser.go("network");
      browser.awaitText(By.id("box-facts"), box.url().toString());
      browser.awaitText(By.id("box-facts"), "till.shop.example");
      browser.awaitText(By.id("https-words"), "Certificate: made by this box.");
      browser.awaitText(By.id("https-words"), "Good until");
      browser.click(By.cssSelector("#https-allow summary"));
      browser.awaitText(By.id("https-allow"), "Accept the Risk and Continue");

      By site = By.id("site");
      browser.await(site).sendKeys("https://pos.shop.example/with/path" + Keys.ENTER);
      browser.logIn();
      browser.awaitText(By.id("access-answer"), "site");
      assertEquals("refusal", browser.find(By.id("access-answer")).getDomAttribute("data-kind"));
      browser.await(site).clear();
      browser.await(site).sendKeys("https://pos.shop.example/" + Keys.ENTER);
      browser.awaitText(
          By.id("access-answer"), "Pages of https://pos.shop.example may use the devices now.");
      browser.awaitText(By.id("sites"), "https://pos.shop.example");
      browser.expectAccessibleEverywhere();
      browser.picture(By.tagName("body"), "network");
      browser.click(By.xpath("//*[@id='sites']//button[text()='Take back']"));
      Browser.waiting()
          .until(() -> browser.chrome().findElements(By.cssSelector("#sites li")).isEmpty());
    }
  }

  @Test
  void theLogIsReadAlongFilteredAndHeld() throws Exception {
    Path noise = folder.resolve("noise");
    HandlersZip handlers =
        HandlersZip.with("interfaces/NoisyInterface.java", NOISY.formatted(noise));
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = BoxProcess.pairedWith(odoo);
        Browser browser = open(box)) {
      browser.go("logs");
      browser.click(By.id("log-login"));
      browser.logIn();
      browser.awaitText(By.id("log-state"), "Live");
      browser.awaitText(By.id("log-records"), "serves on port");
      browser.awaitText(By.id("log-records"), "The owner logged in");
      browser.picture(By.tagName("body"), "logs");

      choose(browser, "level-logger", "interfaces/NoisyInterface.java");
      browser.click(By.cssSelector("#level-form button"));
      browser.awaitText(By.id("level-answer"), "NoisyInterface writes from debug on");
      browser.awaitText(By.id("levels"), "NoisyInterface: from debug on, until");
      browser.awaitText(By.id("log-records"), "looked once more");

      choose(browser, "log-handler", "The box itself");
      Browser.waiting().until(() -> !text(browser).contains("looked once more"));
      assertTrue(text(browser).contains("serves on port"));
      choose(browser, "log-handler", "interfaces/NoisyInterface.java");
      Browser.waiting().until(() -> !text(browser).contains("serves on port"));
      browser.click(By.cssSelector("#levels button"));
      browser.awaitText(By.id("level-answer"), "NoisyInterface writes as usual again.");
      Browser.waiting()
          .until(() -> browser.chrome().findElements(By.cssSelector("#levels li")).isEmpty());

      Files.writeString(noise, "");
      browser.awaitText(By.id("log-records"), "no paper");
      assertTrue(browser.chrome().findElements(RECORDS).size() <= 200, "not all are in the page");
      browser.click(By.id("log-more"));
      Browser.waiting().until(() -> browser.chrome().findElements(RECORDS).size() > 200);
      browser.await(By.id("log-text")).sendKeys("LINE 9999");
      Browser.waiting().until(() -> browser.chrome().findElements(RECORDS).size() == 1);
      browser.await(By.id("log-text")).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
      choose(browser, "log-level", "Warnings and errors");
      Browser.waiting().until(() -> browser.chrome().findElements(RECORDS).size() == 1);
      browser.click(By.cssSelector("#log-records summary"));
      browser.awaitText(By.cssSelector("#log-records pre"), "the tray is empty");
      browser.expectAccessibleEverywhere();

      browser.click(By.id("log-pause"));
      Files.writeString(noise, "");
      browser.awaitText(By.id("log-state"), "new record");
      assertEquals(1, browser.chrome().findElements(RECORDS).size(), "held");
      browser.click(By.id("log-pause"));
      Browser.waiting().until(() -> browser.chrome().findElements(RECORDS).size() == 2);

      browser.go("overview");
      browser.go("logs");
      browser.click(By.id("log-out"));
      browser.await(By.id("log-locked"));
      assertTrue(browser.chrome().findElements(RECORDS).isEmpty());
    }
  }

  private static void choose(Browser browser, String list, String words) {
    browser.click(By.xpath("//*[@id='" + list + "']/option[.='" + words + "']"));
  }

  private static String text(Browser browser) {
    return browser.find(By.id("log-records")).getText();
  }

  @Test
  void optionsAreKeptAndWaitForTheNextStart() {
    Path data = folder.resolve("data");
    int port;
    try (Browser browser = openAt("about:blank")) {
      try (BoxProcess box =
          BoxProcess.startIn(
              Map.of("NOTIFY_SOCKET", "/nowhere/notify"), "--data", data.toString())) {
        port = box.url().getPort();
        browser.chrome().get(box.url().toString());
        browser.go("options");
        browser.click(By.id("options-login"));
        browser.logIn();
        By interval = By.id("option-handlers-interval");
        browser.awaitText(By.id("option-handlers-interval-effect"), "In effect: 60 (as usual)");
        browser.awaitText(By.id("option-port-effect"), "(from the command line)");

        browser.await(interval).sendKeys("often");
        browser.click(By.id("options-keep"));
        browser.awaitText(
            By.id("options-answer"),
            "Nothing was kept. --handlers-interval must be a number of seconds");
        assertEquals(
            "option-handlers-interval",
            browser.chrome().switchTo().activeElement().getDomAttribute("id"));
        assertEquals("true", browser.find(interval).getDomAttribute("aria-invalid"));
        assertEquals("often", browser.find(interval).getDomProperty("value"), "to be mended");
        browser.await(interval).clear();
        browser.await(interval).sendKeys("600");
        browser.await(By.id("option-allow-host")).sendKeys("a.example\nb.example");
        browser.click(By.id("options-keep"));
        browser.awaitText(By.id("options-answer"), "Kept; it counts from the next start on.");
        browser.awaitText(
            By.id("options-waiting"),
            "These wait for the next start: --handlers-interval and --allow-host.");
        browser.awaitText(
            By.cssSelector("[data-option=handlers-interval]"), "From the next start on: 600");
        browser.click(By.cssSelector("#options-elsewhere summary"));
        browser.awaitText(By.cssSelector("[data-option=data]"), data.toString());
        browser.expectAccessibleEverywhere();
        browser.picture(By.tagName("body"), "options");

        browser.click(By.id("restart"));
        browser.chrome().switchTo().alert().accept();
        browser.awaitText(By.id("restart-answer"), "The box starts again.");
        assertTrue(box.diesWithin(java.time.Duration.ofSeconds(10)));
        browser.await(By.id("silent"));
      }
      try (BoxProcess box =
          BoxProcess.start("--data", data.toString(), "--port", String.valueOf(port))) {
        Browser.waiting().until(() -> browser.chrome().findElements(By.id("silent")).isEmpty());
        browser.click(By.id("options-login"));
        browser.logIn();
        browser.awaitText(By.id("option-handlers-interval-effect"), "In effect: 600 (kept here)");
        browser.awaitText(By.id("restart-how"), "Nothing starts this box again by itself");
        assertTrue(browser.chrome().findElements(By.id("restart")).isEmpty());
        assertTrue(browser.chrome().findElements(By.id("options-waiting")).isEmpty());
        assertEquals(
            "a.example\nb.example",
            browser.find(By.id("option-allow-host")).getDomProperty("value"));
        assertFalse(box.stderr().contains("ERROR"), box.stderr());
      }
    }
  }

  private Browser open(BoxProcess box) {
    return openAt(box.url().toString());
  }

  private Browser openAt(String page) {
    return Browser.open(java.net.URI.create(page), folder.resolve("profile"));
  }
}
