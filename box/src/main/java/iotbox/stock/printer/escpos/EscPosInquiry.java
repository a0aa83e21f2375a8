package iotbox.stock.printer.escpos;

import iotbox.stock.printer.raw.Inquiry;
import iotbox.stock.printer.raw.PrinterState;
import iotbox.stock.printer.raw.RawLine;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a printer by {@code DLE EOT}, which it answers at once whatever it does, and by {@code GS
 * r}, which it answers when it has done all that was sent before. Many printers answer neither.
 */
public final class EscPosInquiry implements Inquiry {
  /** Slow ones in a wireless network, too; one that never answers costs this once. */
  private static final Duration ANSWER = Duration.ofSeconds(1);

  private static final Duration ANSWER_OF_KNOWN = Duration.ofSeconds(2);
  private static final Duration GLANCE = Duration.ofMillis(500);
  private static final Duration WRITE = Duration.ofSeconds(2);

  /** Slow printers with needles need so long for a long receipt. */
  private static final Duration PRINTED = Duration.ofMinutes(3);

  /** Printers are offline for a moment while they feed or cut. */
  private static final Duration MOMENT = Duration.ofSeconds(5);

  // What DLE EOT n asks for.
  private static final int PRINTER = 1;
  private static final int OFFLINE_CAUSE = 2;
  private static final int PAPER = 4;

  private static final int NOTHING = -1;

  private final Duration moment;

  /** Whether it has answered DLE EOT, or has not; null before it was asked. */
  private Boolean answers;

  /** Whether it answers GS r; null before it was asked. */
  private Boolean marks;

  /** Whether the answer to GS r has come. */
  private boolean reached;

  public EscPosInquiry() {
    this(MOMENT);
  }

  EscPosInquiry(Duration moment) {
    this.moment = moment;
  }

  @Override
  public Optional<PrinterState> ask(RawLine line) throws IOException, InterruptedException {
    if (Boolean.FALSE.equals(answers) || !line.answers()) {
      return Optional.empty();
    }
    drain(line);
    Optional<PrinterState> state = question(line);
    if (answers == null) {
      answers = state.isPresent();
    }
    if (marks == null && state.filter(PrinterState::able).isPresent()) {
      reached = false;
      mark(line);
      marks = awaitMark(line, ANSWER);
    }
    return state;
  }

  @Override
  public Optional<PrinterState> awaitPrinted(RawLine line)
      throws IOException, InterruptedException {
    if (!Boolean.TRUE.equals(answers)) {
      return Optional.empty();
    }
    if (!Boolean.TRUE.equals(marks)) {
      return question(line);
    }
    reached = false;
    mark(line);
    long begun = System.nanoTime();
    long online = begun;
    while (!awaitMark(line, GLANCE)) {
      Optional<PrinterState> state = question(line);
      long now = System.nanoTime();
      if (state.filter(PrinterState::online).isPresent()) {
        online = now;
      }
      boolean reason = state.filter(PrinterState::hasReason).isPresent();
      boolean stuck = now - online > moment.toNanos() || now - begun > PRINTED.toNanos();
      if (!reached && (reason || stuck)) {
        return Optional.of(state.orElse(new PrinterState(false, false, false, false, false)));
      }
      if (reached) {
        break;
      }
    }
    return question(line);
  }

  private static void mark(RawLine line) throws IOException, InterruptedException {
    write(line, 0x1D, 'r', 1);
  }

  private boolean awaitMark(RawLine line, Duration patience)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!reached) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      answer(line, Duration.ofNanos(left));
    }
    return true;
  }

  private Optional<PrinterState> question(RawLine line) throws IOException, InterruptedException {
    int printer = question(line, PRINTER);
    if (printer == NOTHING) {
      return Optional.empty();
    }
    boolean online = (printer & 0x08) == 0;
    int cause = online ? 0 : Math.max(0, question(line, OFFLINE_CAUSE));
    int paper = Math.max(0, question(line, PAPER));
    return Optional.of(
        new PrinterState(
            online,
            (cause & 0x04) != 0,
            (cause & 0x20) != 0 || (paper & 0x60) != 0,
            (paper & 0x0C) != 0,
            (cause & 0x40) != 0));
  }

  /** The answer to {@code DLE EOT n}, or {@link #NOTHING}. */
  private int question(RawLine line, int what) throws IOException, InterruptedException {
    write(line, 0x10, 0x04, what);
    Duration patience = Boolean.TRUE.equals(answers) ? ANSWER_OF_KNOWN : ANSWER;
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return NOTHING;
      }
      int answer = answer(line, Duration.ofNanos(left));
      if (answer != NOTHING) {
        return answer;
      }
    }
  }

  /**
   * Reads one message of the printer, which fixed bits tell apart: the answer to DLE EOT is given
   * back, that to GS r noted, what the printer reports by itself left out.
   */
  private int answer(RawLine line, Duration patience) throws IOException, InterruptedException {
    int first = line.read(patience);
    if (first == NOTHING) {
      return NOTHING;
    }
    if ((first & 0x93) == 0x12) {
      return first;
    }
    if ((first & 0x93) == 0x10) {
      for (int i = 0; i < 3; i++) {
        line.read(ANSWER);
      }
    } else if ((first & 0x90) == 0) {
      reached = true;
    }
    return NOTHING;
  }

  /** What comes too late must not answer what is asked now. */
  private static void drain(RawLine line) throws IOException, InterruptedException {
    while (line.read(Duration.ZERO) != NOTHING) {
      Thread.onSpinWait();
    }
  }

  private static void write(RawLine line, int... bytes) throws IOException, InterruptedException {
    byte[] command = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      command[i] = (byte) bytes[i];
    }
    line.write(command, 0, command.length, WRITE);
  }
}
