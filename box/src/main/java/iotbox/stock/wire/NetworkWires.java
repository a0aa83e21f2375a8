package iotbox.stock.wire;

import java.io.IOException;

/** Opens serial ports that are in the network. */
public final class NetworkWires {
  private NetworkWires() {}

  /**
   * Connects to the port and has it set where the server can. Blocks for three seconds at the
   * longest, besides what it takes to look up a name.
   *
   * @param path of the form of {@link PortAddress}; sentences name the port by it
   * @throws IOException if the server cannot be reached or refuses
   */
  public static Wire open(String path, PortParameters parameters) throws IOException {
    PortAddress address;
    try {
      address = PortAddress.of(path);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    return new FreshWire(
        () ->
            address.kind() == PortAddress.Kind.TCP
                ? TcpWire.to(address, path)
                : Rfc2217Wire.over(TcpWire.to(address, path), path, parameters));
  }
}
