package iotbox.stock.printer.found;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CupsAddressTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null, ipp://localhost:631/",
        "'', ipp://localhost:631/",
        "printserver, ipp://printserver:631/",
        "printserver:8631, ipp://printserver:8631/",
        "printserver/version=1.1, ipp://printserver:631/",
        "[::1]:8631, ipp://[::1]:8631/",
        "/run/cups/cups.sock, ipp://localhost:631/"
      })
  void itIsWhereCupsOwnToolsLook(String server, URI address) {
    assertEquals(address, CupsAddress.of(server));
  }
}
