package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
    JsonNode device = deviceWithAction();
    By card = card(device.path("identifier").asText());
    awaitElement(card);
    waiting().until(() -> !value(card).isBlank() || !events(card).isBlank());
    String valueBefore = value(card);
    String eventsBefore = events(card);

    choose(awaitElement(card), device);
    screenshot("demo-action");

    waiting().until(() -> !events(card).equals(eventsBefore));
    assertNotEquals(eventsBefore, events(card), "the event came back");
    assertFalse(value(card).isBlank(), "there is a value, before it was " + valueBefore);
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

  private JsonNode deviceWithAction() {
    return box.client()
        .awaitStatus("a device", now -> now.path("devices").size() > 0)
        .path("devices")
        .path(0);
  }

  private void choose(WebElement card, JsonNode device) {
    card.findElement(By.cssSelector("[data-role=send]")).click();
  }

  private String value(By card) {
    return text(card, "value");
  }

  private String events(By card) {
    return text(card, "events");
  }

  private String text(By card, String role) {
    List<WebElement> found =
        browser.findElement(card).findElements(By.cssSelector("[data-role=" + role + "]"));
    return found.isEmpty() ? "" : found.get(0).getText();
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
