package iotbox.stock.printer.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real CUPS with folders and a port of its own, which everybody on the loopback may manage. */
public final class PrivateCups implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("/usr/lib/cups");

  private final Path folder;
  private final int port;
  private Daemon daemon;

  private PrivateCups(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts it; it has no queues. */
  public static PrivateCups start(Path folder) {
    PrivateCups cups = new PrivateCups(folder, Daemon.freePort());
    try {
      cups.configure();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cups.start();
    return cups;
  }

  private void configure() throws IOException {
    for (String each :
        List.of("root", "spool", "cache", "state", "log", "bin/backend", "bin/daemon")) {
      Files.createDirectories(folder.resolve(each));
    }
    for (String program : List.of("backend/ipp", "daemon/cups-exec")) {
      Files.copy(
          PROGRAMS.resolve(program),
          folder.resolve("bin").resolve(program),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    // The package with the daemon alone has a backend for IPP only.
    Path socket =
        Files.writeString(
            folder.resolve("bin/backend/socket"),
            """
            #!/bin/sh
            [ $# -gt 0 ] || exit 0
            address=${DEVICE_URI#socket://}
            exec socat -u - "TCP:${address%%/*}" <"${6:-/dev/stdin}"
            """);
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(
        folder.resolve("cupsd.conf"),
        """
        Listen 127.0.0.1:%d
        DefaultAuthType None
        Browsing No
        WebInterface No
        <Location />
        Order allow,deny
        Allow all
        </Location>
        <Location /admin>
        Order allow,deny
        Allow all
        </Location>
        <Policy default>
        <Limit All>
        Order allow,deny
        Allow all
        </Limit>
        </Policy>
        """
            .formatted(port));
    Files.writeString(
        folder.resolve("cups-files.conf"),
        """
        ServerRoot %1$s/root
        ServerBin %1$s/bin
        RequestRoot %1$s/spool
        TempDir %1$s/spool
        CacheDir %1$s/cache
        StateDir %1$s/state
        AccessLog %1$s/log/access
        ErrorLog %1$s/log/error
        PageLog %1$s/log/page
        FileDevice Yes
        Sandboxing relaxed
        """
            .formatted(folder));
  }

  /** Starts it again, after {@link #stop()}. */
  public void start() {
    daemon =
        Daemon.start(
                folder,
                Map.of("LC_ALL", "C"),
                List.of(
                    "cupsd",
                    "-f",
                    "-c",
                    folder.resolve("cupsd.conf").toString(),
                    "-s",
                    folder.resolve("cups-files.conf").toString()))
            .await(() -> Daemon.answers(port));
  }

  /** It is gone. */
  public void stop() {
    daemon.close();
  }

  /** Makes a queue that leads there, and changes nothing of what is printed. */
  public URI queue(String name, String device, String... options) {
    List<String> command = new ArrayList<>(List.of("lpadmin", "-p", name, "-v", device, "-E"));
    command.addAll(List.of(options));
    tool(command.toArray(String[]::new));
    return URI.create("ipp://127.0.0.1:" + port + "/printers/" + name);
  }

  /** Runs one of CUPS' own tools with this CUPS. */
  public void tool(String... command) {
    Daemon.run(folder, Map.of("CUPS_SERVER", "127.0.0.1:" + port), List.of(command));
  }

  public int port() {
    return port;
  }

  /** Its log. */
  public String log() {
    try {
      return Files.readString(folder.resolve("log/error"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
