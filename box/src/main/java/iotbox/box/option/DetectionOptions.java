package iotbox.box.option;

import iotbox.box.device.choice.DriverRules.Fixed;
import iotbox.box.device.status.Rule.Pin;
import iotbox.stock.line.LineDriver;
import iotbox.stock.wire.PortAddress;
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
    List<String> serialPorts, Fixed decisions, Map<String, Map<String, Object>> lines) {
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
    Map<String, Pin> pins = pins(values.texts(BoxOption.PIN));
    for (String port : lines.keySet()) {
      pin(pins, port, new Pin(LineDriver.class.getName(), BoxOption.LINE_DEVICE.toString()));
    }
    return new DetectionOptions(
        values.texts(BoxOption.SERIAL_PORT),
        new Fixed(pins, new HashSet<>(values.texts(BoxOption.NO_PROBE))),
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

  private static Map<String, Pin> pins(List<String> given) throws StartupException {
    Map<String, Pin> pins = new LinkedHashMap<>();
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
      pin(pins, parts.group(1), new Pin(parts.group(2), BoxOption.PIN.toString()));
    }
    return pins;
  }

  private static void pin(Map<String, Pin> pins, String device, Pin pin) throws StartupException {
    Pin other = pins.put(device, pin);
    if (other != null && !other.driver().equals(pin.driver())) {
      throw new StartupException(
          (other.option().equals(pin.option())
                  ? pin.option() + " gives "
                  : other.option() + " and " + pin.option() + " give ")
              + device
              + " two drivers, "
              + other.driver()
              + " and "
              + pin.driver()
              + "; leave one out.");
    }
  }
}
