package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.stock.serial.PtyPair;
import iotbox.stock.serial.Toledo8217Driver;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** A person decides on the page which driver a device gets, and whether it is probed. */
class SelectionBrowserTest {
  private static final String TOLEDO = Toledo8217Driver.class.getName();

  @TempDir Path folder;
  @TempDir Path profile;
  private PtyPair line;

  @BeforeEach
  void join() throws Exception {
    line = new PtyPair(folder);
  }

  @AfterEach
  void part() throws Exception {
    line.close();
  }

  @Test
  void pinsADriverAndTakesThePinAway() {
    try (BoxProcess box = BoxProcess.start("--serial-port", line.box());
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("devices/" + line.box().replace("/", "%2F"));
      browser.awaitText(part("state"), "unsupported");
      browser.awaitText(part("selection-words"), "Drivers are asked again at");

      choose(browser, TOLEDO);
      browser.logIn();
      browser.awaitText(part("state"), "connected");
      browser.awaitText(part("about"), TOLEDO);
      browser.picture(card(), "device-pinned");

      choose(browser, "");
      browser.awaitText(part("state"), "unsupported");
      assertTrue(
          BoxClient.device(box.client().status(), line.box()).path("pin").isNull(),
          "as the box sees it, too");
    }
  }

  @Test
  void forbidsProbingAndAllowsItAgain() {
    try (BoxProcess box = BoxProcess.start("--serial-port", line.box());
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("devices/" + line.box().replace("/", "%2F"));
      browser.awaitText(part("state"), "unsupported");
      browser.click(part("probe"));
      browser.logIn();
      browser.awaitText(part("state"), "unprobed");
      browser.awaitText(part("detail"), "Not probed: so decided on this page.");
      browser.picture(card(), "device-unprobed");

      browser.click(part("probe"));
      browser.awaitText(part("state"), "unsupported");
    }
  }

  @Test
  void seesWhatTheOptionsSayAndCannotChangeIt() {
    try (BoxProcess box =
            BoxProcess.start(
                "--serial-port", line.box(),
                "--no-probe", line.box(),
                "--pin", line.box() + "=shop.Scale");
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("devices/" + line.box().replace("/", "%2F"));
      browser.awaitText(part("state"), "failed");
      browser.awaitText(part("detail"), "The option --pin gives it to shop.Scale");
      browser.awaitText(part("selection-words"), "The driver is fixed by --pin");
      browser.awaitText(part("selection-words"), "left alone by --no-probe");
      WebElement driver = browser.find(part("pin"));
      assertEquals("shop.Scale", driver.getDomProperty("value"));
      assertFalse(driver.isEnabled());
      assertFalse(browser.find(part("probe")).isEnabled());
      assertFalse(browser.find(part("probe")).isSelected());
      browser.resize(360);
      Browser.waiting().until(browser::fits);
    }
  }

  private void choose(Browser browser, String driver) {
    browser.click(part("pin", " option[value=\"" + driver + "\"]"));
  }

  private By card() {
    return By.cssSelector("[data-device=\"" + line.box() + "\"]");
  }

  private By part(String role) {
    return part(role, "");
  }

  private By part(String role, String within) {
    return By.cssSelector("[data-device=\"" + line.box() + "\"] [data-role=" + role + "]" + within);
  }
}
