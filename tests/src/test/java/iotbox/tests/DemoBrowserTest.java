package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The demonstration as a person sees it: {@code ./box/run --demo} in a browser. */
class DemoBrowserTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path profile;
  private BoxProcess box;
  private ChromeDriver browser;

  @BeforeEach
  void open() {
    box = BoxProcess.start("--demo");
    browser = new ChromeDriver(service(), options(profile));
    browser.get(box.url().toString());
  }

  @AfterEach
  void close() {
    browser.quit();
    box.close();
  }

  @Test
  void showsTheBoxItsPairingItsHandlersAndItsDevices() throws IOException {
    JsonNode status =
        box.client()
            .awaitStatus(
                "the demonstration is complete",
                now ->
                    now.path("odoo").path("state").asText().equals("connected")
                        && now.path("devices").size() >= 2
                        && Stream.of("janino", "ecj", "builtin")
                            .allMatch(BoxClient.texts(now.path("handlers"), "compiler")::contains));

    awaitText(status.path("box").path("identifier").asText());
    awaitText("connected");
    for (JsonNode handler : status.path("handlers")) {
      awaitText(handler.path("file").asText());
    }
    for (JsonNode device : status.path("devices")) {
      WebElement card = awaitElement(card(device.path("identifier").asText()));
      assertTrue(card.getText().contains(device.path("name").asText()), card.getText());
    }
    screenshot("demo-overview");
  }

  @Test
  void sendsAnActionAndSeesTheValueChange() throws IOException {
    By caliper = card(identifierOf("BenchCaliperDriver"));
    awaitElement(caliper);
    waiting().until(() -> text(caliper, "events").contains("\"unit\":\"mm\""));
    double millimetres = Double.parseDouble(text(caliper, "value"));

    choose(caliper, "set_unit", "{\"unit\": \"in\"}");

    waiting().until(() -> text(caliper, "answer").startsWith("success"));
    waiting().until(() -> text(caliper, "events").contains("\"unit\":\"in\""));
    double inches = Double.parseDouble(text(caliper, "value"));
    assertTrue(inches < millimetres / 10, millimetres + " mm became " + inches + " in");
    screenshot("demo-action");
  }

  @Test
  void showsWhatADriverHasAgainstAnAction() throws IOException {
    By caliper = card(identifierOf("BenchCaliperDriver"));
    awaitElement(caliper);

    choose(caliper, "set_unit", "{\"unit\": \"furlong\"}");

    waiting().until(() -> text(caliper, "answer").contains("furlong"));
    assertTrue(text(caliper, "answer").startsWith("error"), text(caliper, "answer"));
    screenshot("demo-refused-action");
  }

  @Test
  void asksNobodyElse() {
    awaitElement(By.cssSelector("[data-device]"));
    Object foreign =
        browser.executeScript(
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

  private void choose(By card, String action, String parameters) {
    waiting().until(() -> part(card, "action").getText().contains(action));
    part(card, "action").findElement(By.cssSelector("option[value=" + action + "]")).click();
    part(card, "parameters").sendKeys(parameters);
    part(card, "send").click();
  }

  private WebElement part(By card, String role) {
    return browser.findElement(card).findElement(By.cssSelector("[data-role=" + role + "]"));
  }

  private String text(By card, String role) {
    return part(card, role).getText();
  }

  private static By card(String identifier) {
    return By.cssSelector("[data-device=\"" + identifier + "\"]");
  }

  private WebElement awaitElement(By selector) {
    return waiting().until(() -> browser.findElement(selector), element -> true);
  }

  private void awaitText(String text) {
    waiting()
        .alias("the page shows " + text)
        .until(() -> browser.findElement(By.tagName("body")).getText().contains(text));
  }

  /** The page may redraw an element between finding and reading it: then it is read again. */
  private static ConditionFactory waiting() {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(WebDriverException.class);
  }

  private void screenshot(String name) throws IOException {
    Path folder = BoxProcess.root().resolve("tests/target/screenshots");
    Files.createDirectories(folder);
    Files.write(folder.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
  }

  private static ChromeDriverService service() {
    return new ChromeDriverService.Builder()
        .usingDriverExecutable(program("chromedriver"))
        .usingAnyFreePort()
        .build();
  }

  private static ChromeOptions options(Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium", "chromium-browser", "google-chrome"));
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,1600",
        "--user-data-dir=" + profile);
    return options;
  }

  /** From the system's packages: Selenium would otherwise download them. */
  private static File program(String... names) {
    for (String name : names) {
      for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
        File file = new File(folder, name);
        if (file.canExecute()) {
          return file;
        }
      }
    }
    throw new AssertionError(
        "This test needs "
            + names[0]
            + ": run ./tests/run, which installs it, or apt-get install"
            + " chromium chromium-driver");
  }
}
