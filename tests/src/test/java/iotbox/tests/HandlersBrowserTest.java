package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page about handlers, as the author of a driver uses it. */
class HandlersBrowserTest {
  private static final String INTERFACE = "interfaces/BenchInterface.java";
  private static final String DRIVER = "drivers/BenchDriver.java";
  private static final String PAGE = "handlers/" + DRIVER;

  /** Two mistakes, in the lines of {@link #FIRST} and {@link #SECOND}. */
  private static final String BROKEN =
      TestHandlers.DRIVER
          .replace("deviceType(\"scale\")", "deviceType(scale)")
          .replace("return null;", "return nil;");

  private static final int FIRST = line(BROKEN, "deviceType(scale)");
  private static final int SECOND = line(BROKEN, "return nil;");

  private static final By WORDS = By.id("handler-words");
  private static final By MARK = By.cssSelector("#source mark");

  @TempDir Path module;
  @TempDir Path profile;
  private BoxProcess box;
  private Browser browser;

  @BeforeEach
  void open() throws Exception {
    write(INTERFACE, TestHandlers.INTERFACE);
    write(DRIVER, TestHandlers.DRIVER);
    write("drivers/print.py", "import cups");
    box = BoxProcess.start("--handlers", module.toString());
    box.client().awaitDevice("bench1");
    browser = Browser.open(box.url(), profile);
  }

  @AfterEach
  void close() {
    browser.close();
    box.close();
  }

  @Test
  void aBrokenDriverIsMarkedInPlaceBesideTheRunningOneAndTurnsGreenByItself() throws Exception {
    browser.go(PAGE);
    browser.awaitText(WORDS, "Runs since");
    browser.awaitText(By.id("source"), "Only the owner sees sources.");
    browser.click(By.id("show-source"));
    browser.logIn();
    browser.awaitText(By.id("source"), "public class BenchDriver extends Driver");
    assertEquals(0, browser.chrome().findElements(MARK).size());

    write(DRIVER, BROKEN);

    browser.awaitText(WORDS, "keeps running");
    Browser.waiting().until(() -> browser.chrome().findElements(MARK).size() == 2);
    WebElement first = browser.find(MARK);
    assertEquals("scale", first.getText());
    assertEquals(
        String.valueOf(column(BROKEN, FIRST, "scale)")), first.getDomAttribute("data-column"));
    assertEquals("deviceType(scale);", lineText(FIRST).strip());
    String described = first.getDomAttribute("aria-describedby");
    assertTrue(
        browser.find(By.id(described)).getText().matches("(?s)Error\\s+" + FIRST + ":.*scale.*"),
        browser.find(By.id(described)).getText());
    assertEquals("nil", browser.chrome().findElements(MARK).get(1).getText());

    // The running version stands beside it, and only what differs is coloured.
    assertEquals(
        List.of("deviceType(\"scale\");", "return null;"), codes(".changed .old .line code"));
    assertEquals(List.of("deviceType(scale);", "return nil;"), codes(".changed .new .line code"));
    browser.awaitText(By.cssSelector(".source .titles .old"), "Runs: version of");

    browser.expectAccessibleEverywhere();
    browser.picture(By.id("page"), "handler-refused");

    write(DRIVER, TestHandlers.DRIVER.replace("Bench Works", "Bench Works & Sons"));

    browser.awaitText(WORDS, "Runs since");
    Browser.waiting().until(() -> browser.chrome().findElements(MARK).isEmpty());
    browser.awaitText(By.id("source"), "Bench Works & Sons");
    assertEquals(0, browser.chrome().findElements(By.cssSelector(".compared")).size());
    assertEquals(0, browser.chrome().findElements(By.id("messages")).size());

    browser.go("handlers");
    browser.awaitText(By.cssSelector("#reloads .reloads"), "Bench bench1 was opened again");
    browser.awaitText(By.cssSelector("#reloads .reloads"), "Changed: " + DRIVER);
    browser.picture(By.id("page"), "handlers");
  }

  @Test
  void errorsAreReachedByKeyboard() throws Exception {
    write(DRIVER, BROKEN);
    browser.go(PAGE);
    browser.awaitText(By.id("messages"), "Line " + SECOND);
    browser.click(By.id("log-in"));
    browser.logIn();
    By second = By.cssSelector("#messages button[data-line='" + SECOND + "']");
    browser.await(second).sendKeys(Keys.ENTER);

    Browser.waiting()
        .until(
            () ->
                ("line-" + SECOND)
                    .equals(browser.chrome().switchTo().activeElement().getDomAttribute("id")));
    assertEquals("return nil;", lineText(SECOND).strip());
  }

