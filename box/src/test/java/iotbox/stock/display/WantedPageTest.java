package iotbox.stock.display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.stock.setting.Settings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WantedPageTest {
  private static final String SHOP = "https://shop.example";
  private static final String ASKED = SHOP + "/asked";
  private static final String ODOOS = SHOP + "/odoos";

  private final Settings settings = Settings.passing();
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
