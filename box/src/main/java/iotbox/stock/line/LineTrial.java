package iotbox.stock.line;

import iotbox.stock.serial.AnswerException;
import iotbox.stock.serial.PortLine;
import iotbox.stock.serial.SerialConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Listens for a moment to a port that no driver has, with settings that nobody has kept yet. */
public final class LineTrial {
  private static final Duration LISTENING = Duration.ofSeconds(5);

  /** Drivers may be asked about the port just now, one after the other. */
  private static final Duration BUSY = Duration.ofSeconds(4);

  private static final Duration BUSY_PAUSE = Duration.ofMillis(100);
  private static final int ENOUGH = 5;

  private LineTrial() {}

  /**
   * The lines that come within five seconds, five at the most, and what the settings make of them.
   * The last one may be without an end. Blocks.
   *
   * @throws IOException if the port cannot be opened or is lost, with a sentence for people
   */
  public static List<HeardLine> of(PortLine port, LineSettings settings)
      throws IOException, InterruptedException {
    List<HeardLine> lines = new ArrayList<>();
    try (SerialConnection connection = open(port, settings)) {
      long deadline = System.nanoTime() + LISTENING.toNanos();
      while (lines.size() < ENOUGH && System.nanoTime() - deadline < 0) {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        Duration patience = left;
        if (settings.asks()) {
          connection.write(settings.request());
          Duration answer = settings.serial().answerTimeout();
          patience = answer.compareTo(left) < 0 ? answer : left;
        }
        lines.addAll(next(connection, settings, patience));
        if (settings.asks() && lines.size() < ENOUGH) {
          Duration pause = settings.interval();
          Thread.sleep(Math.min(pause.toMillis(), Math.max(0, left.toMillis())));
        }
      }
      addRest(lines, connection);
    }
    return lines;
  }

  private static List<HeardLine> next(
      SerialConnection connection, LineSettings settings, Duration patience)
      throws IOException, InterruptedException {
    try {
      return List.of(HeardLine.of(settings, connection.readUntil(settings.end(), patience)));
    } catch (AnswerException e) {
      return List.of();
    }
  }

  /** What has come without an end: the wrong end, or the wrong speed. */
  private static void addRest(List<HeardLine> lines, SerialConnection connection) {
    byte[] rest = connection.begun();
    if (rest.length > 0 && lines.size() < ENOUGH) {
      lines.add(
          new HeardLine(rest, null, "", false, "This has come, and not the end of the line."));
    }
  }

  private static SerialConnection open(PortLine port, LineSettings settings)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + BUSY.toNanos();
    while (true) {
      try {
        return SerialConnection.open(port.path(), settings.serial(), LISTENING.multipliedBy(2));
      } catch (IOException e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
        Thread.sleep(BUSY_PAUSE.toMillis());
      }
    }
  }
}
