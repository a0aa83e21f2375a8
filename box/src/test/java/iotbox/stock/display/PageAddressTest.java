package iotbox.stock.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "chrome://settings",
        "http:/nowhere",
        "http://",
        "shop.example/page",
        "ftp://shop.example/",
        "http://shop.example/a b",
        "--remote-debugging-port=1",
        ""
      })
  void onlyPagesOfTheWebAreShown(String url) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> PageAddress.checked(url)).getMessage();
    assertTrue(said.contains("http:// or https://") && said.endsWith("."), said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.example/pos_customer_display/1/abc?access_token=x#y",
        "HTTP://192.0.2.1:8069/",
        " http://[2001:db8::1]:8069/web "
      })
  void theseAre(String url) {
    assertEquals(url.strip(), PageAddress.checked(url));
  }

  @Test
  void odoosPagesAreReachedWithTheirToken() {
    assertEquals(
        "https://shop.example/pos-self/3?access_token=a%26b",
        PageAddress.kiosk("https://shop.example", "3", "a&b"));
    assertEquals(
        "https://shop.example/pos_customer_display/3/t0ken?access_token=t0ken",
        PageAddress.customerDisplay("https://shop.example", "3", "t0ken"));
  }

  @Test
  void pagesThatLiveAreLeftAlone() {
    assertTrue(PageAddress.standsStill("https://shop.example/dashboard"));
    assertFalse(PageAddress.standsStill(PageAddress.kiosk("https://x", "1", "t")));
    assertFalse(PageAddress.standsStill(PageAddress.customerDisplay("https://x", "1", "t")));
  }

  @Test
  void whatIsToldOfAPageGivesNoAccess() {
    assertEquals(
        "https://shop.example:8443",
        PageAddress.site("https://user:secret@shop.example:8443/pos-self/1?access_token=s3cret"));
  }
}
