package iotbox.stock.serial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A serial server: ser2net, in front of a port of this machine, at a port of the loopback. Needs
 * ser2net installed.
 */
public final class Ser2net implements AutoCloseable {
  private final Path folder;
  private final String line;
  private final String accepter;
  private final int port;
  private Process process;

  private Ser2net(Path folder, String line, String accepter) throws IOException {
    this.folder = folder;
    this.line = line;
    this.accepter = accepter;
    this.port = freePort();
    start();
  }

  /** One that speaks RFC 2217. */
  public static Ser2net settable(Path folder, String line) throws IOException {
    return new Ser2net(folder, line, "telnet(rfc2217),");
  }

  /** One that speaks telnet and lets nobody set its port. */
  public static Ser2net telnet(Path folder, String line) throws IOException {
    return new Ser2net(folder, line, "telnet,");
  }

  /** One that carries bytes and nothing else. */
  public static Ser2net raw(Path folder, String line) throws IOException {
    return new Ser2net(folder, line, "");
  }

  /** Where it serves: host and port. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Starts it, again after {@link #stop}. */
  public void start() throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("ser2net-" + port + ".yaml"),
            "connection: &line\n"
                + ("  accepter: " + accepter + "tcp,127.0.0.1," + port + "\n")
                + ("  connector: serialdev," + line + ",9600n81,local\n"));
    try {
      process =
          new ProcessBuilder("ser2net", "-d", "-u", "-c", configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("ser2net-" + port + ".log").toFile())
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "This test needs a serial server: apt-get install ser2net", e);
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!serves()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "ser2net does not serve: "
                + Files.readString(folder.resolve("ser2net-" + port + ".log")));
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Ends it, as if it were switched off. */
  public void stop() {
    process.destroy();
    try {
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean serves() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
