package iotbox.stock.line;

import iotbox.handler.Device;
import iotbox.handler.Matches;
import iotbox.stock.serial.AnswerException;
import iotbox.stock.serial.PortLine;
import iotbox.stock.serial.ScaleDriver;
import iotbox.stock.serial.WeightReading;
import java.io.IOException;
import java.time.Duration;

/**
 * A device that sends lines of text with a number in them, by itself or when it is asked, as a
 * person has said on the box's page or with {@code --line-device}: an unknown scale or gauge
 * without a driver of its own. It has a port only because that person pinned it there, and is made
 * anew when something else is said.
 *
 * <p>As a scale it is like all others ({@link ScaleDriver}), and where the unit is a gram,
 * milligram or ton the weight is told in kilograms. Lines that the pattern does not fit are passed
 * over: many devices send headings, too.
 */
@Matches(
    value = {},
    only = true)
public class LineDriver extends ScaleDriver {
  /** How long a device that speaks by itself is listened to before the line is looked at again. */
  private static final Duration LISTENING = Duration.ofMillis(500);

  private final PortLine line;
  private final LineSettings settings;

  /** The last that had a value; {@code null} before. */
  private volatile HeardLine last;

  /**
   * The constructor that the box calls.
   *
   * @throws IllegalStateException if nothing usable was said about the lines of this port
   */
  public LineDriver(String identifier, Device device) {
    this(identifier, device, line(device), settings(line(device)));
  }

  private LineDriver(String identifier, Device device, PortLine line, LineSettings settings) {
    super(identifier, device, settings.serial());
    this.line = line;
    this.settings = settings;
    deviceType(settings.scale() ? "scale" : "device");
    deviceName(settings.name());
  }

  /** Never by itself: what it is, only a person can tell. */
  public static boolean supported(Device device) {
    return false;
  }

  private static PortLine line(Device device) {
    if (device.nativeObject() instanceof PortLine line) {
      return line;
    }
    throw new IllegalStateException("This is no port whose lines could be described");
  }

  private static LineSettings settings(PortLine line) {
    if (line.settings().isEmpty()) {
      throw new IllegalStateException("Say below how the lines of this device are to be read");
    }
    try {
      return LineSettings.of(line.settings());
    } catch (LineSettingsException e) {
      throw new IllegalStateException(
          "What was said about the lines of this device cannot be: " + e.getMessage(), e);
    }
  }

  @Override
  public void takeMeasure() throws IOException, InterruptedException {
    if (settings.asks()) {
      super.takeMeasure();
      return;
    }
    byte[] heard = listen(settings.end(), LISTENING);
    if (heard != null && take(heard) && isReading()) {
      show(reading(last), false);
    }
  }

  /** Between two requests; who listens does so all the time. */
  @Override
  public Duration newMeasureDelay() {
    return settings.asks() ? settings.interval() : Duration.ZERO;
  }

  /**
   * Asks for a line, or waits a second for one that comes by itself; where none does, the last one
   * still counts, as many devices speak only when something changes.
   */
  @Override
  public WeightReading readWeight() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + settings.serial().answerTimeout().toNanos();
    byte[] heard =
        settings.asks()
            ? request(settings.requestBytes(), settings.end())
            : listen(settings.end(), settings.serial().answerTimeout());
    while (heard != null && !take(heard) && System.nanoTime() - deadline < 0) {
      heard = listen(settings.end(), Duration.ofNanos(deadline - System.nanoTime()));
    }
    HeardLine now = last;
    if (now == null || settings.asks() && (heard == null || now.bytes() != heard)) {
      throw new AnswerException(
          identifier()
              + (now == null && heard == null
                  ? " has sent nothing yet"
                  : " sends lines that the pattern does not fit")
              + "; try the settings on the device's page");
    }
    return reading(now);
  }

  /** Whether there is a value in the line. */
  private boolean take(byte[] heard) {
    line.heard(heard);
    HeardLine read = HeardLine.of(settings, heard);
    if (read.value() != null) {
      last = read;
      if (!read.unit().isEmpty()) {
        data().put("unit", read.unit());
      }
    }
    return read.value() != null;
  }

  private WeightReading reading(HeardLine read) {
    if (read.stable()) {
      return WeightReading.of(read.value());
    }
    return settings.scale()
        ? WeightReading.unsettled("Scale in motion")
        : new WeightReading(read.value(), "Not stable", "");
  }
}
