package iotbox.stock.serial;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;

/**
 * An instrument with Sylvac's protocol at the other end of a serial line: it answers {@code ?} and
 * {@code UNI?}, to anything else {@code ERR1}, and has a data button.
 */
final class SylvacEmulator implements AutoCloseable {
  private final RandomAccessFile line;
  private final StringBuilder heard = new StringBuilder();
  private volatile String display = "+000.00";
  private volatile String unit = "MM";
  private volatile boolean echoes;
  private volatile int requests;

  /** Serves the terminal at this path until it is closed or the line is gone. */
  SylvacEmulator(String path) throws IOException {
    line = new RandomAccessFile(path, "rw");
    Thread thread = new Thread(this::serve, "caliper");
    thread.setDaemon(true);
    thread.start();
  }

  /** Moves the slide: what is displayed, or {@code ERR0}; {@code ""} for switched off. */
  void show(String text) {
    display = text;
  }

  /** Shows this unit from now on; {@code ""} if it does not know the question. */
  void unit(String shown) {
    unit = shown;
  }

  /** Repeats what it hears, as half duplex cables do. */
  void echo() {
    echoes = true;
  }

  /** Presses the data button. */
  void press() throws IOException {
    send(display);
  }

  /** How often it was asked for its value. */
  int requests() {
    return requests;
  }

  @Override
  public void close() throws IOException {
    line.close();
  }

  private void serve() {
    try {
      for (int each = line.read(); each >= 0; each = line.read()) {
        if (each != '\r') {
          heard.append((char) each);
          continue;
        }
        String command = heard.toString();
        heard.setLength(0);
        if (echoes) {
          send(command);
        }
        answer(command);
      }
    } catch (IOException e) {
      // The line is gone.
    }
  }

  private void answer(String command) throws IOException {
    if (command.equals("?")) {
      requests++;
      if (!display.isEmpty()) {
        send(display);
      }
    } else if (command.equals("UNI?") && !unit.isEmpty()) {
      send(unit);
    } else {
      send("ERR1");
    }
  }

  private synchronized void send(String text) throws IOException {
    line.write((text + "\r").getBytes(StandardCharsets.US_ASCII));
  }
}
