package iotbox.stock.printer.found;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceIdTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;      | receipt_printer | false",
        "MDL:TM-T20II; cmd : ESC/POS , PCL                    | receipt_printer | false",
        "MFG:Star;Cmd:STAR;MDL:TSP143 (STR_T-001);CLS:PRINTER | receipt_printer | true",
        "MANUFACTURER:Zebra Technologies ;COMMAND SET:ZPL;MODEL:ZTC ZD220;CLASS:PRINTER; | label_printer | false",
        "COMMAND SET:ZPL II                                   | label_printer   | false",
        "MFG:SATO;CMD:ESCLABEL;                               | label_printer   | false",
        "MFG:HP;MDL:LaserJet;CMD:PJL,PCL,POSTSCRIPT;          | office_printer  | false",
        "MFG:Brother;CMD:MYSTAR;DES:ESC/POS;                  | office_printer  | false",
        "rubbish                                              | office_printer  | false",
        "'::;;:;CMD:;'                                        | office_printer  | false"
      })
  void theKindIsInTheCommandSet(String text, String kind, boolean star) {
    DeviceId id = DeviceId.of(text);

    assertEquals(kind, id.kind().subtype());
    assertEquals(star, id.star());
  }

  @Test
  void partsAreFoundWhateverTheirOrderAndCase() {
    DeviceId id = DeviceId.of("sern:J5; MDL : TM-T88V ;mfg:EPSON\0\0");

    assertEquals("EPSON", id.manufacturer());
    assertEquals("TM-T88V", id.model());
    assertEquals("J5", id.serialNumber());
    assertEquals("", DeviceId.of(null).manufacturer());
  }
}
