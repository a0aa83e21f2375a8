package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The demonstration as a person sees it: {@code ./box/run --demo} in a browser. */
class DemoBrowserTest {
  private static final double WIDEST_INCHES = 150 / 25.4;

  private static final By PAGE = By.tagName("body");

  @TempDir Path profile;
  private BoxProcess box;
  private Browser browser;

  @BeforeEach
  void open() {
    box = BoxProcess.start("--demo");
    browser = Browser.open(box.url(), profile);
  }

  @AfterEach
  void close() {
    browser.close();
    box.close();
  }

  @Test
  void showsTheBoxItsPairingItsHandlersAndItsDevices() {
    JsonNode status =
        box.client()
            .awaitStatus(
                "the demonstration is complete",
                now ->
                    now.path("odoo").path("state").asText().equals("connected")
                        && now.path("devices").size() >= 2
                        && !BoxClient.texts(now.path("devices"), "state").contains("detected")
                        && Stream.of("janino", "ecj", "builtin")
                            .allMatch(BoxClient.texts(now.path("handlers"), "compiler")::contains));

    browser.awaitText(PAGE, status.path("box").path("identifier").asText());
    browser.awaitText(PAGE, "connected");
    for (JsonNode handler : status.path("handlers")) {
      browser.awaitText(PAGE, handler.path("file").asText());
    }
    browser.picture(PAGE, "demo-overview");
    browser.go("devices");
    for (JsonNode device : status.path("devices")) {
      browser.awaitText(card(device.path("identifier").asText()), device.path("name").asText());
    }
  }

  @Test
  void sendsAnActionAndSeesTheValueChange() {
    String identifier = identifierOf("BenchCaliperDriver");
    By caliper = card(identifier);
    browser.go("devices/" + identifier);
    browser.await(caliper);
    Browser.waiting().until(() -> text(caliper, "events").contains("\"unit\":\"mm\""));

    choose(caliper, "set_unit");
    browser.select(By.name("parameter unit"), "in");
    part(caliper, "send").click();

    Browser.waiting().until(() -> text(caliper, "answer").startsWith("success"));
    Browser.waiting().until(() -> text(caliper, "events").contains("\"unit\":\"in\""));
    double inches = Double.parseDouble(text(caliper, "value"));
    // Its jaws move all the time, but no further than this.
    assertTrue(inches <= WIDEST_INCHES, inches + " in");
    browser.picture(PAGE, "demo-action");
  }

  @Test
  void showsWhatADriverHasAgainstAnAction() {
    String identifier = identifierOf("BenchCaliperDriver");
    By caliper = card(identifier);
    browser.go("devices/" + identifier);
    browser.await(caliper);

    part(caliper, "action").findElement(By.cssSelector("[data-other]")).click();
    Browser.waiting().until(() -> part(caliper, "whole").isDisplayed());
    part(caliper, "whole").sendKeys("{\"action\": \"set_unit\", \"unit\": \"furlong\"}");
    part(caliper, "send").click();

    Browser.waiting().until(() -> text(caliper, "answer").contains("furlong"));
    assertTrue(text(caliper, "answer").startsWith("error"), text(caliper, "answer"));
    browser.picture(PAGE, "demo-refused-action");
  }

  @Test
  void asksNobodyElse() {
    browser.go("devices");
    browser.await(By.cssSelector("[data-device]"));
    Object foreign =
        browser
            .chrome()
            .executeScript(
                "return performance.getEntriesByType('resource').map(r => r.name)"
                    + ".filter(name => !name.startsWith(location.origin) && !name.startsWith('data:'))");

    assertEquals(List.of(), foreign, "the homepage works without the internet");
  }

  private String identifierOf(String driver) {
    JsonNode devices =
        box.client()
            .awaitStatus(
                "a device with " + driver,
                now -> BoxClient.texts(now.path("devices"), "driver").contains(driver))
            .path("devices");
    return devices
        .path(BoxClient.texts(devices, "driver").indexOf(driver))
        .path("identifier")
        .asText();
  }

  private void choose(By card, String action) {
    Browser.waiting().until(() -> part(card, "action").getText().contains(action));
    part(card, "action").findElement(By.cssSelector("option[value=" + action + "]")).click();
  }

  private WebElement part(By card, String role) {
    return browser.find(card).findElement(By.cssSelector("[data-role=" + role + "]"));
  }

  private String text(By card, String role) {
    return part(card, role).getText();
  }

  private static By card(String identifier) {
    return By.cssSelector("[data-device=\"" + identifier + "\"]");
  }
}
