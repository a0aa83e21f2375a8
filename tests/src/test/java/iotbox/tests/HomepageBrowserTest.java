package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The homepage's overview and its pages of devices, by mouse, keyboard and at all sizes. */
class HomepageBrowserTest {
  /** Tells a number five times a second; leaves alone what is called odd. */
  private static final String DRIVER =
      """
      import iotbox.handler.*;

      @ConnectionType("bench")
      public class Gauge extends Driver {
        private volatile double offset = 0.25;

        public static boolean supported(Device device) {
          return !device.getString("line").startsWith("odd");
        }

        public Gauge(String identifier, Device device) {
          super(identifier, device);
          deviceType("device");
          deviceConnection("serial");
          deviceName("Gauge " + identifier);
        }

        public void run() throws Exception {
          for (int i = 0; !isStopped(); i++) {
            Thread.sleep(200);
            synchronized (data()) {
              data().put("value", offset + i % 10);
              data().put("unit", "bar");
              deviceChanged();
            }
          }
        }

        @Action("set_offset")
        @Parameter(name = "offset", type = "number", required = true, description = "is added")
        @Parameter(name = "note")
        public Object setOffset(ActionData data) {
          offset = data.getDouble("offset");
          return data.get("note") == null ? "set to " + offset : data.get("note");
        }

        @Action("burst")
        public Object burst(ActionData data) {
          throw new IllegalStateException("the pipe has burst");
        }
      }
      """;

  private static final By PAGE = By.id("page");
  private static final By ALL = By.id("all");

  @TempDir Path folder;
  private Path module;
  private Path plugged;
  private BoxProcess box;
  private Browser browser;

  @BeforeEach
  void start() throws IOException {
    module = folder.resolve("module");
    plugged = Files.writeString(folder.resolve("plugged"), "one\n");
    write("interfaces/ListedInterface.java", TestHandlers.interfaceListing(plugged));
    write("drivers/Gauge.java", DRIVER);
    box = BoxProcess.start("--handlers", module.toString());
    box.client().awaitDevice("one");
    browser = Browser.open(box.url(), folder.resolve("profile"));
  }

