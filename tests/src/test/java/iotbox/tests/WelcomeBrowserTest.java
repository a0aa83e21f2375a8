package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The first visit to a box that nobody has set up yet. */
class WelcomeBrowserTest {
  private static final By HEADING = By.tagName("h1");
  private static final By NEXT = By.id("welcome-next");
  private static final By ANSWER = By.id("welcome-answer");
  private static final String OWN = "my own password";

  @TempDir private Path folder;

  @Test
  void aNewOwnerIsLedThrough() {
    Path data = folder.resolve("data");
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.startAsShipped("--data", data.toString(), "--https-port", "0");
        Browser browser = open(box, "first")) {
      browser.awaitText(HEADING, "Welcome, 1 of 4: you are the owner");
      browser.expectAccessibleEverywhere();
      browser.picture(By.tagName("body"), "welcome");
      By password = By.id("welcome-password");
      browser.await(password).sendKeys("a wrong one" + Keys.ENTER);
      browser.awaitText(ANSWER, "That is not the owner's password.");
      assertEquals(
          "welcome-password", browser.chrome().switchTo().activeElement().getDomAttribute("id"));
      browser.await(password).sendKeys(box.awaitPassword() + Keys.ENTER);

      By own = By.id("welcome-own");
      browser.await(own);
      assertTrue(browser.chrome().findElements(By.id("welcome-present")).isEmpty(), "typed once");
      browser.expectAccessibleEverywhere();
      browser.await(own).sendKeys(OWN + Keys.ENTER);
      browser.awaitText(ANSWER, "The password is changed.");
      box.client().asOwner(OWN);
      browser.click(NEXT);

      browser.awaitText(HEADING, "Welcome, 2 of 4: which Odoo?");
      By token = By.id("token");
      browser.await(token).sendKeys("my-token" + Keys.ENTER);
      browser.awaitText(By.id("odoo-answer"), "Not paired, and nothing was changed.");
      browser.awaitText(By.id("odoo-answer"), "does not begin with an address");
      assertEquals("token", browser.chrome().switchTo().activeElement().getDomAttribute("id"));
      assertFalse(browser.find(By.id("login")).isDisplayed(), "logged in once");
      browser.expectAccessibleEverywhere();
      browser.await(token).clear();
      browser.await(token).sendKeys(odoo.pairingUrl() + Keys.ENTER);
      browser.awaitText(By.id("odoo-answer"), "Odoo has accepted this box.");
      browser.awaitText(By.id("odoo-state"), "connected");
      browser.click(NEXT);

      browser.awaitText(HEADING, "Welcome, 3 of 4: what the box has found");
      browser.awaitText(By.id("found"), "connected");
      browser.awaitText(By.id("page"), "once its certificate is allowed in each browser");
      browser.expectAccessibleEverywhere();
      browser.click(NEXT);

      browser.awaitText(HEADING, "Welcome, 4 of 4: done");
      browser.awaitText(By.id("page"), "The box belongs to an Odoo.");
      browser.expectAccessibleEverywhere();
      browser.click(By.id("welcome-end"));
      browser.await(By.id("all"));
      assertTrue(box.client().status().at("/box/setUp").asBoolean());
      expectOverview(box, "another");

      browser.go("options");
      browser.click(By.linkText("Go through the first start once more"));
      browser.awaitText(HEADING, "Welcome, 1 of 4");
      browser.awaitText(By.id("page"), "You are logged in as the owner.");
    }
    try (BoxProcess box = BoxProcess.startAsShipped("--data", data.toString())) {
      assertTrue(box.client().status().at("/box/setUp").asBoolean());
    }
  }

  @Test
  void whoLeavesItOutIsNotInItsWayAndTheBoxWaitsForItsOwner() {
    try (BoxProcess box = BoxProcess.startAsShipped();
        Browser browser = open(box, "first")) {
      browser.awaitText(HEADING, "Welcome, 1 of 4");
      browser.click(By.id("welcome-leave"));
      browser.await(By.id("all"));
      browser.chrome().get(box.url().toString());
      browser.await(By.id("all"));
      assertFalse(box.client().status().at("/box/setUp").asBoolean());

      try (Browser another = open(box, "another")) {
        another.awaitText(HEADING, "Welcome, 1 of 4");
        another.click(NEXT);
        another.awaitText(HEADING, "Welcome, 2 of 4");
        another.awaitText(By.id("page"), "Without the IoT app");
        another.click(NEXT);
        another.awaitText(By.id("page"), "No device yet.");
        another.click(NEXT);
        another.awaitText(
            By.id("page"), "Nobody has logged in, so the next visitor is asked again.");
        assertFalse(box.client().status().at("/box/setUp").asBoolean());
      }
      browser.click(By.id("log-in"));
      browser.logIn(box.awaitPassword());
      browser.await(By.id("log-out"));
      browser.go("welcome");
      browser.awaitText(By.id("page"), "choose a password of your own");
      browser.click(By.id("welcome-leave"));
      Browser.waiting().until(() -> box.client().status().at("/box/setUp").asBoolean());
      expectOverview(box, "third");
    }
  }

  @Test
  void aBoxThatWasSetUpByItsOptionsLeadsNobody() {
    try (BoxProcess box = BoxProcess.start()) {
      expectOverview(box, "first");
    }
  }

  private void expectOverview(BoxProcess box, String profile) {
    try (Browser browser = open(box, profile)) {
      browser.await(By.id("all"));
      assertEquals("overview", browser.find(By.id("page")).getDomAttribute("data-page"));
    }
  }

  private Browser open(BoxProcess box, String profile) {
    return Browser.open(box.url(), folder.resolve(profile));
  }
}
