package iotbox.stock.printer.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A real mDNS responder (Avahi, with a D-Bus of its own) that speaks on the loopback only. Programs
 * that announce themselves do so there, and nobody else hears of it.
 */
public final class LoopbackNetwork implements AutoCloseable {
  private static final Path RUNNING = Path.of("/run/avahi-daemon/pid");

  /** Held while Avahi runs: there is one on a machine, and test classes run beside each other. */
  private static final Path TURN = Path.of(System.getProperty("java.io.tmpdir"), "iotbox-avahi");

  private final FileChannel turn;
  private final Daemon bus;
  private final Daemon avahi;
  private final Map<String, String> environment;

  private LoopbackNetwork(
      FileChannel turn, Daemon bus, Daemon avahi, Map<String, String> environment) {
    this.turn = turn;
    this.bus = bus;
    this.avahi = avahi;
    this.environment = environment;
  }

  /**
   * Starts it, when other tests need theirs no more. Tests that need it are skipped where that is
   * impossible: Avahi starts for root only, and once on a machine.
   */
  public static LoopbackNetwork start(Path folder) {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "this is not root");
    FileChannel turn = awaitTurn();
    try {
      Assumptions.assumeTrue(!Files.exists(RUNNING), "another Avahi is running");
      return start(folder, turn);
    } catch (RuntimeException | AssertionError e) {
      end(turn);
      throw e;
    }
  }

  private static FileChannel awaitTurn() {
    try {
      FileChannel turn =
          FileChannel.open(TURN, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      turn.lock();
      return turn;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(FileChannel turn) {
    try {
      turn.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LoopbackNetwork start(Path folder, FileChannel turn) {
    try {
      Path socket = folder.resolve("bus");
      Path configuration =
          Files.writeString(
              folder.resolve("dbus.conf"),
              """
              <busconfig><type>system</type><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
              <policy context="default"><allow send_destination="*" eavesdrop="true"/>
              <allow eavesdrop="true"/><allow own="*"/><allow user="*"/></policy></busconfig>
              """
                  .formatted(socket));
      Path avahiConfiguration =
          Files.writeString(
              folder.resolve("avahi.conf"),
              """
              [server]
              host-name=iotbox-test
              use-ipv6=no
              allow-interfaces=lo
              [wide-area]
              enable-wide-area=no
              [publish]
              publish-workstation=no
              """);
      Map<String, String> environment =
          Map.of("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + socket, "HOME", folder.toString());
      Daemon bus =
          Daemon.start(
              folder,
              environment,
              List.of("dbus-daemon", "--config-file=" + configuration, "--nofork"));
      try {
        bus.await(() -> Files.exists(socket));
        Daemon avahi =
            Daemon.start(
                folder,
                environment,
                List.of(
                    "avahi-daemon",
                    "-f",
                    avahiConfiguration.toString(),
                    "--no-drop-root",
                    "--no-chroot",
                    "--no-rlimits"));
        LoopbackNetwork network = new LoopbackNetwork(turn, bus, avahi, environment);
        avahi.await(() -> avahi.output().contains("Server startup complete"));
        return network;
      } catch (RuntimeException | AssertionError e) {
        bus.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, String> environment() {
    return environment;
  }

  @Override
  public void close() {
    avahi.close();
    bus.close();
    end(turn);
  }
}
