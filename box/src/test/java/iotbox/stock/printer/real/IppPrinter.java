package iotbox.stock.printer.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real IPP printer without paper: CUPS' {@code ippeveprinter}. It keeps what it gets. */
public final class IppPrinter implements AutoCloseable {
  private final Daemon daemon;
  private final int port;
  private final Path spool;

  private IppPrinter(Daemon daemon, int port, Path spool) {
    this.daemon = daemon;
    this.port = port;
    this.spool = spool;
  }

  /**
   * Switches it on.
   *
   * @param options of the program, such as {@code -c command}
   */
  public static IppPrinter start(
      LoopbackNetwork network, Path folder, String name, String... options) {
    try {
      int port = Daemon.freePort();
      Path spool = Files.createTempDirectory(folder, "spool");
      List<String> command =
          new ArrayList<>(List.of("ippeveprinter", "-p", String.valueOf(port), "-n", "localhost"));
      command.addAll(List.of("-K", spool.toString(), "-k", "-v", "-d", spool.toString()));
      command.addAll(List.of(options));
      command.add(name);
      Daemon daemon = Daemon.start(folder, network.environment(), command);
      return new IppPrinter(daemon.await(() -> Daemon.answers(port)), port, spool);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  public URI uri() {
    return URI.create("ipp://localhost:" + port + "/ipp/print");
  }

  /** The same, encrypted. */
  public URI encrypted() {
    return URI.create("ipps://localhost:" + port + "/ipp/print");
  }

  /** The documents that it got. */
  public List<Path> documents() {
    try (Stream<Path> files = Files.walk(spool)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*\\.(crt|key|conf|out)"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it printed about itself. */
  public String log() {
    return daemon.output();
  }

  @Override
  public void close() {
    daemon.close();
  }
}
