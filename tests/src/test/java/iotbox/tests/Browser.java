package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** A person's browser with one page open. */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int USUAL_WIDTH = 1000;
  private static final int HEIGHT = 1600;

  private final ChromeDriver chrome;

  private Browser(ChromeDriver chrome) {
    this.chrome = chrome;
  }

  /**
   * Opens this page.
   *
   * @param profile an empty folder
   */
  public static Browser open(URI page, Path profile) {
    Browser browser = new Browser(new ChromeDriver(service(), options(profile)));
    browser.resize(USUAL_WIDTH);
    browser.chrome.get(page.toString());
    return browser;
  }

  @Override
  public void close() {
    chrome.quit();
  }

  /** What drives it. */
  public ChromeDriver chrome() {
    return chrome;
  }

  /**
   * Goes to this page of the homepage, as a link to it does, and waits until it is shown.
   *
   * @param page its name and perhaps more, such as {@code devices/scale}
   */
  public void go(String page) {
    chrome.executeScript("location.hash = arguments[0]", "#/" + page);
    String name = page.split("/")[0];
    await(By.cssSelector("#page[data-page=" + name + "]"));
  }

  /** Makes the window this many pixels wide, on a screen that draws finer ones. */
  void resize(int width) {
    resize(width, HEIGHT);
  }

  private void resize(int width, int height) {
    chrome.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1.5, "mobile", false));
  }

  /** A screen that people have; its pixels. */
  enum Screen {
    PHONE(390, 844),
    TOUCH(1024, 600),
    DESKTOP(1440, 900);

    private final int width;
    private final int height;

    Screen(int width, int height) {
      this.width = width;
      this.height = height;
    }
  }

  /** Shows the page as on this screen. */
  void resize(Screen screen) {
    resize(screen.width, screen.height);
  }

  /** Shows the page as to people who want dark ones. */
  void darken() {
    prefer("dark");
  }

  /** Shows the page as to people who want light ones. */
  void lighten() {
    prefer("light");
  }

  private void prefer(String scheme) {
    chrome.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                // Else colours are looked at that are on their way to others.
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /**
   * Fails unless the page as it is now can be used by everybody, as far as axe can tell: it finds
   * nothing serious or critical. Fails, too, where something is wider than the window.
   */
  void expectAccessible() {
    List<String> found =
        new AxeBuilder()
            .analyze(chrome).getViolations().stream()
                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .map(
                    rule ->
                        rule.getId()
                            + ": "
                            + rule.getHelp()
                            + "\n  "
                            + rule.getNodes().stream()
                                .map(node -> node.getHtml() + " " + node.getAny())
                                .collect(Collectors.joining("\n  ")))
                .toList();
    assertEquals(List.of(), found, () -> String.join("\n", found));
    assertTrue(fits(), "something is wider than the window");
  }

  /** The same on each screen, light and dark, and leaves the page light on the usual one. */
  void expectAccessibleEverywhere() {
    for (Screen screen : Screen.values()) {
      resize(screen);
      lighten();
      expectAccessible();
      darken();
      expectAccessible();
    }
    lighten();
    resize(USUAL_WIDTH);
  }

  /** Whether all of the page fits the width of the window. */
  boolean fits() {
    return (Boolean)
        chrome.executeScript("return document.documentElement.scrollWidth <= window.innerWidth");
  }

  /** Gives the owner's password where the page asks for it. */
  void logIn() {
    logIn(BoxClient.PASSWORD);
  }

  /** Gives this as the owner's password where the page asks for it. */
  void logIn(String password) {
    waiting().until(() -> find(By.id("login-password")).isDisplayed());
    find(By.id("login-password")).sendKeys(password);
    click(By.id("login-send"));
  }

  /** What is there at this moment, for {@link #waiting} and where nothing is on its way. */
  WebElement find(By selector) {
    return chrome.findElement(selector);
  }

  /** As soon as it can be clicked: the page may be about to draw it, or to draw it again. */
  void click(By selector) {
    waiting()
        .until(
            () -> {
              WebElement element = find(selector);
              if (!element.isEnabled()) {
                return false;
              }
              element.click();
              return true;
            });
  }

  /** Chooses what is called this, in a list to choose from, as soon as it is there. */
  void select(By list, String name) {
    waiting()
        .until(
            () ->
                find(list).findElements(By.tagName("option")).stream()
                    .filter(option -> option.getText().strip().equals(name))
                    .findFirst()
                    .map(
                        option -> {
                          option.click();
                          return true;
                        })
                    .orElse(false));
  }

  /** As soon as it is there. */
  WebElement await(By selector) {
    return waiting().until(() -> find(selector), element -> true);
  }

  /** Waits until the element shows this. */
  void awaitText(By selector, String text) {
    String[] last = {"nothing"};
    try {
      waiting()
          .until(
              () -> {
                last[0] = find(selector).getText();
                return last[0].contains(text);
              });
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError(selector + " is to show: " + text + "\nbut shows: " + last[0], e);
    }
  }

  /** The page may redraw an element between finding and reading it: then it is read again. */
  static ConditionFactory waiting() {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(WebDriverException.class);
  }

  /** Takes a picture of a part of the page, if {@code ./tests/run --screenshots} wants any. */
  void picture(By selector, String name) {
    keep(name, () -> find(selector).getScreenshotAs(OutputType.BYTES));
  }

  /** The same of all that the screen shows. */
  void screenshot(String name) {
    keep(name, () -> chrome.getScreenshotAs(OutputType.BYTES));
  }

  private static void keep(String name, Supplier<byte[]> picture) {
    String folder = System.getProperty("screenshots", "");
    if (folder.isEmpty()) {
      return;
    }
    try {
      Files.write(Files.createDirectories(Path.of(folder)).resolve(name + ".png"), picture.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
        "--hide-scrollbars",
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
