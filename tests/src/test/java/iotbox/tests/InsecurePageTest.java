package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** What the homepage says of a box that takes any certificate for Odoo's. */
class InsecurePageTest {
  private static final By WARNING = By.id("odoo-insecure");

  @TempDir Path profile;

  @Test
  void warnsInRed() {
    try (BoxProcess box = BoxProcess.start("--insecure-odoo");
        Browser browser = Browser.open(box.url(), profile)) {
      browser.awaitText(WARNING, "--insecure-odoo");
      WebElement warning = browser.find(WARNING);
      String ground = warning.getCssValue("background-color"); // Such as rgba(168, 35, 35, 1).
      List<Integer> colours =
          Pattern.compile("\\d+")
              .matcher(ground)
              .results()
              .map(number -> Integer.parseInt(number.group()))
              .toList();
      assertTrue(colours.get(0) > 3 * Math.max(colours.get(1), colours.get(2)), ground);
    }
  }

  @Test
  void warnsOfNothingElse() {
    try (BoxProcess box = BoxProcess.start();
        Browser browser = Browser.open(box.url(), profile)) {
      browser.awaitText(By.id("odoo-state"), "unpaired");
      assertTrue(browser.chrome().findElements(WARNING).isEmpty());
    }
  }
}
