import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.handler.Match;
import iotbox.handler.Parameter;
import java.io.IOException;
import java.util.Locale;

/**
 * A caliper on the bench. {@code MEAS?} is answered with {@code 12.34 mm}, {@code UNIT mm} and
 * {@code UNIT in} change the unit, {@code ZERO} makes the present opening the origin.
 */
@Match(name = "(?i)caliper")
public class BenchCaliperDriver extends BenchDriver {
  public BenchCaliperDriver(String identifier, Device device) {
    super(identifier, device);
    deviceType("device");
  }

  public static boolean supported(Device device) {
    return device.getString("model").toLowerCase(Locale.ROOT).contains("caliper");
  }

  @Override
  public void measure() throws IOException {
    read();
  }

  @Action("read_once")
  public Object readOnce() throws IOException {
    return Double.valueOf(read());
  }

  @Action("zero")
  public Object zero() throws IOException {
    query("ZERO");
    return Double.valueOf(read());
  }

  @Action("set_unit")
  @Parameter(
      name = "unit",
      choices = {"mm", "in"},
      required = true,
      description = "What to measure in")
  public Object setUnit(ActionData data) throws IOException {
    String unit = data.getString("unit");
    if (!"mm".equals(unit) && !"in".equals(unit)) {
      throw new IllegalArgumentException("unit must be \"mm\" or \"in\", and is " + unit);
    }
    query("UNIT " + unit);
    return Double.valueOf(read());
  }

  private double read() throws IOException {
    String answer = query("MEAS?");
    int space = answer.indexOf(' ');
    try {
      double length = Double.parseDouble(answer.substring(0, space));
      show(length, answer.substring(space + 1), "");
      return length;
    } catch (RuntimeException e) {
      throw new IOException(deviceName() + " answered \"" + answer + "\" instead of a length", e);
    }
  }
}
