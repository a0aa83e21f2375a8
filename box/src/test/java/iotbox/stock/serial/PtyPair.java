package iotbox.stock.serial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A serial line without a wire: two pseudo terminals that socat joins. Needs socat installed. */
public final class PtyPair implements AutoCloseable {
  private final Path box;
  private final Path device;
  private Process socat;

  /** Joins two terminals under these names in the folder. */
  public PtyPair(Path folder) throws IOException {
    box = folder.resolve("ttyBox");
    device = folder.resolve("ttyDevice");
    plug();
  }

  /** The end that the box opens. */
  public String box() {
    return box.toString();
  }

  /** The end that an emulator opens. */
  public String device() {
    return device.toString();
  }

  /** Joins them, again after {@link #unplug}. */
  public void plug() throws IOException {
    try {
      socat = new ProcessBuilder("socat", end(box), end(device)).inheritIO().start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "This test needs socat for its serial line: apt-get install socat", e);
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!(Files.exists(box) && Files.exists(device))) {
      if (!socat.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException("socat made no terminals: is there a /dev/pts?");
      }
      Thread.onSpinWait();
    }
  }

  /** Pulls the plug: both ends are gone, whoever reads them is told. */
  public void unplug() throws IOException {
    socat.destroy();
    try {
      if (!socat.waitFor(2, TimeUnit.SECONDS)) {
        // Now and then it turns in circles and hears nothing; in the system even, until whoever has
        // the terminals open has closed them, which may be who waits here.
        socat.destroyForcibly().waitFor(2, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      socat.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(box);
    Files.deleteIfExists(device);
  }

  @Override
  public void close() throws IOException {
    unplug();
  }

  private static String end(Path link) {
    return "pty,raw,echo=0,link=" + link;
  }
}
