import iotbox.handler.Action;
import iotbox.handler.Device;
import iotbox.handler.Match;
import java.io.IOException;
import java.util.Locale;

/**
 * A scale on the bench. {@code WEIGHT?} is answered with {@code S 1.234 kg} when the weight is
 * stable and with {@code D 1.230 kg} while it moves. Odoo's point of sale can use it: it is of type
 * scale and has the actions that the point of sale sends.
 */
@Match(name = "(?i)scale")
public class BenchScaleDriver extends BenchDriver {
  private volatile boolean reading = true;

  public BenchScaleDriver(String identifier, Device device) {
    super(identifier, device);
    deviceType("scale");
  }

  public static boolean supported(Device device) {
    return device.getString("model").toLowerCase(Locale.ROOT).contains("scale");
  }

  @Override
  public void measure() throws IOException {
    if (reading) {
      weigh();
    }
  }

  @Action("read_once")
  public Object readOnce() throws IOException {
    return Double.valueOf(weigh());
  }

  @Action("start_reading")
  public void startReading() {
    reading = true;
  }

  @Action("stop_reading")
  public void stopReading() {
    reading = false;
  }

  /** From now on the present load counts as nothing. */
  @Action("tare")
  public Object tare() throws IOException {
    query("TARE");
    return Double.valueOf(weigh());
  }

  /** Takes the tare away again. */
  @Action("clear_tare")
  public Object clearTare() throws IOException {
    query("CLEAR");
    return Double.valueOf(weigh());
  }

  private double weigh() throws IOException {
    String answer = query("WEIGHT?");
    String[] words = answer.split(" ");
    if (words.length != 3) {
      throw new IOException(deviceName() + " answered \"" + answer + "\" instead of a weight");
    }
    try {
      double weight = Double.parseDouble(words[1]);
      show(weight, words[2], words[0].equals("D") ? "Scale in motion" : "");
      return weight;
    } catch (NumberFormatException e) {
      throw new IOException(deviceName() + " weighs \"" + words[1] + "\", which is no number", e);
    }
  }
}
