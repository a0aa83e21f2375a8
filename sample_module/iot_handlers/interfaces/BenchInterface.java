import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Interface;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds the instruments of a test bench that are reached over the network. The addresses come from
 * the system property {@code bench.instruments}, else from the environment variable {@code
 * BENCH_INSTRUMENTS}: {@code host:port,host:port}. Whoever answers {@code *IDN?} with {@code
 * maker,model,serial} is listed; whoever is off, refuses or says something else is not there.
 *
 * <p>Attributes for the drivers: host, port, maker, model, serial.
 */
@ConnectionType("bench")
public class BenchInterface extends Interface {
  private static final int PATIENCE_MS = 500;
  private static final int LONGEST_LINE = 200;

  /** Those that the log tells of already. */
  private final Set<String> wrongAddresses = new HashSet<String>();

  @Override
  public Duration loopDelay() {
    return Duration.ofSeconds(2);
  }

  @Override
  public Map<String, Device> getDevices() {
    Map<String, Device> devices = new LinkedHashMap<String, Device>();
    String[] addresses = addresses().split(",");
    for (int i = 0; i < addresses.length; i++) {
      String address = addresses[i].trim();
      if (address.length() > 0) {
        Device device = detect(address);
        if (device != null) {
          devices.put(device.getString("identifier"), device);
        }
      }
    }
    return devices;
  }

  private static String addresses() {
    String addresses = System.getProperty("bench.instruments");
    if (addresses == null) {
      addresses = System.getenv("BENCH_INSTRUMENTS");
    }
    return addresses == null ? "" : addresses;
  }

  /** The instrument at the address, or null. */
  private Device detect(String address) {
    int colon = address.lastIndexOf(':');
    try {
      String host = address.substring(0, colon);
      int port = Integer.parseInt(address.substring(colon + 1));
      String[] identity = identity(host, port).split(",");
      if (identity.length < 3) {
        log().debug("{} does not say maker, model and serial number", address);
        return null;
      }
      Map<String, Object> attributes = new LinkedHashMap<String, Object>();
      attributes.put("identifier", "bench_" + identity[2].trim());
      attributes.put("host", host);
      attributes.put("port", Integer.valueOf(port));
      attributes.put("maker", identity[0].trim());
      attributes.put("model", identity[1].trim());
      attributes.put("serial", identity[2].trim());
      return Device.of(attributes);
    } catch (IOException e) {
      log().debug("{} is not there: {}", address, e.getMessage());
      return null;
    } catch (RuntimeException e) {
      // A wrong address must not hide the instruments at the right ones.
      if (wrongAddresses.add(address)) {
        log().warn("\"{}\" in bench.instruments is not host:port", address);
      }
      return null;
    }
  }

  /** Connects, asks who is there, hangs up. */
  private static String identity(String host, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MS);
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write("*IDN?\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      StringBuilder line = new StringBuilder();
      int read = in.read();
      while (read >= 0 && read != '\n' && line.length() < LONGEST_LINE) {
        line.append((char) read);
        read = in.read();
      }
      return line.toString().trim();
    } finally {
      socket.close();
    }
  }
}
