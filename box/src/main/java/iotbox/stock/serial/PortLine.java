package iotbox.stock.serial;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The native object of a serial port: what a person said about the lines that come from it, and the
 * last ones that came. Stays the same as long as the box runs. Safe for all threads.
 */
public final class PortLine {
  private static final int REMEMBERED = 20;

  private final String path;
  private final boolean fixed;
  private final Supplier<Map<String, Object>> settings;
  private final Deque<byte[]> heard = new ArrayDeque<>();

  /**
   * @param path what to open
   * @param fixed whether what was said stays the same as long as the box runs
   * @param settings gives what a person said by now; nothing if nobody did
   */
  public PortLine(String path, boolean fixed, Supplier<Map<String, Object>> settings) {
    this.path = path;
    this.fixed = fixed;
    this.settings = settings;
  }

  /** What to open. */
  public String path() {
    return path;
  }

  /** Whether an option says how the lines are read, so that nobody can say otherwise. */
  public boolean isFixed() {
    return fixed;
  }

  /** What a person said by now, of JSON's types; empty if nobody did. */
  public Map<String, Object> settings() {
    return settings.get();
  }

  /** Remembers a line for whoever wants to see what comes. */
  public synchronized void heard(byte[] line) {
    heard.add(line.clone());
    if (heard.size() > REMEMBERED) {
      heard.remove();
    }
  }

  /** The last lines that were heard, the latest last. */
  public synchronized List<byte[]> lastHeard() {
    return heard.stream().map(byte[]::clone).toList();
  }
}
