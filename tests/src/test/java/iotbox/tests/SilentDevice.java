package iotbox.tests;

import java.io.FileInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A device at the other end of a serial line that hears everything and says nothing. */
final class SilentDevice implements AutoCloseable {
  /** What the Toledo driver's probe begins with; the driver itself never sends it. */
  private static final char PROBE = 'E';

  private final FileInputStream line;
  private final List<Instant> probes = new ArrayList<>(); // Guarded by itself, as is heard.
  private final StringBuilder heard = new StringBuilder();

  SilentDevice(String path) throws IOException {
    line = new FileInputStream(path);
    Thread thread = new Thread(this::listen, "silent device");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    try {
      for (int next = line.read(); next >= 0; next = line.read()) {
        synchronized (probes) {
          heard.append((char) next);
          if (next == PROBE) {
            probes.add(Instant.now());
          }
        }
      }
    } catch (IOException e) {
      // The line is gone.
    }
  }

  /** When it was asked whether it is a scale. */
  List<Instant> probes() {
    synchronized (probes) {
      return List.copyOf(probes);
    }
  }

  boolean hasHeard(char sign) {
    synchronized (probes) {
      return heard.indexOf(String.valueOf(sign)) >= 0;
    }
  }

  boolean hasHeardAnything() {
    synchronized (probes) {
      return !heard.isEmpty();
    }
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
