package iotbox.stock.barcode;

import iotbox.handler.ActionData;
import iotbox.stock.serial.SerialSettings;
import iotbox.stock.serial.SerialSettings.Parity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a scanner is set to send, in the words of people and of what is kept. Stop bits are none of
 * it: who listens for one understands two as well.
 */
record ScannerLine(int baudRate, int dataBits, String parity) {
  static final String BAUD_RATE = "baud_rate";
  static final String DATA_BITS = "data_bits";
  static final String PARITY = "parity";

  private static final List<String> PARITIES = List.of("none", "even", "odd");

  /** As most are delivered. */
  static final ScannerLine DELIVERED = new ScannerLine(9_600, 8, "none");

  ScannerLine {
    require(
        baudRate >= 50 && baudRate <= 4_000_000,
        "baud_rate must be a number of bits a second such as 9600 or 115200, not " + baudRate);
    require(dataBits == 7 || dataBits == 8, "data_bits must be 7 or 8, not " + dataBits);
    require(PARITIES.contains(parity), "parity must be none, even or odd, not " + parity);
  }

  /**
   * Reads what was said; what was not is as most are delivered.
   *
   * @throws IllegalArgumentException if something of it cannot be, with a sentence for people
   */
  static ScannerLine of(Map<String, ?> said) {
    ActionData words = ActionData.of(said, null);
    return new ScannerLine(
        isSaid(said.get(BAUD_RATE)) ? words.getInt(BAUD_RATE) : DELIVERED.baudRate,
        isSaid(said.get(DATA_BITS)) ? words.getInt(DATA_BITS) : DELIVERED.dataBits,
        isSaid(said.get(PARITY)) ? words.getString(PARITY) : DELIVERED.parity);
  }

  /** Odoo's clients send {@code false} for what is empty. */
  private static boolean isSaid(Object value) {
    return value != null && !value.equals("") && !value.equals(false);
  }

  /** What is kept of it. */
  Map<String, Object> words() {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put(BAUD_RATE, baudRate);
    words.put(DATA_BITS, dataBits);
    words.put(PARITY, parity);
    return words;
  }

  SerialSettings settings() {
    return SerialSettings.of(
        baudRate, dataBits, Parity.valueOf(parity.toUpperCase(Locale.ROOT)), 1);
  }

  @Override
  public String toString() {
    return baudRate + " baud, " + dataBits + " data bits, parity " + parity;
  }

  private static void require(boolean right, String sentence) {
    if (!right) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
