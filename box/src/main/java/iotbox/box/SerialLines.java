package iotbox.box;

import iotbox.box.device.DeviceManager;
import iotbox.box.device.choice.DriverRules;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.device.status.Rule.By;
import iotbox.box.device.status.Rule.Pin;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.part.LineControl;
import iotbox.stock.line.HeardLine;
import iotbox.stock.line.LineDriver;
import iotbox.stock.line.LineSettings;
import iotbox.stock.line.LineSettingsException;
import iotbox.stock.line.LineTrial;
import iotbox.stock.serial.PortLine;
import iotbox.stock.serial.PortLines;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What people say about the lines of serial ports, kept, tried and put into effect. */
final class SerialLines implements LineControl {
  private static final String DRIVER = LineDriver.class.getName();

  private final PortLines lines;
  private final DriverRules rules;
  private final DeviceManager devices;
  private final Executor threads;

  /**
   * @param threads may block for some seconds
   */
  SerialLines(PortLines lines, DriverRules rules, DeviceManager devices, Executor threads) {
    this.lines = lines;
    this.rules = rules;
    this.devices = devices;
    this.threads = threads;
  }

  @Override
  public Map<String, Object> view(String identifier) throws RefusedException {
    PortLine line = line(identifier);
    Map<String, Object> view = new LinkedHashMap<>();
    Map<String, Object> settings = line.settings();
    view.put("settings", settings.isEmpty() ? null : settings);
    view.put("fixed", line.isFixed());
    view.put("lines", List.of());
    try {
      if (!settings.isEmpty()) {
        view.put("lines", shown(heard(line, LineSettings.of(settings))));
      }
    } catch (LineSettingsException e) {
      // Of an earlier version, or changed in the file: shown in the form, where it is mended.
    }
    return view;
  }

  @Override
  public Map<String, String> keep(String identifier, Map<?, ?> settings) throws RefusedException {
    Map<String, Object> before = changeable(identifier).settings();
    try {
      if (settings == null) {
        lines.keep(identifier, Map.of());
        if (isPinned(identifier)) {
          pin(identifier, null, before);
        }
        return Map.of();
      }
      LineSettings.of(settings);
      lines.keep(identifier, fields(settings));
      if (DRIVER.equals(device(identifier).driver())) {
        devices.renew(identifier);
      } else {
        pin(identifier, DRIVER, before);
      }
      return Map.of();
    } catch (LineSettingsException e) {
      return e.problems();
    } catch (IOException e) {
      throw RefusedException.notKept(e);
    }
  }

  /**
   * Pins the port or lets it go, which belongs to what was kept just now: both or nothing.
   *
   * @param before what was kept before
   */
  private void pin(String identifier, String driver, Map<String, Object> before)
      throws IOException {
    try {
      rules.pin(identifier, driver);
    } catch (IOException e) {
      try {
        lines.keep(identifier, before);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  @Override
  public CompletableFuture<Map<String, Object>> attempt(String identifier, Map<?, ?> fields)
      throws RefusedException {
    PortLine line = changeable(identifier);
    LineSettings settings;
    try {
      settings = LineSettings.of(fields);
    } catch (LineSettingsException e) {
      return CompletableFuture.completedFuture(Map.of("problems", e.problems()));
    }
    if (!DRIVER.equals(device(identifier).driver())) {
      return CompletableFuture.supplyAsync(() -> listened(line, settings), threads);
    }
    // Its driver has the port, and remembers.
    String detail =
        sameLine(line, settings)
            ? null
            : "These lines came with the settings that are kept; keep the new ones to hear the line"
                + " with them.";
    return CompletableFuture.completedFuture(answer(heard(line, settings), detail));
  }

  private static boolean sameLine(PortLine line, LineSettings settings) {
    try {
      return LineSettings.of(line.settings()).sameLine(settings);
    } catch (LineSettingsException e) {
      return false;
    }
  }

  private static Map<String, Object> listened(PortLine line, LineSettings settings) {
    try {
      List<HeardLine> heard = LineTrial.of(line, settings);
      return answer(heard, null);
    } catch (IOException e) {
      return answer(List.of(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return answer(List.of(), "The box is being stopped.");
    }
  }

  private static Map<String, Object> answer(List<HeardLine> heard, String detail) {
    Map<String, Object> answer = new HashMap<>();
    answer.put("problems", Map.of());
    answer.put("lines", shown(heard));
    answer.put("detail", detail);
    return answer;
  }

  private static List<HeardLine> heard(PortLine line, LineSettings settings) {
    return line.lastHeard().stream().map(each -> HeardLine.of(settings, each)).toList();
  }

  private static List<Map<String, Object>> shown(List<HeardLine> lines) {
    return lines.stream().map(HeardLine::shown).toList();
  }

  private PortLine line(String identifier) throws RefusedException {
    device(identifier);
    return lines
        .of(identifier)
        .orElseThrow(() -> new RefusedException(404, "\"" + identifier + "\" is no serial port."));
  }

  /** One that no other driver has. */
  private PortLine changeable(String identifier) throws RefusedException {
    PortLine line = line(identifier);
    if (line.isFixed()) {
      throw new RefusedException(
          409,
          "The option --line-device says how the lines of "
              + identifier
              + " are read, which cannot be changed here: start the box without it.");
    }
    DeviceStatus device = device(identifier);
    Pin pin = device.selection().rule().pin();
    if (pin != null && pin.by() == By.OPTION) {
      throw new RefusedException(
          409,
          "The option "
              + pin.option()
              + " gives "
              + identifier
              + " to "
              + pin.driver()
              + ", which cannot be changed here: start the box without it.");
    }
    if (device.open() && !DRIVER.equals(device.driver())) {
      throw new RefusedException(
          409, device.driver() + " has " + identifier + " and knows how to read it.");
    }
    return line;
  }

  private boolean isPinned(String identifier) throws RefusedException {
    Pin pin = device(identifier).selection().rule().pin();
    return pin != null && pin.driver().equals(DRIVER);
  }

  private DeviceStatus device(String identifier) throws RefusedException {
    return devices
        .status(identifier)
        .orElseThrow(() -> RefusedException.notThere("device \"" + identifier + "\""));
  }

  private static Map<String, Object> fields(Map<?, ?> settings) {
    Map<String, Object> fields = new LinkedHashMap<>();
    settings.forEach((name, value) -> fields.put((String) name, value));
    return fields;
  }
}
