package iotbox.box.access;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
  private final AtomicReference<Set<String>> certificate = new AtomicReference<>(Set.of());
  private final Hosts hosts =
      new Hosts(
          List.of(() -> Set.of("till", "till.local", "till.shop.example"), certificate::get),
          List.of("Box.Office.example", "*.kiosk.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.168.1.5",
        "192.168.1.5:8069",
        "0.0.0.0",
        "255.255.255.255:1",
        "127.0.0.1:",
        "[::1]",
        "[::1]:8069",
        "[fe80::1234:5678]:443",
        "[::ffff:192.0.2.1]",
        "localhost",
        "LOCALHOST:8069",
        "localhost.",
        "till",
        "Till:8069",
        "till.local",
        "TILL.LOCAL.:8069",
        "till.shop.example",
        "box.office.example",
        "box.office.example.",
        "a.kiosk.example",
        "a.b.kiosk.example:8069"
      })
  void namesOfTheBoxAreRight(String host) {
    assertTrue(hosts.admits(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        ":8069",
        "evil.example",
        "evil.example:8069",
        "192.168.1.5.evil.example",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.",
        "1.2.3.4444",
        "0x7f.0.0.1",
        "2130706433",
        "localhost.evil.example",
        "evil.localhost.example",
        "till.local.evil.example",
        "eviltill",
        "other.local",
        "kiosk.example",
        "evilkiosk.example",
        ".kiosk.example",
        "till:8069x",
        "till\u0000",
        "tıll",
        "[::1",
        "[evil.example]",
        "[evil:example]",
        "[]",
        "[::1]evil.example",
        "[::1]:x",
        "user@till",
        "till/evil.example",
        "till,evil.example"
      })
  void othersAreNot(String host) {
    assertFalse(hosts.admits(host));
  }

  @Test
  void aRequestWithoutAHostIsOfNoBrowser() {
    assertTrue(hosts.admits(null));
  }

  @Test
  void aNewCertificatesNamesAreRightAtOnce() {
    assertFalse(hosts.admits("192-168-1-5.abc.odoo-iot.com"));
    certificate.set(Set.of("*.abc.odoo-iot.com"));
    assertTrue(hosts.admits("192-168-1-5.abc.odoo-iot.com"));
    assertFalse(hosts.admits("abc.odoo-iot.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"box", "box.shop.example", "Box.Shop.example.", "*.shop.example", "a_b-c"})
  void namesCanBeAllowed(String name) {
    assertTrue(Hosts.isName(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        "a.*",
        "box:8069",
        "https://box",
        "192.168.1.5",
        "[::1]",
        "a b",
        "a..b"
      })
  void nothingElseCan(String name) {
    assertFalse(Hosts.isName(name));
  }

  @Test
  void namesThatNoDnsKnowsCannotBeAllowed() {
    assertFalse(Hosts.isName("a".repeat(64)));
    assertFalse(Hosts.isName("aaaaaaaaa.".repeat(26) + "example"));
  }
}
