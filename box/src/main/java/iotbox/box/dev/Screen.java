package iotbox.box.dev;

import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Where the view writes: lines with the time and a word that says what they are about. In colour if
 * there is a terminal, and what comes often no wider than that; plain and whole if not. Safe for
 * all threads, which do not wait for a terminal that is slow.
 */
final class Screen {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final String ESCAPE = "\u001b[";
  private static final String RESET = ESCAPE + "0m";
  private static final int NARROWEST = 40;

  private final Consumer<String> out;
  private final Executor writer;
  private final Look look;

  /** How a line is meant. */
  enum Tone {
    PLAIN(""),
    GOOD("32m"),
    BAD("31m"),
    FAINT("2m");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  /**
   * How it looks there.
   *
   * @param width columns; 0 where lines may be of any length
   */
  record Look(boolean colours, int width) {
    /** As the terminal of this process can have it. */
    static Look of(Map<String, String> environment, boolean terminal) {
      boolean colours =
          terminal
              && environment.getOrDefault("NO_COLOR", "").isEmpty()
              && !environment.getOrDefault("TERM", "dumb").equals("dumb");
      return new Look(colours, terminal ? columns(environment.get("COLUMNS")) : 0);
    }

    private static int columns(String columns) {
      return columns != null && columns.matches("\\d{1,5}")
          ? Math.max(NARROWEST, Integer.parseInt(columns))
          : 0;
    }
  }

  /**
   * @param writer does one thing after the other
   */
  Screen(Consumer<String> out, Executor writer, Look look) {
    this.out = out;
    this.writer = writer;
    this.look = look;
  }

  /** Something happened, and is told as a whole. */
  void happened(Tone tone, String about, String text) {
    write(head(about), tone, text);
  }

  /** As one of many; what does not fit the terminal's width is cut. */
  void passed(Tone tone, String about, String text) {
    String head = head(about);
    int room = look.width() - head.length();
    boolean fits = look.width() == 0 || text.length() <= room;
    write(head, tone, fits ? text : text.substring(0, room - 1) + "…");
  }

  private static String head(String about) {
    String time =
        LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS).format(TIME);
    return time + " " + pad(about) + " ";
  }

  private void write(String head, Tone tone, String text) {
    write(look.colours() ? painted(Tone.FAINT, head) + painted(tone, text) : head + text);
  }

  /** A line that must be whole, such as one that an editor jumps to. */
  void whole(Tone tone, String line) {
    write(look.colours() ? painted(tone, line) : line);
  }

  private static String painted(Tone tone, String text) {
    return tone == Tone.PLAIN ? text : ESCAPE + tone.code + text + RESET;
  }

  private static String pad(String word) {
    return word + " ".repeat(Math.max(0, "reload".length() - word.length()));
  }

  private void write(String line) {
    try {
      writer.execute(() -> out.accept(line));
    } catch (RejectedExecutionException e) {
      // The box ends.
    }
  }
}
