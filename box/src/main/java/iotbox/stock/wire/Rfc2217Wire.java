package iotbox.stock.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a serial server that speaks telnet with the com port option (RFC 2217): the port
 * is set as the driver wants it. A server that refuses, or does not answer, is used as it is.
 */
final class Rfc2217Wire implements Wire {
  private static final Logger LOG = LoggerFactory.getLogger(Rfc2217Wire.class);

  /** For each of: agreeing on the option, setting the port. */
  private static final Duration ANSWER = Duration.ofMillis(700);

  /** How long a server may keep us from sending. */
  private static final Duration SUSPENSION = Duration.ofSeconds(1);

  private final TcpWire tcp;
  private final String path;
  private final TelnetOptions options = new TelnetOptions();
  private final ComPort port;
  private final TelnetDecoder decoder;
  private final ByteArrayOutputStream replies = new ByteArrayOutputStream();

  /** Data that came and was not read. */
  private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();

  private boolean afterReturn;

  private Rfc2217Wire(TcpWire tcp, String path, PortParameters parameters) {
    this.tcp = tcp;
    this.path = path;
    this.port = new ComPort(parameters);
    this.decoder =
        new TelnetDecoder(
            new TelnetDecoder.Commands() {
              @Override
              public void option(int verb, int option) {
                options.heard(verb, option, replies);
              }

              @Override
              public void subnegotiation(byte[] message) {
                port.heard(message);
              }
            });
  }

  /** Agrees with the server and has the port set; closes the connection if that fails. */
  static Rfc2217Wire over(TcpWire tcp, String path, PortParameters parameters) throws IOException {
    Rfc2217Wire wire = new Rfc2217Wire(tcp, path, parameters);
    try {
      wire.begin();
      return wire;
    } catch (IOException e) {
      tcp.close();
      throw e;
    }
  }

  private void begin() throws IOException {
    tcp.write(options.offers());
    await(ANSWER, () -> options.comPort() != null);
    if (!settable()) {
      LOG.warn(
          "{}: the serial server does not let its port be set (RFC 2217), so it must be set there:"
              + " baud rate, data bits, parity, stop bits",
          path);
      return;
    }
    tcp.write(port.settings());
    if (!await(ANSWER, port::isAnswered)) {
      LOG.warn("{}: the serial server does not say whether it has set its port", path);
    } else if (!port.others().isEmpty()) {
      LOG.warn("{}: the serial server has set its port otherwise: {}", path, port.others());
    }
    arrived.reset(); // With other settings, perhaps.
  }

  private boolean settable() {
    return Boolean.TRUE.equals(options.comPort());
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (!await(SUSPENSION, () -> !port.isSuspended())) {
      throw new IOException(path + ": the serial server takes nothing to send");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 8);
    for (byte each : bytes) {
      out.write(each);
      if ((each & 0xff) == Telnet.IAC) {
        out.write(Telnet.IAC);
      } else if (each == '\r' && !options.sendsBinary()) {
        out.write(0);
      }
    }
    tcp.write(out.toByteArray());
  }

  @Override
  public int read(byte[] into) throws IOException {
    if (arrived.size() == 0) {
      receive();
    }
    byte[] all = arrived.toByteArray();
    int count = Math.min(into.length, all.length);
    System.arraycopy(all, 0, into, 0, count);
    arrived.reset();
    arrived.write(all, count, all.length - count);
    return count;
  }

  @Override
  public void discardInput() throws IOException {
    if (settable()) {
      tcp.write(ComPort.purge());
    }
    while (tcp.hasInput()) {
      receive(); // There are commands in it, too.
    }
    arrived.reset();
  }

  @Override
  public void check() throws IOException {
    tcp.check();
  }

  @Override
  public void close() {
    tcp.close();
  }

  /** Waits for bytes a slice at the longest, and does what the server says. */
  private void receive() throws IOException {
    byte[] raw = new byte[1024];
    byte[] data = new byte[raw.length];
    int count = decoder.decode(raw, tcp.read(raw), data);
    for (byte each : Arrays.copyOf(data, count)) {
      if (!(each == 0 && afterReturn && !options.getsBinary())) {
        arrived.write(each);
      }
      afterReturn = each == '\r';
    }
    if (replies.size() > 0) {
      tcp.write(replies.toByteArray());
      replies.reset();
    }
  }

  private boolean await(Duration patience, BooleanSupplier condition) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      receive();
    }
    return true;
  }
}
