package iotbox.testkit;

import iotbox.box.simulation.LineScript;
import iotbox.box.simulation.LineScriptException;
import iotbox.box.simulation.PlayedDevice;
import iotbox.box.simulation.Talk;
import iotbox.handler.Device;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A line at whose other end a script plays the device; {@link HandlerKit#serialLine} and {@link
 * HandlerKit#networkLine} make them. What it does {@code every} so often goes by {@link
 * HandlerKit#advance}; {@code wait} takes its time, since drivers wait for answers in real time.
 * Safe for all threads.
 */
public final class KitLine {
  private static final int SHOWN = 12;
  private static final int GLANCE_MILLIS = 10;

  private final String connectionType;
  private final Map<String, Object> attributes;
  private final PlayedDevice played;
  private final Closeable line;
  private final Duration patience;
  private final List<Talk> talks = new ArrayList<>(); // Guarded by itself.

  KitLine(
      String connectionType,
      Map<String, Object> attributes,
      PlayedDevice played,
      Closeable line,
      Duration patience) {
    this.connectionType = connectionType;
    this.attributes = Map.copyOf(attributes);
    this.played = played;
    this.line = line;
    this.patience = patience;
    played.onTalk(this::note);
  }

  private void note(Talk talk) {
    synchronized (talks) {
      talks.add(talk);
      talks.notifyAll();
    }
  }

  /** {@code serial}, or {@code null} where that is the module's business. */
  String connectionType() {
    return connectionType;
  }

  /**
   * The device as an interface would list it: with {@code path} at a serial line, {@code host} and
   * {@code port} in the network.
   */
  public Device device() {
    return Device.of(attributes);
  }

  /** The same with more attributes. */
  public Device device(Map<String, ?> more) {
    Map<String, Object> all = new LinkedHashMap<>(attributes);
    all.putAll(more);
    return Device.of(all);
  }

  /** What a driver opens, such as {@code /dev/pts/7}; {@code host:port} in the network. */
  public String path() {
    return attributes.containsKey("path")
        ? attributes.get("path").toString()
        : attributes.get("host") + ":" + attributes.get("port");
  }

  /** What the driver has sent, the latest last, one character for each byte. */
  public List<String> heard() {
    return played.heard();
  }

  /**
   * Waits until the driver has sent this, as a whole and now or before.
   *
   * @throws AssertionError if it does not; tells what it sent instead
   */
  public void awaitHeard(String text) {
    await(
        "heard \"" + new Talk(Talk.Kind.EXPECTED, text).readable() + "\"", all -> said(all, text));
  }

  /** Waits until the driver has sent so many things in all. */
  public void awaitHeard(int count) {
    await(
        "heard " + count + " things",
        all -> all.stream().filter(KitLine::isHeard).count() >= count);
  }

  private static boolean said(List<Talk> all, String text) {
    return all.stream().anyMatch(talk -> isHeard(talk) && talk.text().equals(text));
  }

  private static boolean isHeard(Talk talk) {
    return talk.kind() != Talk.Kind.SAID;
  }

  /**
   * Waits until the driver has sent nothing for so long.
   *
   * @throws AssertionError if it goes on sending
   */
  public void awaitSilence(Duration length) {
    long[] heard = {count()};
    long[] since = {System.nanoTime()};
    await(
        "was silent for " + length.toMillis() + " ms",
        all -> {
          if (count() != heard[0]) {
            heard[0] = count();
            since[0] = System.nanoTime();
          }
          return System.nanoTime() - since[0] >= length.toNanos();
        });
  }

  private long count() {
    synchronized (talks) {
      return talks.stream().filter(KitLine::isHeard).count();
    }
  }

  private void await(String what, Predicate<List<Talk>> fits) {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (talks) {
      while (!fits.test(talks)) {
        if (System.nanoTime() - deadline >= 0) {
          throw new AssertionError(
              "The line never " + what + " (waited " + patience.toSeconds() + " s)\n" + told());
        }
        try {
          talks.wait(GLANCE_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError("Interrupted", e);
        }
      }
    }
  }

  /**
   * Gives a variable of the script other values, which are taken in turn: another weight on the
   * scale.
   */
  public void set(String variable, String... values) {
    played.set(variable, values);
  }

  /**
   * Plays another script from now on.
   *
   * @throws AssertionError if the script has faults; tells them with line and column
   */
  public void play(String script) {
    played.play(parsed(script));
  }

  static LineScript parsed(String script) {
    try {
      return LineScript.parse("script", script);
    } catch (LineScriptException e) {
      throw new AssertionError(e.getMessage());
    }
  }

  /** Pulls the plug: whoever has the line open is told, and nobody can open it any more. */
  public void pull() {
    try {
      line.close();
    } catch (IOException e) {
      throw new AssertionError("The line cannot be closed", e);
    }
  }

  /** What went over it last, for messages. */
  String told() {
    synchronized (talks) {
      StringBuilder told = new StringBuilder("  over the line " + path() + " went:");
      if (talks.isEmpty()) {
        told.append(" nothing");
      }
      int from = Math.max(0, talks.size() - SHOWN);
      if (from > 0) {
        told.append("\n    (").append(from).append(" before)");
      }
      for (Talk talk : talks.subList(from, talks.size())) {
        told.append("\n    ")
            .append(
                switch (talk.kind()) {
                  case SAID -> "device: \"";
                  case EXPECTED -> "driver: \"";
                  case UNEXPECTED -> "driver, not expected: \"";
                })
            .append(talk.readable())
            .append('"');
      }
      return told.toString();
    }
  }
}
