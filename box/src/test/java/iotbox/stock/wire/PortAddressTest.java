package iotbox.stock.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortAddressTest {
  @Test
  void readsHostAndPort() {
    assertEquals(
        new PortAddress(PortAddress.Kind.TCP, "scale.shop.example", 4001),
        PortAddress.of("tcp://scale.shop.example:4001"));
    assertEquals(
        new PortAddress(PortAddress.Kind.RFC2217, "fe80::1", 23),
        PortAddress.of("RFC2217://[fe80::1]:23/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://scale",
        "tcp://:4001",
        "tcp://scale:0",
        "tcp://scale:65536",
        "http://scale:80",
        "tcp://sc ale:4001",
        "tcp://fe80::1:23",
        "rfc2217://scale:port"
      })
  void refusesWhatIsNone(String text) {
    assertTrue(PortAddress.isMeant(text));
    String sentence =
        assertThrows(IllegalArgumentException.class, () -> PortAddress.of(text)).getMessage();
    assertTrue(sentence.contains("rfc2217://host:port"), sentence);
    assertTrue(sentence.contains(text), sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/ttyUSB0", "COM3", "/dev/serial/by-id/usb-a:b"})
  void aPathIsNone(String text) {
    assertFalse(PortAddress.isMeant(text));
  }
}
