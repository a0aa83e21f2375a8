import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of the size and kind of a driver in the field; NUMBER is replaced, so that no two are the same. */
@ConnectionType("gauge")
public class GaugeNUMBER extends Driver {
  private static final int PATIENCE_MS = 1000;
  private static final int PAUSE_MS = 500;
  private static final int KEPT = 32;

  private final Object line = new Object();
  private final List<Double> readings = new ArrayList<Double>();
  private Socket socket;
  private volatile boolean reading = true;
  private volatile int decimals = 3;

  public static boolean supported(Device device) {
    String model = device.getString("model");
    return model != null && model.startsWith("GAUGE-NUMBER");
  }

  public GaugeNUMBER(String identifier, Device device) {
    super(identifier, device);
    deviceType("device");
    deviceConnection("network");
    deviceName("Gauge NUMBER at " + device.getString("host"));
    deviceManufacturer("Gauge Works");
  }

  @Override
  public void run() throws Exception {
    while (!isStopped()) {
      if (reading) {
        publish(measure());
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  @Action("read_once")
  public Object readOnce(ActionData data) throws IOException {
    double value = measure();
    publish(value);
    return Double.valueOf(value);
  }

  @Action("start_reading")
  public void startReading() {
    reading = true;
  }

  @Action("stop_reading")
  public void stopReading() {
    reading = false;
  }

  @Action("set_decimals")
  public Object setDecimals(ActionData data) {
    int wanted = data.getInt("decimals");
    if (wanted < 0 || wanted > 6) {
      throw new IllegalArgumentException("decimals must be from 0 to 6, not " + wanted);
    }
    decimals = wanted;
    return Integer.valueOf(wanted);
  }

  @Action("mean")
  public Object mean() {
    double sum = 0;
    int count;
    synchronized (readings) {
      count = readings.size();
      for (int i = 0; i < count; i++) {
        sum += ((Double) readings.get(i)).doubleValue();
      }
    }
    return Double.valueOf(count == 0 ? 0 : rounded(sum / count));
  }

  @Override
  public void disconnect() {
    reading = false;
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      log().debug("Closing {}", identifier(), e);
    }
  }

  private double measure() throws IOException {
    String answer = ask("MEAS NUMBER?\n");
    int space = answer.indexOf(' ');
    String number = space < 0 ? answer : answer.substring(0, space);
    try {
      return rounded(Double.parseDouble(number));
    } catch (NumberFormatException e) {
      throw new IOException("\"" + answer + "\" is not a measurement", e);
    }
  }

  private String ask(String question) throws IOException {
    synchronized (line) {
      if (socket == null || socket.isClosed()) {
        socket = new Socket();
        socket.connect(
            new InetSocketAddress(device().getString("host"), device().getInt("port")),
            PATIENCE_MS);
        socket.setSoTimeout(PATIENCE_MS);
      }
      OutputStream out = socket.getOutputStream();
      out.write(question.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      StringBuilder answer = new StringBuilder();
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        answer.append((char) next);
      }
      return answer.toString().trim();
    }
  }

  private void publish(double value) {
    synchronized (readings) {
      readings.add(Double.valueOf(value));
      if (readings.size() > KEPT) {
        readings.remove(0);
      }
    }
    Map<String, Object> status = new LinkedHashMap<String, Object>();
    status.put("status", "connected");
    status.put("decimals", Integer.valueOf(decimals));
    data().put("value", Double.valueOf(value));
    data().put("result", Double.valueOf(value));
    data().put("status", status);
    deviceChanged();
  }

  private double rounded(double value) {
    double scale = Math.pow(10, decimals);
    return Math.round(value * scale) / scale;
  }
}
