package iotbox.loader;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Compiles an example that goes through most of Janino, and throws the result away: the first
 * source that a JVM compiles takes five times as long as the next, and a box that waits for its
 * first handlers has the time to get over that.
 */
final class Rehearsal {
  private static final String EXAMPLE =
      """
      import iotbox.handler.Action;
      import iotbox.handler.ActionData;
      import iotbox.handler.ConnectionType;
      import iotbox.handler.Device;
      import iotbox.handler.Driver;
      import java.io.IOException;
      import java.util.ArrayList;
      import java.util.HashMap;
      import java.util.List;
      import java.util.Map;

      @ConnectionType("rehearsal")
      public class RehearsalDriver extends Driver {
        private static final int[] WEIGHTS = {1, 2, 4};
        private final List<String> lines = new ArrayList<String>();
        private double sum;

        public RehearsalDriver(String identifier, Device device) {
          super(identifier, device);
          deviceType("device");
          deviceName("Rehearsal " + identifier);
        }

        public static boolean supported(Device device) {
          return "rehearsal".equals(device.getString("model"));
        }

        @Action("measure")
        public Object measure(ActionData data) throws IOException {
          Map<String, Object> result = new HashMap<String, Object>();
          for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * 0.5;
          }
          synchronized (lines) {
            for (String line : lines) {
              if (line.length() > 3 && line.charAt(0) != '#') {
                result.put(line, Integer.valueOf(line.hashCode()));
              }
            }
          }
          try {
            read(new byte[8]);
          } catch (IOException e) {
            throw new IllegalStateException("no answer: " + e.getMessage(), e);
          } finally {
            sum = 0;
          }
          data().put("value", Double.valueOf(sum));
          deviceChanged();
          return result;
        }

        private int read(byte[] bytes) throws IOException {
          switch (bytes.length) {
            case 0:
              throw new IOException("nothing");
            default:
              return (bytes[0] & 0xff) << 8 | bytes[1];
          }
        }
      }
      """;

  private Rehearsal() {}

  /** What Janino makes of the example. */
  static CompiledGroup run(VisibleClasses visible) {
    HandlerFile file =
        new HandlerFile("drivers/RehearsalDriver.java", EXAMPLE.getBytes(StandardCharsets.UTF_8));
    Classpath classpath =
        new Classpath(visible, new LibraryClassLoader(Map.of(), visible.loader()));
    return new JaninoCompiler().compile(List.of(SourceFile.of(file)), classpath);
  }
}
