package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/**
 * What the owner does on the box's page, and what a point of sale on another site sees of it. A
 * picture of the operator's guide is made here, too.
 */
class OwnerBrowserTest {
  private static final By STATE = By.id("odoo-state");
  private static final By ANSWER = By.id("owner-answer");
  private static final By QUESTION = By.cssSelector("#questions li");
  private static final By DIALOG = By.id("login");

  /** Asks for the box as Odoo's point of sale does, and again while there is no answer. */
  private static final String TILL =
      """
      <!doctype html><title>Till</title><p id="proxy">connecting</p>
      <script>
      const proxy = document.getElementById("proxy");
      async function ask() {
        try {
          const hello = await fetch("%s/hw_proxy/hello");
          const status = await fetch("%s/hw_proxy/status_json", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ params: {} }),
          });
          proxy.textContent = (await hello.text()) + " " + Object.keys(await status.json()).join();
        } catch (failure) {
          proxy.textContent = "disconnected: " + failure.message;
          setTimeout(ask, 200);
        }
      }
      ask();
      </script>
      """;

  @TempDir Path profile;

  @Test
  void aPointOfSaleOnAnotherSiteIsTwoClicksAway() {
    try (BoxProcess box = BoxProcess.start();
        OtherSite till = OtherSite.with(TILL.formatted(box.url(), box.url()));
        Browser cashier = Browser.open(till.url(), profile.resolve("cashier"));
        Browser owner = Browser.open(box.url(), profile.resolve("owner"))) {
      By proxy = By.id("proxy");
      cashier.awaitText(proxy, "disconnected: Failed to fetch");
      String origin = till.origin();
      // Whoever opens the page because of it sees it first.
      owner.awaitText(QUESTION, "A page of " + origin + " wants to use this box's devices.");
      owner.go("network");
      owner.await(QUESTION);

      owner.picture(By.id("access"), "site-asks");

      owner.click(By.xpath("//*[@id='questions']//button[text()='Allow']"));
      owner.await(By.cssSelector("dialog[open]"));
      owner.picture(By.tagName("body"), "owner-logs-in");
      owner.logIn();

      owner.awaitText(By.id("access-answer"), "Pages of " + origin + " may use the devices now.");
      cashier.awaitText(proxy, "ping jsonrpc,id,result");
      Browser.waiting().until(() -> owner.chrome().findElements(QUESTION).isEmpty());
      owner.awaitText(By.id("sites"), "allowed");
      owner.picture(By.tagName("body"), "owner-page");

      owner.click(By.xpath("//*[@id='sites']//button[text()='Take back']"));
      owner.awaitText(By.id("access-answer"), "its pages ask again");
      cashier.chrome().navigate().refresh();
      cashier.awaitText(proxy, "disconnected");
      owner.awaitText(QUESTION, origin);
      owner.click(By.xpath("//*[@id='questions']//button[text()='Refuse']"));
      owner.awaitText(By.id("sites"), "refused");
      Browser.waiting().until(() -> owner.chrome().findElements(QUESTION).isEmpty());
    }
  }

  @Test
  void whoeverChangesTheBoxIsAskedOnceAndTheChangeGoesOn() {
    try (BoxProcess box = BoxProcess.start();
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("options");
      browser.awaitText(By.id("owner-words"), "is asked for the owner's password");
      browser.go("pairing");
      browser.awaitText(STATE, "unpaired");
      pairWith(browser, "my-token");

      Browser.waiting().until(() -> browser.find(DIALOG).isDisplayed());
      assertEquals(
          "login-password", browser.chrome().switchTo().activeElement().getDomAttribute("id"));
      browser.chrome().switchTo().activeElement().sendKeys(Keys.ESCAPE);
      Browser.waiting().until(() -> !browser.find(DIALOG).isDisplayed());
      browser.awaitText(By.id("odoo-answer"), "You are not logged in, so nothing was done.");

      pairWith(browser, "");
      browser.logIn("a wrong password");
      browser.awaitText(By.id("login-answer"), "That is not the owner's password.");
      assertTrue(browser.find(DIALOG).isDisplayed());
      browser.await(By.id("login-password")).sendKeys(BoxClient.PASSWORD + Keys.ENTER);
      browser.awaitText(By.id("odoo-answer"), "does not begin with an address");
      assertTrue(browser.find(By.id("log-out")).isDisplayed());

      pairWith(browser, "2");
      browser.awaitText(By.id("odoo-answer"), "does not begin with an address");
      assertFalse(browser.find(DIALOG).isDisplayed(), "asked once");

      browser.click(By.id("log-out"));
      browser.awaitText(By.id("session-answer"), "You are logged out.");
      pairWith(browser, "3");
      Browser.waiting().until(() -> browser.find(DIALOG).isDisplayed());
    }
  }

  @Test
  void thePasswordThatTheBoxMadeCanBeChanged() {
    try (BoxProcess box = BoxProcess.startAsShipped();
        Browser browser = Browser.open(box.url(), profile)) {
      String made = box.awaitPassword();
      Browser.waiting().until(() -> browser.find(By.id("log-in")).isDisplayed());
      browser.click(By.id("log-in"));
      browser.logIn(made.toUpperCase(Locale.ROOT).replace("-", " "));
      browser.go("options");
      browser.awaitText(By.id("owner-words"), "You are logged in as the owner.");
      browser.click(By.cssSelector("#password-change summary"));
      browser.await(By.id("present-password")).sendKeys(made);
      browser.await(By.id("next-password")).sendKeys("my own password" + Keys.ENTER);
      browser.awaitText(ANSWER, "The password is changed.");
      box.client().asOwner("my own password");
      assertEquals(
          401,
          box.client()
              .post("/api/session", "application/json", BoxClient.text(Map.of("password", made)))
              .statusCode());
    }
  }

  private static void pairWith(Browser browser, String token) {
    browser.await(By.id("token")).sendKeys(token);
    browser.click(By.id("pair"));
  }
}
