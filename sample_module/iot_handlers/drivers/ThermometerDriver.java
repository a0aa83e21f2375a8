import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.handler.Match;
import iotbox.handler.Parameter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * A thermometer on the bench, in modern Java and on its own: it knows no other file of this module,
 * so it is compiled and reloaded by itself. {@code TEMP?} is answered with {@code 21.53 C}, {@code
 * CAL 0.20} corrects the instrument by so much.
 */
@ConnectionType("bench")
@Match(name = "(?i)thermometer")
public class ThermometerDriver extends Driver {
  private static final int PATIENCE_MS = 1000;
  private static final int PAUSE_MS = 500;
  private static final int REMEMBERED = 600;
  private static final double LARGEST_CORRECTION = 5;

  private enum Unit {
    C(celsius -> celsius),
    F(celsius -> celsius * 9 / 5 + 32),
    K(celsius -> celsius + 273.15);

    private final DoubleUnaryOperator fromCelsius;

    Unit(DoubleUnaryOperator fromCelsius) {
      this.fromCelsius = fromCelsius;
    }

    double of(double celsius) {
      return Math.round(fromCelsius.applyAsDouble(celsius) * 100) / 100.0;
    }

    static Unit named(String name) {
      return Arrays.stream(values())
          .filter(unit -> unit.name().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("unit must be C, F or K, and is " + name));
    }
  }

  private record Statistics(double min, double max, double mean, long count) {
    static Statistics of(Collection<Double> celsius, Unit unit) {
      var summary = celsius.stream().collect(Collectors.summarizingDouble(unit::of));
      return new Statistics(
          summary.getMin(),
          summary.getMax(),
          Math.round(summary.getAverage() * 100) / 100.0,
          summary.getCount());
    }

    Map<String, Object> asMap() {
      return Map.of("min", min, "max", max, "mean", mean, "count", count);
    }
  }

  /** The last measures. Like the unit, for whoever holds the driver's monitor. */
  private final Deque<Double> celsius = new ArrayDeque<>();

  private final InetSocketAddress address;
  private Unit unit = Unit.C;
  private List<Object> told = List.of();

  public ThermometerDriver(String identifier, Device device) {
    super(identifier, device);
    address = new InetSocketAddress(device.getString("host"), device.getInt("port"));
    deviceType("device");
    deviceConnection("network");
    deviceManufacturer(device.getString("maker"));
    deviceName(device.getString("maker") + " " + device.getString("model"));
    data().put("unit", unit.name());
  }

  public static boolean supported(Device device) {
    return device.getString("model").toLowerCase(Locale.ROOT).contains("thermometer");
  }

  @Override
  public void run() throws InterruptedException {
    while (!isStopped()) {
      try {
        measure();
      } catch (IOException e) {
        status("error", e.getMessage());
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  /** The temperature now, in the unit that was set. */
  @Action("read_once")
  public synchronized double readOnce() throws IOException {
    return unit.of(measure());
  }

  @Action("set_unit")
  @Parameter(
      name = "unit",
      choices = {"C", "F", "K"},
      required = true,
      description = "What to measure in")
  public synchronized String setUnit(ActionData data) {
    unit = Unit.named(data.getString("unit"));
    publish();
    return unit.name();
  }

  /** Forgets what minimum, maximum and mean were made of. */
  @Action("reset")
  public synchronized void reset() {
    celsius.clear();
    publish();
  }

  @Action("calibrate")
  @Parameter(
      name = "reference",
      type = "number",
      required = true,
      description = "The true temperature in °C, as another thermometer shows it")
  public synchronized Map<String, Object> calibrate(ActionData data) throws IOException {
    var reference = data.getDouble("reference");
    var correction = reference - measure();
    if (!(Math.abs(correction) <= LARGEST_CORRECTION)) {
      var sentence =
          """
          reference is %.2f °C, %.2f °C away from what the thermometer shows; \
          more than %.0f °C means that one of them is broken""";
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, sentence, reference, correction, LARGEST_CORRECTION));
    }
    query(String.format(Locale.ROOT, "CAL %.2f", correction));
    reset();
    return Map.of("correction", Math.round(correction * 100) / 100.0);
  }

  private synchronized double measure() throws IOException {
    var answer = query("TEMP?").split(" ");
    var measured =
        switch (answer.length == 2 ? answer[1] : "") {
          case "C" -> number(answer[0]);
          case "F" -> (number(answer[0]) - 32) * 5 / 9;
          default -> throw new IOException(deviceName() + " gave no temperature in C or F");
        };
    if (celsius.size() == REMEMBERED) {
      celsius.removeFirst();
    }
    celsius.addLast(measured);
    publish();
    return measured;
  }

  private synchronized void publish() {
    if (!celsius.isEmpty()) {
      var now = unit.of(celsius.getLast());
      data().putAll(Map.of("value", now, "result", now, "unit", unit.name()));
      data().put("statistics", Statistics.of(celsius, unit).asMap());
    }
    status("connected", "");
  }

  private synchronized void status(String word, String message) {
    data().put("status", Map.of("status", word, "message_title", "", "message_body", message));
    var news = List.of(data().get("value"), data().get("unit"), data().get("status"));
    if (!news.equals(told)) {
      told = news;
      deviceChanged();
    }
  }

  /** A connection for each question: a thermometer is not asked often. */
  private String query(String line) throws IOException {
    String answer;
    try (var socket = new Socket()) {
      socket.connect(address, PATIENCE_MS);
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
      answer = new BufferedReader(in).readLine();
    } catch (IOException e) {
      throw new IOException(deviceName() + " does not answer: " + e.getMessage(), e);
    }
    if (answer == null || answer.startsWith("ERR")) {
      throw new IOException(deviceName() + " refused \"" + line + "\": " + answer);
    }
    return answer.trim();
  }

  private double number(String text) throws IOException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IOException(deviceName() + " measured \"" + text + "\", which is no number", e);
    }
  }
}