  private void write(String file, String source) throws IOException {
    Path path = module.resolve("iot_handlers").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, source);
  }

  private void plug(String... devices) throws IOException {
    Files.writeString(plugged, String.join("\n", devices) + "\n");
  }

  @AfterEach
  void stop() {
    browser.close();
    box.close();
  }

  @Test
  void theOverviewSaysWhatIsWrongAndWhatToDo() throws IOException {
    browser.awaitText(ALL, "Everything works");
    browser.expectAccessibleEverywhere();
    browser.picture(By.tagName("body"), "overview");

    plug("one", "odd one");
    browser.awaitText(ALL, "1 thing needs you");
    By need = By.cssSelector("[data-need='device odd one']");
    browser.awaitText(need, "odd one has no driver");
    browser.awaitText(need, "No driver recognised it. Asked: Gauge declined.");
    browser.awaitText(need, "Switch the device on and check its cable.");
    assertEquals(
        "1 thing needs you",
        browser.find(By.cssSelector("nav [data-page=overview] .unseen")).getText());
    browser.expectAccessibleEverywhere();
    browser.picture(By.tagName("body"), "overview-trouble");
    browser.find(need).findElement(By.cssSelector("[data-role=retry]")).click();
    browser.await(By.cssSelector("dialog[open]"));
    browser.expectAccessibleEverywhere();
    browser.logIn();
    browser.awaitText(need, "It is tried again.");
    browser.find(need).findElement(By.tagName("a")).click();
    browser.awaitText(By.tagName("h1"), "odd one");
    browser.awaitText(By.cssSelector("[data-role=declined]"), "Gauge declined");

    plug("one");
    browser.awaitText(PAGE, "There is no device odd one now.");
    browser.go("overview");
    browser.awaitText(ALL, "Everything works");
  }

  @Test
  void aRefusedHandlerIsNamedWithItsReason() throws IOException {
    browser.awaitText(ALL, "Everything works");
    write("drivers/Broken.java", DRIVER.replace("class Gauge", "class Broken").replace(";", ""));
    By need = By.cssSelector("[data-need='handler drivers/Broken.java']");
    browser.awaitText(need, "The handler drivers/Broken.java is refused");
    browser.find(need).findElement(By.tagName("a")).click();
    browser.awaitText(By.tagName("main"), "drivers/Broken.java");
    Files.delete(module.resolve("iot_handlers/drivers/Broken.java"));
    browser.go("overview");
    browser.awaitText(ALL, "Everything works");
  }

  @Test
  void everythingIsLiveWithoutAsking() throws IOException {
    browser.go("devices");
    By value = By.cssSelector("[data-device=one] [data-role=value]");
    browser.awaitText(value, ".");
    long requests = requests();
    awaitValues(value, 8);
    plug("one", "two");
    browser.awaitText(By.cssSelector("[data-device=two] [data-role=state]"), "connected");
    browser.awaitText(By.id("device-count"), "2 devices");
    plug("two");
    browser.awaitText(By.id("device-count"), "1 device");
    assertTrue(browser.chrome().findElements(By.cssSelector("[data-device=one]")).isEmpty());
    assertEquals(requests, requests(), "the page asks for nothing");
  }

  @Test
  void ofManyDevicesThoseAreShownThatOneLooksFor() throws IOException {
    plug(IntStream.range(0, 40).mapToObj(i -> "gauge" + i).toArray(String[]::new));
    browser.go("devices");
    browser.awaitText(By.id("device-count"), "40 devices");
    browser.await(By.id("device-filter")).sendKeys("GAUGE1");
    Browser.waiting()
        .until(
            () -> browser.chrome().findElements(By.cssSelector("#device-cards > li")).size() == 11);
    browser.expectAccessible();
    browser.await(By.id("device-filter")).sendKeys("x");
    browser.awaitText(PAGE, "No device has that.");
  }

  /** Waits until so many different ones were seen. */
  private void awaitValues(By value, int different) {
    Set<String> seen = new HashSet<>();
    Browser.waiting()
        .until(
            () -> {
              seen.add(browser.find(value).getText());
              return seen.size() >= different;
            });
  }

  private long requests() {
    return (Long)
        browser.chrome().executeScript("return performance.getEntriesByType('resource').length");
  }

  @Test
  void aDevicesPageShowsItsPastAtOnceAndThenWhatComes() {
    // It has told some, which the page has not seen.
    double last = 0;
    for (int i = 0; i < 10; i++) {
      last = box.client().poll("tab", last, "one").join().at("/result/time").asDouble();
    }
    browser.go("devices/one");
    browser.awaitText(By.tagName("h1"), "Gauge one");
    browser.await(By.cssSelector("#plot[data-points]"));
    List<?> seen =
        (List<?>)
            browser
                .chrome()
                .executeScript(
                    "return [Number(document.getElementById('plot').dataset.points),"
                        + " document.querySelectorAll('[data-role=events] li').length]");
    assertTrue(number(seen.get(0)) > number(seen.get(1)), "points and events: " + seen);
    browser.await(By.cssSelector("#plot canvas"));
    String words = browser.find(By.id("plot")).getDomAttribute("aria-label");
    assertTrue(words.contains("bar at last"), words);
    browser.awaitText(By.cssSelector("[data-role=events]"), "\"unit\":\"bar\"");
    browser.awaitText(
        By.cssSelector("[data-role=chosen]"),
        "The driver recognised it; there is no other one to ask.");
    browser.expectAccessibleEverywhere();
    browser.picture(By.tagName("body"), "device");
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  @Test
  void anActionIsAFormWithItsParameters() {
    browser.go("devices/one");
    By answer = By.id("action-answer");
    choose("set_offset");
    WebElement offset = browser.await(By.name("parameter offset"));
    assertEquals("number", offset.getDomAttribute("type"));
    browser.awaitText(By.cssSelector("[data-role=form]"), "is added");
    browser.click(By.cssSelector("[data-role=send]"));
    assertEquals("", browser.find(answer).getText(), "a required one is missing");
    offset.sendKeys("100.5");
    browser.click(By.cssSelector("[data-role=send]"));
    browser.awaitText(answer, "success: set to 100.5");
    browser.awaitText(By.cssSelector("[data-role=value]"), "10");
    browser.await(By.name("parameter note")).sendKeys("noted");
    browser.click(By.cssSelector("[data-role=send]"));
    browser.awaitText(answer, "success: noted");

    choose("burst");
    browser.click(By.cssSelector("[data-role=send]"));
    browser.awaitText(answer, "the pipe has burst");
    assertEquals("refusal", browser.find(answer).getDomAttribute("data-kind"));

    browser.select(By.id("action"), "Another action (JSON) …");
    WebElement whole = browser.await(By.id("whole"));
    whole.sendKeys("{\"action\": ");
    browser.click(By.cssSelector("[data-role=send]"));
    browser.awaitText(answer, "not valid JSON");
    whole.clear();
    whole.sendKeys("{\"action\": \"set_offset\", \"offset\": 7}");
    browser.click(By.cssSelector("[data-role=send]"));
    browser.awaitText(answer, "success: set to 7.0");
    browser.expectAccessibleEverywhere();
  }

  private void choose(String action) {
    browser.select(By.id("action"), action);
  }

  @Test
  void theLanguageIsChosenAndKept() {
    browser.awaitText(ALL, "Everything works");
    browser.select(By.id("language"), "Deutsch");
    browser.awaitText(ALL, "Alles funktioniert");
    browser.awaitText(By.tagName("nav"), "Geräte");
    assertEquals("de", browser.find(By.tagName("html")).getDomAttribute("lang"));
    assertTrue(browser.chrome().getTitle().startsWith("Übersicht"), browser.chrome().getTitle());
    browser.chrome().navigate().refresh();
    browser.awaitText(ALL, "Alles funktioniert");
    browser.go("devices");
    browser.awaitText(By.tagName("h1"), "Geräte");
    browser.expectAccessibleEverywhere();
    browser.select(By.id("language"), "English");
    browser.awaitText(By.tagName("h1"), "Devices");
  }

  @Test
  void aKeyboardIsEnough() throws IOException {
    browser.awaitText(ALL, "Everything works");
    press(Keys.TAB);
    assertEquals("Skip to the content", focused().getText());
    press(Keys.ENTER);
    assertEquals("h1", focused().getTagName());
    browser.chrome().navigate().refresh();
    browser.awaitText(ALL, "Everything works");

    tabTo("nav [data-page=devices]");
    press(Keys.ENTER);
    browser.awaitText(By.tagName("h1"), "Devices");
    Browser.waiting().until(() -> focused().getTagName().equals("h1"));
    tabTo("[data-device=one] a");
    press(Keys.ENTER);
    browser.awaitText(By.tagName("h1"), "Gauge one");
    Browser.waiting().until(() -> focused().getTagName().equals("h1"));
    tabTo("#action");
    press("s"); // As in set_offset, the second one.
    tabTo("[name='parameter offset']");
    press("3");
    press(Keys.ENTER);
    browser.awaitText(By.id("action-answer"), "success: set to 3.0");

    tabTo("[data-role=probe]");
    press(Keys.SPACE);
    browser.await(By.cssSelector("dialog[open]"));
    assertEquals("login-password", focused().getDomAttribute("id"));
    press(Keys.ESCAPE);
    browser.awaitText(By.id("selection-answer"), "You are not logged in, so nothing was done.");
    assertEquals("probe", focused().getDomAttribute("data-role"), "back where one was");
    assertTrue(focused().isSelected(), "it shows what is");
  }

  private void press(CharSequence key) {
    new Actions(browser.chrome()).sendKeys(key).perform();
  }

  private WebElement focused() {
    return browser.chrome().switchTo().activeElement();
  }

  private void tabTo(String selector) {
    for (int i = 0; i < 60; i++) {
      press(Keys.TAB);
      if ((Boolean)
          browser
              .chrome()
              .executeScript("return document.activeElement.matches(arguments[0])", selector)) {
        return;
      }
    }
    throw new AssertionError(selector + " is not reached by the key Tab");
  }

  @Test
  void aPhoneHasTheRestOfTheMenuBehindAButton() {
    browser.awaitText(ALL, "Everything works");
    browser.resize(Browser.Screen.PHONE);
    By logs = By.cssSelector("nav [data-page=logs]");
    assertFalse(browser.find(logs).isDisplayed());
    browser.click(By.id("more"));
    Browser.waiting().until(() -> browser.find(logs).isDisplayed());
    assertEquals("true", browser.find(By.id("more")).getDomAttribute("aria-expanded"));
    assertTrue(browser.find(By.id("log-in")).isDisplayed());
    browser.expectAccessible();
    browser.click(logs);
    browser.await(By.cssSelector("#page[data-page=logs]"));
    assertFalse(browser.find(logs).isDisplayed(), "the menu is out of the way again");
    browser.resize(360);
    assertTrue(browser.fits());
  }

  @Test
  void aBoxThatIsStartedAgainIsNoticed() {
    browser.go("devices/one");
    By value = By.cssSelector("[data-role=value]");
    browser.awaitText(value, ".");
    int port = box.url().getPort();
    box.kill();
    browser.awaitText(By.id("silent"), "The box does not answer. This page keeps trying.");
    browser.expectAccessible();

    box = BoxProcess.start("--port", String.valueOf(port), "--handlers", module.toString());
    Browser.waiting().until(() -> browser.chrome().findElements(By.id("silent")).isEmpty());
    awaitValues(value, 3);
    assertEquals("Gauge one", browser.find(By.tagName("h1")).getText());
  }

  @Test
  void aTabThatNobodySeesIsToldNothing() {
    browser.awaitText(ALL, "Everything works");
    Browser.waiting().until(() -> streams() == 1);
    hide(true);
    Browser.waiting().until(() -> streams() == 0);
    hide(false);
    Browser.waiting().until(() -> streams() == 1);
    browser.awaitText(ALL, "Everything works");
  }

  private void hide(boolean hidden) {
    browser
        .chrome()
        .executeScript(
            "Object.defineProperty(document, 'hidden', {configurable: true, value: arguments[0]});"
                + " document.dispatchEvent(new Event('visibilitychange'))",
            hidden);
  }

  /** As the box counts them. */
  private long streams() {
    return box.client()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.matches("iotbox_streams\\S*( |\\{).*") && !line.startsWith("#"))
        .map(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no figure of streams"));
  }
}
