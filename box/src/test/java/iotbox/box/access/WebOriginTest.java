package iotbox.box.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {
  @ParameterizedTest
  @CsvSource({
    "https://my.odoo.com, https://my.odoo.com",
    "HTTPS://My.Odoo.com/, https://my.odoo.com",
    "https://my.odoo.com:443, https://my.odoo.com",
    "http://my.odoo.com:80, http://my.odoo.com",
    "http://my.odoo.com:443, http://my.odoo.com:443",
    "http://192.168.1.9:8069, http://192.168.1.9:8069",
    "http://[::1]:8069, http://[::1]:8069",
    "http://odoo_1, http://odoo_1",
    "capacitor://localhost, capacitor://localhost"
  })
  void originsHaveOneForm(String header, String text) {
    assertEquals(Optional.of(new WebOrigin(text)), WebOrigin.of(header));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "*",
        "my.odoo.com",
        "//my.odoo.com",
        "https://",
        "https:// my.odoo.com",
        "https://my.odoo.com/web",
        "https://my.odoo.com?x",
        "https://user@my.odoo.com",
        "https://my.odoo.com:port",
        "https://my.odoo.com:123456",
        "https://my.odoo.com https://evil.example",
        "https://my.odoo.com\nX: y",
        "https://[::1",
        "https://müller.example"
      })
  void othersAreNone(String header) {
    assertEquals(Optional.empty(), WebOrigin.of(header));
  }

  @Test
  void aGiantIsNone() {
    assertEquals(Optional.empty(), WebOrigin.of("https://" + "a".repeat(10_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://box:8069, box:8069, false, true",
    "http://box, box:80, false, true",
    "http://box, BOX, false, true",
    "https://box, box:443, true, true",
    "https://box, box, true, true",
    "https://box, box, false, true",
    "http://[::1]:8069, [::1]:8069, false, true",
    "http://box, box, true, false",
    "http://box:8069, box, false, false",
    "http://box, box:8069, false, false",
    "https://box, box:80, false, false",
    "http://box.evil.example, box, false, false",
    "http://evilbox, box, false, false"
  })
  void pagesOfTheBoxAreKnownByTheNameItWasCalledBy(
      String origin, String host, boolean secure, boolean own) {
    assertEquals(own, WebOrigin.of(origin).orElseThrow().isOf(host, secure));
  }

  @Test
  void withoutANameNothingIsTheBoxs() {
    assertFalse(WebOrigin.of("http://box").orElseThrow().isOf(null, false));
  }

  @Test
  void aUrlHasAnOrigin() {
    assertEquals("https://o.example", WebOrigin.ofUrl("https://O.example/odoo").get().text());
    assertEquals("http://o.example:1", WebOrigin.ofUrl("http://o.example:1?x=/").get().text());
    assertTrue(WebOrigin.ofUrl("o.example").isEmpty());
  }
}