  @Test
  void sourcesAreForTheOwnerAndMessagesForEverybody() throws Exception {
    write(DRIVER, BROKEN);
    browser.go(PAGE);
    browser.awaitText(By.id("messages"), "scale cannot be resolved");
    browser.awaitText(By.id("messages"), "deviceType(scale);");
    assertEquals(0, browser.chrome().findElements(By.cssSelector(".source")).size());

    browser.click(By.id("show-source"));
    browser.logIn();
    browser.await(By.cssSelector(".source"));
    browser.click(By.id("log-out"));
    browser.await(By.id("show-source"));
    assertEquals(0, browser.chrome().findElements(By.cssSelector(".source")).size());
  }

  @Test
  void whoeverIsNoLongerLoggedInIsAskedToAndGetsTheNewSource() throws Exception {
    browser.go(PAGE);
    browser.click(By.id("show-source"));
    browser.logIn();
    browser.await(By.cssSelector(".source"));

    browser.chrome().manage().deleteAllCookies();
    write(DRIVER, BROKEN);
    browser.awaitText(By.id("source"), "Only the owner sees sources.");

    browser.click(By.id("show-source"));
    browser.logIn();
    browser.await(MARK);
    assertEquals("", browser.find(By.id("source-answer")).getText());
  }

  @Test
  void theListIsNarrowedToWhatGivesTrouble() throws Exception {
    browser.go("handlers");
    browser.awaitText(row(DRIVER), "Runs since");
    browser.awaitText(row(DRIVER), "Driver · BenchDriver · Janino");
    browser.awaitText(row("iotbox/stock/serial/SerialInterface.java"), "Came with the box.");
    browser.awaitText(By.id("skipped"), "These are no fault");
    browser.click(By.cssSelector("#skipped summary"));
    browser.awaitText(row("drivers/print.py"), "Python, not run here.");
    browser.awaitText(By.cssSelector("[data-interface=BenchInterface]"), "Lists 1 device.");
    browser.expectAccessibleEverywhere();

    browser.click(By.cssSelector("input[value=trouble]"));
    browser.awaitText(By.id("no-handlers"), "No file gives trouble.");
    write(DRIVER, BROKEN);
    browser.awaitText(row(DRIVER), "keeps running");
    browser.awaitText(row(DRIVER), "and 2 more messages");
    assertEquals(1, browser.chrome().findElements(By.cssSelector("#handler-rows > li")).size());

    browser.click(By.cssSelector("input[value=all]"));
    browser.await(row(INTERFACE));
    browser.click(By.linkText(DRIVER));
    browser.awaitText(By.tagName("h1"), DRIVER);
    Browser.waiting()
        .until(() -> browser.chrome().switchTo().activeElement().getTagName().equals("h1"));
  }

  @Test
  void aFileThatIsGoneIsSaid() throws Exception {
    browser.go(PAGE);
    browser.awaitText(WORDS, "Runs since");
    Files.delete(module.resolve("iot_handlers").resolve(DRIVER));
    browser.awaitText(By.id("handler-gone"), "There is no file " + DRIVER + " now.");
  }

  @Test
  void whatGoesWrongAtWorkIsMarkedAtItsLine() throws Exception {
    String source =
        TestHandlers.DRIVER.replace(
            "return true;", "throw new IllegalStateException(\"no answer\");");
    write(DRIVER, source);
    browser.go(PAGE);
    browser.awaitText(WORDS, "what it does goes wrong since");
    browser.awaitText(By.id("messages"), "What goes wrong");
    browser.awaitText(By.id("messages"), "no answer");
    browser.click(By.id("show-source"));
    browser.logIn();
    browser.await(MARK);

    assertEquals("throw new IllegalStateException(\"no answer\");", browser.find(MARK).getText());
    assertEquals(browser.find(MARK).getText(), lineText(line(source, "throw new")).strip());
  }

