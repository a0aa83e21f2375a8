package iotbox.box.option;

import iotbox.box.device.DriverRules.Decisions;
import iotbox.stock.line.LineDriver;
import iotbox.stock.wire.PortAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which devices there are besides those that are found, and how drivers are chosen for them.
 *
 * @param serialPorts paths and addresses that are offered besides the enumerated ports
 * @param decisions what the page cannot change
 * @param lines how the lines of devices are read, by a name of their port
 */
public record DetectionOptions(
    List<String> serialPorts, Decisions decisions, Map<String, Map<String, Object>> lines) {
  /** The last = counts: names of ports may have one, names of classes have none. */
  private static final Pattern PIN = Pattern.compile("(.+)=([\\p{L}_$][\\p{L}\\p{N}_$.]*)");

  public DetectionOptions {
    serialPorts = List.copyOf(serialPorts);
    lines = Map.copyOf(lines);
  }

  static DetectionOptions of(OptionValues values) throws StartupException {
    for (String device : values.texts(BoxOption.NO_PROBE)) {
      if (device.isBlank()) {
        throw new StartupException(
            BoxOption.NO_PROBE + " needs a device's identifier or a port's path, not \"\".");
      }
    }
    for (String port : values.texts(BoxOption.SERIAL_PORT)) {
      checkAddress(port);
    }
    Map<String, Map<String, Object>> lines =
        LineDeviceOption.read(values.texts(BoxOption.LINE_DEVICE));
    List<String> pins = new ArrayList<>(values.texts(BoxOption.PIN));
    lines.keySet().forEach(port -> pins.add(port + "=" + LineDriver.class.getName()));
    return new DetectionOptions(
        values.texts(BoxOption.SERIAL_PORT),
        new Decisions(pins(pins), new HashSet<>(values.texts(BoxOption.NO_PROBE))),
        lines);
  }

  private static void checkAddress(String port) throws StartupException {
    try {
      if (PortAddress.isMeant(port)) {
        PortAddress.of(port);
      }
    } catch (IllegalArgumentException e) {
      throw new StartupException(BoxOption.SERIAL_PORT + ": " + e.getMessage() + ".");
    }
  }

  private static Map<String, String> pins(List<String> given) throws StartupException {
    Map<String, String> pins = new LinkedHashMap<>();
    for (String pin : given) {
      Matcher parts = PIN.matcher(pin);
      if (!parts.matches()) {
        throw new StartupException(
            BoxOption.PIN
                + " needs a device and a driver's class, such as"
                + " /dev/ttyUSB0=iotbox.stock.serial.Toledo8217Driver, not "
                + OptionValues.quoted(pin)
                + ".");
      }
      String other = pins.put(parts.group(1), parts.group(2));
      if (other != null && !other.equals(parts.group(2))) {
        throw new StartupException(
            BoxOption.PIN
                + " gives "
                + parts.group(1)
                + " two drivers, "
                + other
                + " and "
                + parts.group(2)
                + "; leave one out.");
      }
    }
    return pins;
  }
}
