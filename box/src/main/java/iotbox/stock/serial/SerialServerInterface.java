package iotbox.stock.serial;

import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Interface;
import iotbox.stock.wire.PortAddress;
import iotbox.stock.wire.ServerGreeting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serial ports that servers in the network have, by their addresses ({@code tcp://host:port},
 * {@code rfc2217://host:port}). A port is listed whether or not its server can be reached; one that
 * could not be when the box started is as if plugged in when it can. Apart from the ports of this
 * machine, so that a name that nobody can look up keeps none of them waiting.
 *
 * <p>Attributes: {@code identifier} and {@code path}, the address as it was given; {@code
 * plugged_in} once the server has been reached; {@code settings} as of {@link SerialInterface}. The
 * native object is the port's {@link PortLine}.
 */
@ConnectionType("serial")
public class SerialServerInterface extends Interface {
  private static final Logger LOG = LoggerFactory.getLogger(SerialServerInterface.class);

  private final Map<String, ServerGreeting> servers = new LinkedHashMap<>();
  private final PortLines lines;
  private boolean told;

  /**
   * @param addresses each of the form of {@link PortAddress}
   * @param lines knows what people say about the lines of ports
   * @throws IllegalArgumentException if one is not
   */
  public SerialServerInterface(List<String> addresses, PortLines lines) {
    this.lines = lines;
    for (String address : addresses) {
      servers.put(address, new ServerGreeting(PortAddress.of(address)));
    }
  }

  @Override
  public Map<String, Device> getDevices() throws InterruptedException {
    tellOfRaw();
    ServerGreeting.round(servers.values());
    Map<String, Device> devices = new LinkedHashMap<>();
    servers.forEach(
        (address, server) -> {
          if (server.isDecided()) {
            devices.put(address, device(address, server.isReached()));
          }
        });
    devices.replaceAll(lines::with);
    return devices;
  }

  @Override
  public void close() {
    servers.values().forEach(ServerGreeting::close);
  }

  private static Device device(String address, boolean reached) {
    Map<String, Object> attributes = new TreeMap<>(Map.of("identifier", address, "path", address));
    if (reached) {
      attributes.put("plugged_in", "reached");
    }
    return Device.of(attributes);
  }

  private void tellOfRaw() {
    if (told) {
      return;
    }
    told = true;
    for (String address : servers.keySet()) {
      if (PortAddress.of(address).kind() == PortAddress.Kind.TCP) {
        LOG.info(
            "{} carries bytes and nothing else: set baud rate, data bits, parity and stop bits at the"
                + " serial server, as the device needs them",
            address);
      }
    }
  }
}
