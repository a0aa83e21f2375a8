package iotbox.tests;

import java.nio.file.Path;

/** Handlers as modules would carry them, small enough to see at a glance what they do. */
public final class TestHandlers {
  private TestHandlers() {}

  /** Lists one device, {@code bench1}, of connection type {@code bench}. */
  public static final String INTERFACE =
      """
      import iotbox.handler.ConnectionType;
      import iotbox.handler.Device;
      import iotbox.handler.Interface;
      import java.util.HashMap;
      import java.util.Map;

      @ConnectionType("bench")
      public class BenchInterface extends Interface {
        public Map<String, Device> getDevices() {
          Map<String, Object> attributes = new HashMap<String, Object>();
          attributes.put("model", "B-1");
          Map<String, Device> devices = new HashMap<String, Device>();
          devices.put("bench1", Device.of(attributes));
          return devices;
        }
      }
      """;

  /** Takes every device of connection type {@code bench}; a scale as far as Odoo knows. */
  public static final String DRIVER =
      """
      import iotbox.handler.Action;
      import iotbox.handler.ActionData;
      import iotbox.handler.ConnectionType;
      import iotbox.handler.Device;
      import iotbox.handler.Driver;

      @ConnectionType("bench")
      public class BenchDriver extends Driver {
        public static boolean supported(Device device) {
          return true;
        }

        public BenchDriver(String identifier, Device device) {
          super(identifier, device);
          deviceType("scale");
          deviceConnection("serial");
          deviceName("Bench " + identifier);
          deviceManufacturer("Bench Works");
        }

        @Action("set")
        public Object set(ActionData data) {
          data().put("value", data.get("value"));
          return data.get("value");
        }

        @Action("twice")
        public Object twice(ActionData data) {
          data().put("value", "first");
          deviceChanged();
          data().put("value", "second");
          deviceChanged();
          return null;
        }

        @Action("break")
        public Object breakDown(ActionData data) {
          throw new IllegalStateException("the beam is bent");
        }
      }
      """;

  /** An interface and a driver for it: the smallest set at work. */
  public static HandlersZip bench() {
    return HandlersZip.with("interfaces/BenchInterface.java", INTERFACE)
        .and("drivers/BenchDriver.java", DRIVER);
  }

  /** Lists a device for each line of this file, ten times a second. */
  static String interfaceListing(Path file) {
    return """
        import iotbox.handler.ConnectionType;
        import iotbox.handler.Device;
        import iotbox.handler.Interface;
        import java.nio.file.Files;
        import java.nio.file.Path;
        import java.time.Duration;
        import java.util.LinkedHashMap;
        import java.util.Map;

        @ConnectionType("bench")
        public class ListedInterface extends Interface {
          public Map<String, Device> getDevices() throws Exception {
            Map<String, Device> devices = new LinkedHashMap<>();
            for (String line : Files.readAllLines(Path.of("@FILE@"))) {
              devices.put(line, Device.of(Map.of("line", line)));
            }
            return devices;
          }

          public Duration loopDelay() {
            return Duration.ofMillis(100);
          }
        }
        """
        .replace("@FILE@", file.toString());
  }

  /** An interface of this class name and connection type whose {@code getDevices} does this. */
  static String interfaceThat(String name, String connectionType, String body) {
    return """
        import iotbox.handler.ConnectionType;
        import iotbox.handler.Device;
        import iotbox.handler.Interface;
        import java.util.Map;

        @ConnectionType("@TYPE@")
        public class @NAME@ extends Interface {
          public Map<String, Device> getDevices() throws Exception {
            @BODY@
          }
        }
        """
        .replace("@TYPE@", connectionType)
        .replace("@NAME@", name)
        .replace("@BODY@", body);
  }

  /**
   * A driver of this class name for connection type {@code bench} that is asked before {@link
   * #DRIVER}: with these bodies of {@code supported} and of the constructor.
   */
  static String driverThat(String name, String supported, String constructor) {
    return """
        import iotbox.handler.ConnectionType;
        import iotbox.handler.Device;
        import iotbox.handler.Driver;
        import iotbox.handler.Priority;

        @ConnectionType("bench")
        @Priority(10)
        public class @NAME@ extends Driver {
          public static boolean supported(Device device) {
            @SUPPORTED@
          }

          public @NAME@(String identifier, Device device) {
            super(identifier, device);
            @CONSTRUCTOR@
          }
        }
        """
        .replace("@NAME@", name)
        .replace("@SUPPORTED@", supported)
        .replace("@CONSTRUCTOR@", constructor);
  }

  /**
   * Devices of {@link #DRIVER} as the lines of this file list them, and two more that are always
   * there: one whose driver hangs for good when it is asked, and one whose driver dies of an
   * exception a second after each start of its loop.
   */
  public static HandlersZip troubled(Path file, String hanging, String throwing) {
    String hangs =
        driverThat(
                "HangingDriver",
                "while (true) { try { Thread.sleep(60_000); } catch (InterruptedException e) { } }",
                "deviceName(identifier);")
            .replace("\"bench\"", "\"hanging\"");
    String throwsUp =
        driverThat("ThrowingDriver", "return true;", "deviceName(identifier);")
            .replace("\"bench\"", "\"throwing\"")
            .replace(
                "  public static boolean",
                """
                  public void run() throws Exception {
                    for (int i = 0; i < 10; i++) {
                      Thread.sleep(100);
                      deviceChanged();
                    }
                    throw new IllegalStateException("again");
                  }

                  public static boolean""");
    return HandlersZip.with("interfaces/ListedInterface.java", interfaceListing(file))
        .and("drivers/BenchDriver.java", DRIVER)
        .and("drivers/HangingDriver.java", hangs)
        .and("drivers/ThrowingDriver.java", throwsUp)
        .and("interfaces/HangingInterface.java", only("HangingInterface", "hanging", hanging))
        .and("interfaces/ThrowingInterface.java", only("ThrowingInterface", "throwing", throwing));
  }

  private static String only(String name, String connectionType, String identifier) {
    return interfaceThat(
        name, connectionType, "return Map.of(\"" + identifier + "\", Device.of(Map.of()));");
  }
}
