package iotbox.stock.line;

import iotbox.stock.serial.SerialSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * What a person says about a device that sends lines.
 *
 * @param name that people see
 * @param scale whether it is a scale, else a device of any kind
 * @param end the byte with which each line ends
 * @param request what is sent for a line, one character for each byte; empty for a device that
 *     speaks by itself
 * @param interval between two requests
 * @param decimalComma whether the comma is between whole and fraction, else the point
 * @param unit of the number, where the line does not tell it; may be empty
 */
public record LineSettings(
    String name,
    boolean scale,
    SerialSettings serial,
    int end,
    String request,
    Duration interval,
    LinePattern pattern,
    boolean decimalComma,
    String unit) {

  /**
   * Reads them from JSON's types; see {@link LineFields} for their names.
   *
   * @throws LineSettingsException if one of them cannot be
   */
  public static LineSettings of(Map<?, ?> fields) throws LineSettingsException {
    LineFields read = new LineFields(fields);
    LineSettings settings =
        new LineSettings(
            read.name(),
            read.isScale(),
            read.serial(),
            read.end(),
            read.request(),
            read.interval(),
            read.pattern(),
            read.decimalComma(),
            read.unit());
    read.check();
    return settings;
  }

  byte[] requestBytes() {
    return request.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether the device is asked for each line. */
  boolean asks() {
    return !request.isEmpty();
  }

  /** Whether the same comes over the line with the others, whatever is made of it. */
  public boolean sameLine(LineSettings other) {
    return serial.equals(other.serial)
        && end == other.end
        && request.equals(other.request)
        && interval.equals(other.interval);
  }
}
