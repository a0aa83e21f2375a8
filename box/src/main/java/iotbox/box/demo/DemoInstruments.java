package iotbox.box.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A scale, a caliper and a thermometer that do not exist, at ports that do. */
public final class DemoInstruments implements AutoCloseable {
  /** The system property that tells the sample module's {@code BenchInterface} where to look. */
  public static final String PROPERTY = "bench.instruments";

  private static final Logger LOG = LoggerFactory.getLogger(DemoInstruments.class);

  private final List<LineServer> servers = new ArrayList<>();

  /**
   * Starts them.
   *
   * @param threads for the ports and the connections, which block; makes as many as are needed
   * @throws IOException if this machine has no free port
   */
  public DemoInstruments(Executor threads) throws IOException {
    RandomGenerator random = RandomGenerator.getDefault();
    List<Instrument> instruments =
        List.of(
            new SimulatedScale(System::nanoTime, random),
            new SimulatedCaliper(System::nanoTime, random),
            new SimulatedThermometer(System::nanoTime, random));
    try {
      for (Instrument instrument : instruments) {
        servers.add(new LineServer(instrument, threads));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Where they are. */
  public List<InetSocketAddress> addresses() {
    return servers.stream().map(LineServer::address).toList();
  }

  /** Where they are, as the value of {@link #PROPERTY}. */
  public String property() {
    return addresses().stream()
        .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
        .collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    for (LineServer server : servers) {
      try {
        server.close();
      } catch (IOException e) {
        LOG.debug("Closing a simulated instrument", e);
      }
    }
  }
}
