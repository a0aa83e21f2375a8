package iotbox.stock.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.stock.setting.FillingDisk;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WantedPageTest {
  private static final String SHOP = "https://shop.example";
  private static final String ASKED = SHOP + "/asked";
  private static final String ODOOS = SHOP + "/odoos";

  private final FillingDisk settings = new FillingDisk();
  private OdooWish odoo;
  private WantedPage page = page("HDMI-1");

  private WantedPage page(String display) {
    return new WantedPage(settings, display, () -> odoo);
  }

  private void odooWants(String url) {
    odoo = new OdooWish(SHOP, url == null ? Map.of() : Map.of("HDMI-1", url));
  }

  @Test
  void nothingIsWantedAtFirst() {
    assertEquals(Optional.empty(), page.url());
    odooWants(null);
    assertEquals(Optional.empty(), page.url());
  }

  @Test
  void whatWasAskedForLastsOverARestartAndWhileOdooHasNotSpoken() {
    page.ask(ASKED, SHOP);
    page = page("HDMI-1");
    assertEquals(Optional.of(ASKED), page.url());
    odooWants(null);
    assertEquals(Optional.of(ASKED), page.url());
    assertEquals(Optional.empty(), page("HDMI-2").url());
  }

  @Test
  void whateverWasSaidLastCounts() {
    odooWants(ODOOS);
    assertEquals(Optional.of(ODOOS), page.url());
    page.ask(ASKED, SHOP);
    assertEquals(Optional.of(ASKED), page.url(), "an action is newer than what Odoo had");
    odooWants(SHOP + "/new");
    assertEquals(Optional.of(SHOP + "/new"), page.url(), "and this is newer than the action");
    odooWants(null);
    assertEquals(Optional.empty(), page.url());
  }

  @Test
  void afterClosingItIsOdoosAgain() {
    odooWants(ODOOS);
    page.ask(ASKED, SHOP);
    page.turned(Orientation.LEFT);
    page.forget();
    assertEquals(Optional.of(ODOOS), page.url());
    assertEquals(Optional.empty(), page.orientation());
    odoo = null;
    assertEquals(Optional.of(ODOOS), page("HDMI-1").url(), "also before Odoo has spoken again");
  }

  @Test
  void pagesOfAnOdooThatTheBoxHasLeftAreForgotten() {
    page.ask(ASKED, SHOP);
    odoo = new OdooWish(null, Map.of());
    assertEquals(Optional.empty(), page.url());

    page.ask(ASKED, SHOP);
    odoo = new OdooWish("https://other.example", Map.of());
    assertEquals(Optional.empty(), page.url());
  }

  @Test
  void whatWasAskedForWithoutAnOdooStays() {
    page.ask(ASKED, null);
    odoo = new OdooWish(null, Map.of());
    assertEquals(Optional.of(ASKED), page.url());
    odooWants(null);
    assertEquals(Optional.of(ASKED), page.url());
  }

  @Test
  void whatCannotBeKeptCountsUntilTheNextStartAndIsTold() {
    page.ask(ASKED, SHOP);
    assertEquals(null, page.loss());
    settings.full(true);

    page.ask(SHOP + "/other", SHOP);
    assertEquals(Optional.of(SHOP + "/other"), page.url());
    String loss = page.loss();
    assertTrue(loss.startsWith("This lasts until the box is started again"), loss);
    odooWants(ODOOS);
    assertEquals(Optional.of(ODOOS), page.url());
    page.turned(Orientation.LEFT);
    assertEquals(Optional.of("left"), page.orientation());
    assertEquals(Optional.of(ASKED), new WantedPage(settings, "HDMI-1", () -> null).url());

    settings.full(false);
    page.turned(Orientation.INVERTED);
    assertEquals(null, page.loss());
    page = page("HDMI-1");
    assertEquals(Optional.of(ODOOS), page.url(), "all that was not kept before is kept now");
    assertEquals(Optional.of("inverted"), page.orientation());
  }

  @Test
  void whatOdooMayNotShowIsNotShown() {
    odooWants("file:///etc/passwd");
    assertEquals(Optional.empty(), page.url());
    odooWants(" ");
    assertEquals(Optional.empty(), page.url());
  }

  @Test
  void theOrientationLastsToo() {
    page.turned(Orientation.INVERTED);
    assertEquals(Optional.of("inverted"), page("HDMI-1").orientation());
  }
}
