package iotbox.box.http.page;

import io.javalin.http.Context;
import iotbox.box.device.DeviceManager;
import iotbox.box.device.choice.DriverRules;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.device.status.Rule.By;
import iotbox.box.device.status.Rule.Pin;
import iotbox.box.http.message.RefusedException;
import iotbox.box.http.message.RequestBody;
import iotbox.loader.DriverType;
import iotbox.loader.Handlers;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a person decides about single devices. */
public final class DeviceRoutes {
  private final DeviceManager devices;
  private final DriverRules rules;
  private final Supplier<Handlers> handlers;

  public DeviceRoutes(DeviceManager devices, DriverRules rules, Supplier<Handlers> handlers) {
    this.devices = devices;
    this.rules = rules;
    this.handlers = handlers;
  }

  /**
   * {@code {"identifier": …, "driver": …}}: the class of the driver that has the device, or {@code
   * null} for whichever recognises it. 204; 404 if there is no such device or driver, 409 if an
   * option says which one it is, 507 if it cannot be kept.
   */
  public void pin(Context ctx) throws RefusedException {
    Map<?, ?> request = RequestBody.object(ctx);
    Object driver = request.get("driver");
    if (!(request.get("identifier") instanceof String identifier)
        || !(driver == null && request.containsKey("driver") || driver instanceof String)) {
      throw new RefusedException(
          400,
          "Send {\"identifier\": …, \"driver\": …}: a device, and the class of a driver or null for"
              + " whichever recognises it.");
    }
    DeviceStatus device = device(identifier);
    Pin pin = device.selection().rule().pin();
    if (pin != null && pin.by() == By.OPTION) {
      throw decidedByOption(
          "The option " + pin.option() + " gives " + identifier + " to " + pin.driver());
    }
    if (driver != null) {
      requireDriver((String) driver, device.selection().connectionType());
    }
    change(ctx, () -> rules.pin(identifier, (String) driver));
  }

  /**
   * {@code {"identifier": …, "probe": …}}: whether drivers are asked about the device. 204; 404 if
   * there is no such device, 409 if an option says that it is not probed, 507 if it cannot be kept.
   */
  public void probe(Context ctx) throws RefusedException {
    Map<?, ?> request = RequestBody.object(ctx);
    if (!(request.get("identifier") instanceof String identifier)
        || !(request.get("probe") instanceof Boolean probe)) {
      throw new RefusedException(
          400,
          "Send {\"identifier\": …, \"probe\": …}: a device, and true or false for whether drivers"
              + " are asked about it.");
    }
    if (device(identifier).selection().rule().unprobed() == By.OPTION) {
      throw decidedByOption("The option --no-probe names " + identifier);
    }
    change(ctx, () -> rules.probe(identifier, probe));
  }

  private DeviceStatus device(String identifier) throws RefusedException {
    return devices
        .status(identifier)
        .orElseThrow(() -> RefusedException.notThere("device \"" + identifier + "\""));
  }

  private void requireDriver(String className, String connectionType) throws RefusedException {
    List<DriverType> drivers = handlers.get().drivers(connectionType);
    if (drivers.stream().noneMatch(driver -> driver.className().equals(className))) {
      throw new RefusedException(
          404,
          "There is no driver \""
              + className
              + "\" for \""
              + connectionType
              + "\". There are: "
              + String.join(", ", drivers.stream().map(DriverType::className).toList())
              + ".");
    }
  }

  private static RefusedException decidedByOption(String what) {
    return new RefusedException(
        409, what + ", which cannot be changed here: start the box without it.");
  }

  private interface Change {
    void make() throws IOException;
  }

  private static void change(Context ctx, Change change) throws RefusedException {
    try {
      change.make();
    } catch (IOException e) {
      throw RefusedException.notKept(e);
    }
    ctx.status(204);
  }
}