  @Test
  void aLongSourceIsShownWhereItMattersAndWholeOnDemand() throws Exception {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < 4000; i++) {
      fields.append("  int field").append(i).append(" = ").append(i).append(";\n");
    }
    String source = TestHandlers.DRIVER.replace("@Action(\"set\")", fields + "  @Action(\"set\")");
    int broken = line(source, "int field2500 ");
    write(DRIVER, source.replace("field2500 = 2500", "field2500 = \"no number\""));
    browser.go(PAGE);
    browser.awaitText(By.id("messages"), "Line " + broken);
    write(DRIVER, source); // So that there is nothing to compare it with, but a long text.
    browser.awaitText(WORDS, "Runs since");
    browser.click(By.id("show-source"));
    browser.logIn();
    By fold = By.cssSelector(".source .fold");
    browser.await(fold);
    assertTrue(lines() < 100, lines() + " lines");

    write(DRIVER, source.replace("field2500 = 2500", "field2500 = \"no number\""));
    browser.await(MARK);
    assertEquals("int field2500 = \"no number\";", lineText(broken).strip());
    assertTrue(lines() < 100, lines() + " lines");
    browser.awaitText(fold, "unchanged lines");
    browser.click(fold);
    Browser.waiting().until(() -> lines() > 2500);
  }

  @Test
  void aSourceIsTextWhateverStandsInIt() throws Exception {
    write(DRIVER, TestHandlers.DRIVER + "// <img src=x onerror=document.title='hurt'>\n");
    browser.go(PAGE);
    browser.click(By.id("show-source"));
    browser.logIn();
    browser.awaitText(By.id("source"), "<img src=x");
    assertEquals(0, browser.chrome().findElements(By.cssSelector("#source img")).size());
  }

  /** The comparison itself, against a slow one that is easily seen to be right. */
  @Test
  void theComparisonIsRightShortestAndFast() {
    Object verdict =
        browser
            .chrome()
            .executeAsyncScript(
                """
                const done = arguments[0];
                import("/homepage/parts/diff.js").then(({ diff }) => {
                  const longest = (a, b) => {
                    const best = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
                    for (let i = a.length - 1; i >= 0; i--) {
                      for (let j = b.length - 1; j >= 0; j--) {
                        best[i][j] = a[i] === b[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
                      }
                    }
                    return best[0][0];
                  };
                  const random = (below) => Math.floor(Math.random() * below);
                  const text = () => Array.from({ length: random(15) }, () => "line " + random(5));
                  for (let i = 0; i < 3000; i++) {
                    const [a, b] = [text(), text()];
                    let [x, y, same] = [0, 0, 0];
                    for (const each of diff(a, b)) {
                      const fits = each.oldFrom === x && each.newFrom === y;
                      const equal = a.slice(each.oldFrom, each.oldTo).join() === b.slice(each.newFrom, each.newTo).join();
                      if (!fits || (each.same && !equal)) {
                        return done(JSON.stringify([a, b]));
                      }
                      same += each.same ? each.oldTo - each.oldFrom : 0;
                      [x, y] = [each.oldTo, each.newTo];
                    }
                    if (x !== a.length || y !== b.length || same !== longest(a, b)) {
                      return done(JSON.stringify([a, b, same]));
                    }
                  }
                  const long = Array.from({ length: 1000 }, (_, i) => "a" + i);
                  const other = long.map((line) => "b" + line);
                  const begun = performance.now();
                  diff(long, other);
                  diff(long, long.map((line, i) => (i % 7 ? line : other[i])));
                  done(performance.now() - begun);
                }).catch((failure) => done(String(failure)));
                """);
    assertTrue(verdict instanceof Number, String.valueOf(verdict));
    assertTrue(((Number) verdict).doubleValue() < 1500, verdict + " ms");
  }

  private int lines() {
    return ((Number)
            browser
                .chrome()
                .executeScript("return document.querySelectorAll('.source .line').length"))
        .intValue();
  }

  private static By row(String file) {
    return By.cssSelector("[data-handler='" + file + "']");
  }

  private String lineText(int line) {
    return browser
        .find(By.cssSelector(".source .new .line[data-line='" + line + "'] code"))
        .getText();
  }

  private List<String> codes(String selector) {
    return browser.chrome().findElements(By.cssSelector(selector)).stream()
        .map(code -> code.getText().strip())
        .toList();
  }

  private static int line(String text, String part) {
    return (int) text.substring(0, text.indexOf(part)).lines().count()
        + (text.charAt(text.indexOf(part) - 1) == '\n' ? 1 : 0);
  }

  private static int column(String text, int line, String part) {
    return text.lines().skip(line - 1L).findFirst().orElseThrow().indexOf(part) + 1;
  }

  private void write(String file, String source) throws Exception {
    Path path = module.resolve("iot_handlers").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, source);
    assertFalse(Files.readString(path).isEmpty());
  }
}
