package iotbox.stock.serial;

import iotbox.handler.Action;
import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.stock.pause.Pause;
import iotbox.stock.wire.PortAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Base of drivers for devices at a serial port. A subclass says how to recognise its device ({@code
 * supported}, with {@link #probe}), what to ask again and again ({@link #takeMeasure}), and calls
 * {@link #publish} when something is new. This class opens the port, opens it again after the plug
 * was pulled, and tells listeners how the connection is doing: every event carries {@code status},
 * a map of {@code status} ({@code connecting connected error}), {@code message_title} and {@code
 * message_body}, as Odoo's point of sale expects it of serial devices.
 */
@ConnectionType("serial")
public abstract class SerialDriver extends Driver {
  private static final Logger LOG = LoggerFactory.getLogger(SerialDriver.class);
  private static final Duration NEW_MEASURE_DELAY = Duration.ofMillis(200);
  private static final Duration FIRST_RETRY = Duration.ofMillis(250);
  private static final Duration LAST_RETRY = Duration.ofSeconds(5);

  private final SerialLine line;

  // Guarded by data(), together with what it holds: what listeners know, and the last word of the
  // reading loop on the line.
  private SerialStatus status = SerialStatus.CONNECTING;
  private SerialStatus lineStatus = status;

  /**
   * For subclasses.
   *
   * @param device its attribute {@code path} (else {@code identifier}) names the port
   */
  protected SerialDriver(String identifier, Device device, SerialSettings settings) {
    super(identifier, device);
    this.line = new SerialLine(path(device), settings);
    deviceConnection(PortAddress.isMeant(path(device)) ? "network" : "serial");
    data().put("status", status.asMap());
  }

  /**
   * For {@code supported}: opens the device's port, lets the probe ask, closes it. Blocks for the
   * settings' probe time-out at the longest (and a tenth of a second more; a port in the network
   * may take three seconds to be connected).
   *
   * @return false also if the port is busy, gone or silent
   */
  public static boolean probe(Device device, SerialSettings settings, SerialProbe probe) {
    String path = path(device);
    try (SerialConnection connection =
        SerialConnection.open(path, settings, settings.probeTimeout())) {
      return probe.recognises(connection);
    } catch (IOException e) {
      LOG.debug("Probing {}: {}", path, e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Asks the device for what it measures and publishes what is new. Called by {@link #run()} while
   * the port is open, again {@link #newMeasureDelay()} after the last call returned.
   *
   * @throws AnswerException if the device is silent or not understood; listeners get to know, and
   *     it is asked again
   * @throws IOException if the port is lost; it is opened again
   */
  public abstract void takeMeasure() throws IOException, InterruptedException;

  /** The pause between two measures; 200 ms unless overridden. */
  public Duration newMeasureDelay() {
    return NEW_MEASURE_DELAY;
  }

  /**
   * Sends a request and reads the answer up to and with its terminator. Opens the port if need be;
   * waits while another thread is asking. May be called from {@link #takeMeasure} and from actions.
   *
   * @throws AnswerException if the terminator did not come within the settings' answer time-out
   * @throws IOException if the port is lost
   */
  public final byte[] ask(byte[] request, int terminator) throws IOException, InterruptedException {
    return line.exchange(
        connection -> {
          // An answer that came too late for its own request must not answer this one.
          connection.discardInput();
          connection.write(request);
          return connection.readUntil(terminator, line.settings().answerTimeout());
        });
  }

  /** {@link #ask(byte[], int)} in text, one character for each byte. */
  public final String ask(String request, char terminator)
      throws IOException, InterruptedException {
    byte[] answer = ask(request.getBytes(StandardCharsets.ISO_8859_1), terminator);
    return new String(answer, StandardCharsets.ISO_8859_1);
  }

  /**
   * {@link #ask(byte[], int)} for devices that also speak by themselves: what came before the
   * answer is not forgotten. If something did, that is what this reads, and the answer comes next.
   *
   * @throws AnswerException if the terminator did not come within the settings' answer time-out
   * @throws IOException if the port is lost
   */
  public final byte[] request(byte[] request, int terminator)
      throws IOException, InterruptedException {
    return line.exchange(
        connection -> {
          connection.write(request);
          return connection.readUntil(terminator, line.settings().answerTimeout());
        });
  }

  /** Sends something that has no answer. */
  public final void send(byte[] bytes) throws IOException, InterruptedException {
    line.exchange(
        connection -> {
          connection.write(bytes);
          return null;
        });
  }

  /**
   * Reads what the device sends by itself, up to and with the terminator.
   *
   * @return {@code null} if nothing was complete within that time
   * @throws IOException if the port is lost
   */
  public final byte[] listen(int terminator, Duration within)
      throws IOException, InterruptedException {
    try {
      return line.exchange(connection -> connection.readUntil(terminator, within));
    } catch (AnswerException e) {
      return null;
    }
  }

  /**
   * Reads what the device sends by itself, as soon as there is something.
   *
   * @return empty if nothing came within that time
   * @throws IOException if the port is lost
   */
  public final byte[] receive(Duration within) throws IOException, InterruptedException {
    return line.exchange(connection -> connection.readSome(within));
  }

  /**
   * Has the port opened anew with these settings, by the next who talks on it. Waits while another
   * thread is asking. For actions by which people say how their device is set.
   */
  public final void changeSettings(SerialSettings settings) throws InterruptedException {
    line.use(settings);
  }

  /** Publishes a value that the device gave, as {@code value} and {@code result}. */
  public final void publish(Object value) {
    publish(value, SerialStatus.CONNECTED);
  }

  /** Publishes a value together with a note on it: the status' {@code message_title}. */
  public final void publish(Object value, String note) {
    publish(value, SerialStatus.connected(note));
  }

  /**
   * Publishes that the device is there but cannot do its work, with a sentence that says what to
   * do.
   *
   * @param value what {@code value} and {@code result} hold meanwhile
   */
  public final void publishFault(Object value, String sentence) {
    publish(value, SerialStatus.error(deviceName(), sentence));
  }

  /** Odoo's {@code get_status}: how the connection is doing. */
  @Action("get_status")
  public Object getStatus() {
    return snapshot().get("status");
  }

  /**
   * Keeps the port open and calls {@link #takeMeasure}. Returns when the driver is to stop; nothing
   * that the line does ends it.
   */
  @Override
  public void run() throws Exception {
    Pause retry = new Pause(FIRST_RETRY, LAST_RETRY);
    try {
      while (!isStopped()) {
        Duration pause = newMeasureDelay();
        try {
          line.open();
          takeMeasure();
          working();
          retry.reset();
        } catch (AnswerException e) {
          report(SerialStatus.error(deviceName() + " does not answer", e.getMessage()));
        } catch (IOException e) {
          report(SerialStatus.error(deviceName() + " is not connected", e.getMessage()));
          pause = retry.grow();
        }
        Thread.sleep(pause.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Closes the port for good. A subclass that overrides this calls it. */
  @Override
  public void disconnect() throws Exception {
    line.close();
  }

  /** A measure went well: what the line itself complained of is over. */
  private void working() {
    synchronized (data()) {
      if (status == lineStatus) {
        report(SerialStatus.CONNECTED);
      }
    }
  }

  private void publish(Object value, SerialStatus now) {
    synchronized (data()) {
      data().put("value", value);
      data().put("result", value);
      status = now;
      data().put("status", now.asMap());
      // Under the lock, so that the value of another thread does not take this one's place.
      deviceChanged();
    }
  }

  /** Tells listeners how the line is doing, once for each change. */
  private void report(SerialStatus now) {
    synchronized (data()) {
      if (isStopped() || now.equals(status)) {
        return;
      }
      status = now;
      lineStatus = now;
      data().put("status", now.asMap());
      deviceChanged();
    }
    log().info("{}: {} {} {}", identifier(), now.status(), now.title(), now.body());
  }

  private static String path(Device device) {
    String path = device.getString("path");
    return path != null ? path : device.getString("identifier");
  }
}
