import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the drivers of bench instruments have in common: the connection, questions and answers of
 * one line each, a loop that measures again and again, and connecting again when the instrument was
 * off. A subclass says which instruments it is for ({@code supported}) and what to ask ({@link
 * #measure}).
 */
@ConnectionType("bench")
public abstract class BenchDriver extends Driver {
  private static final int CONNECT_MS = 1000;
  private static final int ANSWER_MS = 1000;
  private static final int PAUSE_MS = 200;
  private static final int RECONNECT_MS = 1000;
  private static final int LONGEST_LINE = 200;

  /** Held from a question to its answer, so that loop and actions do not get each other's. */
  private final Object conversation = new Object();

  private volatile Socket socket;
  private volatile boolean closed;

  protected BenchDriver(String identifier, Device device) {
    super(identifier, device);
    deviceConnection("network");
    deviceManufacturer(device.getString("maker"));
    deviceName(device.getString("maker") + " " + device.getString("model"));
    data().put("status", status("connecting", ""));
  }

  /** Asks the instrument for its value and shows it. Called in a loop. */
  public abstract void measure() throws IOException;

  @Override
  public void run() throws InterruptedException {
    while (!isStopped()) {
      int pause = PAUSE_MS;
      try {
        measure();
      } catch (IOException e) {
        fault(e.getMessage());
        pause = RECONNECT_MS;
      }
      Thread.sleep(pause);
    }
  }

  /** Ends a question that is waiting for its answer, too. */
  @Override
  public void disconnect() throws IOException {
    closed = true;
    Socket open = socket;
    if (open != null) {
      open.close();
    }
  }

  /**
   * Sends a line and returns the line that comes back; an answer that begins with ERR is an error.
   */
  public final String query(String line) throws IOException {
    String answer;
    synchronized (conversation) {
      try {
        Socket open = connected();
        open.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        answer = readLine(open, now() + ANSWER_MS);
      } catch (SocketTimeoutException e) {
        // What may still come would answer the next question: start afresh.
        hangUp();
        throw new IOException(deviceName() + ": no answer within " + ANSWER_MS + " ms", e);
      } catch (IOException e) {
        hangUp();
        throw new IOException(deviceName() + ": " + e.getMessage(), e);
      }
    }
    if (answer.startsWith("ERR")) {
      throw new IOException(
          deviceName() + " refused \"" + line + "\": " + answer.substring(3).trim());
    }
    return answer;
  }

  /** Shows a value to everybody who listens, if it is new. */
  public final void show(double value, String unit, String note) {
    synchronized (data()) {
      Map<String, Object> status = status("connected", note);
      boolean news =
          !Double.valueOf(value).equals(data().get("value"))
              || !unit.equals(data().get("unit"))
              || !status.equals(data().get("status"));
      if (news) {
        // Odoo up to 18 reads "value", later ones read "result".
        data().put("value", Double.valueOf(value));
        data().put("result", Double.valueOf(value));
        data().put("unit", unit);
        data().put("status", status);
        deviceChanged();
      }
    }
  }

  private void fault(String message) {
    synchronized (data()) {
      Map<String, Object> status = status("error", message);
      if (!isStopped() && !status.equals(data().get("status"))) {
        data().put("status", status);
        deviceChanged();
        log().warn("{}: {}", identifier(), message);
      }
    }
  }

  /** The form in which Odoo's point of sale expects the status of a device. */
  private static Map<String, Object> status(String word, String message) {
    Map<String, Object> status = new LinkedHashMap<String, Object>();
    status.put("status", word);
    status.put("message_title", message);
    status.put("message_body", message);
    return status;
  }

  private Socket connected() throws IOException {
    if (closed) {
      throw new IOException("disconnected");
    }
    if (socket == null) {
      Socket fresh = new Socket();
      socket = fresh;
      if (closed) {
        // Disconnected just now, too early for disconnect() to see this socket.
        fresh.close();
      }
      fresh.connect(
          new InetSocketAddress(device().getString("host"), device().getInt("port")), CONNECT_MS);
      fresh.setTcpNoDelay(true);
    }
    return socket;
  }

  private void hangUp() throws IOException {
    Socket open = socket;
    socket = null;
    if (open != null) {
      open.close();
    }
  }

  private static String readLine(Socket socket, long deadline) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < LONGEST_LINE) {
      long left = deadline - now();
      if (left <= 0) {
        throw new SocketTimeoutException();
      }
      socket.setSoTimeout((int) left);
      int read = socket.getInputStream().read();
      if (read < 0) {
        throw new EOFException("the instrument hung up");
      }
      if (read == '\n') {
        return line.toString().trim();
      }
      line.append((char) read);
    }
    throw new IOException("an answer without an end");
  }

  private static long now() {
    return System.nanoTime() / 1000000L;
  }
}
