package iotbox.stock.serial;

import iotbox.handler.Action;
import iotbox.handler.Device;
import java.io.IOException;

/**
 * Base of drivers for scales at a serial port, with the actions that a point of sale uses: {@code
 * read_once}, {@code start_reading}, {@code stop_reading}. A subclass says how to recognise and how
 * to ask its scale.
 *
 * <p>It reads from the start, since Community's point of sale never sends {@code start_reading}.
 * While the scale settles, the weight is 0: the last one belongs to goods that are not on it any
 * more.
 */
public abstract class ScaleDriver extends SerialDriver {
  private volatile boolean reading = true;

  // Guarded by data().
  private WeightReading shown;

  /** For subclasses. */
  protected ScaleDriver(String identifier, Device device, SerialSettings settings) {
    super(identifier, device, settings);
    deviceType("scale");
  }

  /**
   * Asks the scale once. Called by the reading loop and by {@code read_once}, not at the same time
   * on the line ({@link #ask} sees to that).
   *
   * @throws AnswerException if it is silent or not understood
   * @throws IOException if the port is lost
   */
  public abstract WeightReading readWeight() throws IOException, InterruptedException;

  @Override
  public void takeMeasure() throws IOException, InterruptedException {
    if (isReading()) {
      show(readWeight(), false);
    }
  }

  /** Whether weights are published whenever they change; from the start, until told otherwise. */
  public final boolean isReading() {
    return reading;
  }

  /**
   * Reads the weight now and publishes it whether or not it is new.
   *
   * @return the weight, a {@code Double} in the unit that the scale shows
   * @throws IllegalStateException if the scale cannot weigh; the message says why
   * @throws IOException if it does not answer or the port is lost
   */
  @Action("read_once")
  public Object readOnce() throws IOException, InterruptedException {
    WeightReading read = readWeight();
    show(read, true);
    if (!read.fault().isEmpty()) {
      throw new IllegalStateException(deviceName() + ": " + read.fault());
    }
    return read.weight();
  }

  /** Weights are published whenever they change, from now on. */
  @Action("start_reading")
  public void startReading() {
    reading = true;
  }

  /** The scale is not asked any more, except by {@code read_once}. */
  @Action("stop_reading")
  public void stopReading() {
    reading = false;
  }

  /**
   * Publishes what the scale said.
   *
   * @param always also if it is what was published last
   */
  public final void show(WeightReading read, boolean always) {
    synchronized (data()) {
      if (always || !read.equals(shown)) {
        shown = read;
        if (read.fault().isEmpty()) {
          publish(read.weight(), read.note());
        } else {
          publishFault(read.weight(), read.fault());
        }
      }
    }
  }
}
