package iotbox.stock.printer.found;

import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.stock.printer.mdns.Announcement;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where printers take jobs that announce themselves by the protocols that the box speaks. */
class MdnsAddressesTest {
  @ParameterizedTest
  @CsvSource({
    "_ipp,            ipp/print, ipp://192.0.2.7:4711/ipp/print",
    "_ipps,           ipp/print, ipps://192.0.2.7:4711/ipp/print",
    "_pdl-datastream, whatever,  socket://192.0.2.7:4711",
    "_printer,        raw_1,     lpd://192.0.2.7:4711/raw_1",
    "_printer,        ,          lpd://192.0.2.7:4711/auto"
  })
  void eachProtocolHasItsOwn(String type, String queue, String address) throws Exception {
    Map<String, String> text = queue == null ? Map.of() : Map.of("rp", queue);

    assertEquals(
        address,
        MdnsFinder.uri(new Announcement("Till", type, "192.0.2.7", 4711, text)).toString());
  }
}
