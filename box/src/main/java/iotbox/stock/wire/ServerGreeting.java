package iotbox.stock.wire;

import iotbox.stock.pause.Pause;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a serial server can be reached, without waiting for one that cannot; until it
 * was reached once, and never again after that, since many servers have one connection at a time
 * and that is the driver's. For one thread at a time.
 */
public final class ServerGreeting {
  private static final Logger LOG = LoggerFactory.getLogger(ServerGreeting.class);

  /** What servers in the house need; others are looked at in the next round. */
  private static final Duration ROUND = Duration.ofMillis(200);

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int POLL_MS = 5;

  private final PortAddress address;
  private SocketChannel channel;
  private long begun;
  private final Pause pause = new Pause(Duration.ofSeconds(2), Duration.ofMinutes(1));
  private long next = System.nanoTime();
  private boolean decided;
  private boolean reached;

  public ServerGreeting(PortAddress address) {
    this.address = address;
  }

  /** Goes on with all of them; blocks for a fifth of a second, and while names are looked up. */
  public static void round(Collection<ServerGreeting> servers) throws InterruptedException {
    long deadline = System.nanoTime() + ROUND.toNanos();
    servers.forEach(ServerGreeting::begin);
    while (true) {
      servers.forEach(ServerGreeting::proceed);
      if (servers.stream().allMatch(each -> each.channel == null)
          || System.nanoTime() - deadline > 0) {
        return;
      }
      Thread.sleep(POLL_MS);
    }
  }

  /** Whether it is known if the server can be reached; it stays so. */
  public boolean isDecided() {
    return decided;
  }

  /** Whether the server was reached once. */
  public boolean isReached() {
    return reached;
  }

  /** Gives up what goes on. */
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // It is given up anyway.
      }
      channel = null;
    }
  }

  private void begin() {
    if (reached || channel != null || System.nanoTime() - next < 0) {
      return;
    }
    begun = System.nanoTime();
    try {
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      InetSocketAddress to = new InetSocketAddress(address.host(), address.port());
      if (to.isUnresolved()) {
        throw new IOException("no address is known for " + address.host());
      }
      channel.connect(to);
    } catch (IOException e) {
      failed(e.getMessage());
    }
  }

  private void proceed() {
    if (channel == null) {
      return;
    }
    try {
      if (channel.isConnected() || channel.finishConnect()) {
        close();
        decided = true;
        reached = true;
      } else if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        failed("no answer");
      }
    } catch (IOException e) {
      failed(e.getMessage());
    }
  }

  private void failed(String why) {
    if (!decided) {
      LOG.info(
          "The serial server {}:{} cannot be reached: {}", address.host(), address.port(), why);
    }
    close();
    decided = true;
    next = System.nanoTime() + pause.grow().toNanos();
  }
}
