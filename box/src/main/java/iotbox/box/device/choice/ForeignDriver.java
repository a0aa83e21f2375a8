package iotbox.box.device.choice;

import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.loader.DriverType;
import java.lang.reflect.Constructor;

/** The two calls that are made on a driver's class; only inside the guard. */
final class ForeignDriver {
  private ForeignDriver() {}

  static boolean supports(DriverType driver, Device device) throws ReflectiveOperationException {
    Object answer = driver.type().getMethod("supported", Device.class).invoke(null, device);
    return Boolean.TRUE.equals(answer);
  }

  static Driver create(DriverType driver, String identifier, Device device)
      throws ReflectiveOperationException {
    for (Constructor<?> constructor : driver.type().getConstructors()) {
      Class<?>[] parameters = constructor.getParameterTypes();
      if (parameters.length == 2
          && parameters[0] == String.class
          && parameters[1] == Device.class) {
        return (Driver) constructor.newInstance(identifier, device);
      }
    }
    return driver.type().getConstructor(Device.class).newInstance(device);
  }
}
