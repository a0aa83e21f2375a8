package iotbox.stock.display;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The desktop on which the box runs, if it runs on one: the first way to its screens that works,
 * and what the last look at them found.
 *
 * <p>{@code last} and {@code way} are written under the lock {@code this}, which is held while a
 * program of the system answers; {@link #screen} takes no lock.
 */
final class Desktop {
  private final List<Screens> ways;
  private volatile Screens way;
  private volatile List<Screen> last = List.of();

  Desktop(List<Screens> ways) {
    this.ways = List.copyOf(ways);
  }

  /**
   * That of this environment. An X server of another machine, as {@code ssh -X} has it, is somebody
   * else's desk: it counts only where a person has {@code asked} for a display.
   */
  static Desktop of(Map<String, String> environment, boolean asked) {
    List<Screens> ways = new ArrayList<>();
    String wayland = environment.get("WAYLAND_DISPLAY");
    if (wayland != null && !wayland.isBlank()) {
      ways.add(new WaylandScreens(wayland));
    }
    String display = environment.get("DISPLAY");
    if (display != null && !display.isBlank() && (asked || display.startsWith(":"))) {
      ways.add(new X11Screens(display));
    }
    return new Desktop(ways);
  }

  /** Whether the box runs on one at all. */
  boolean exists() {
    return !ways.isEmpty();
  }

  /**
   * Looks at the screens.
   *
   * @throws IOException the first reason why that is not possible
   */
  synchronized List<Screen> look() throws IOException, InterruptedException {
    IOException reason = null;
    for (Screens each : way == null ? ways : List.of(way)) {
      try {
        last = each.now();
        way = each;
        return last;
      } catch (IOException e) {
        reason = reason == null ? e : reason;
      }
    }
    way = null;
    last = List.of();
    if (reason != null) {
      throw reason;
    }
    return last;
  }

  /** The screen of this name as the last look found it. */
  Optional<Screen> screen(String name) {
    return last.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** Turns the picture of a screen, and looks at what has become of it. */
  void rotate(String name, Orientation orientation) throws IOException, InterruptedException {
    way().rotate(name, orientation);
    look();
  }

  /** What Chromium is told so that it appears there. */
  List<String> browserOptions(Screen screen) {
    return way().browserOptions(screen);
  }

  /** What Chromium has in its environment, besides what the box has. */
  Map<String, String> environment() {
    return way().environment();
  }

  private Screens way() {
    Screens working = way;
    if (working == null) {
      throw new IllegalStateException("There is no desktop any more on which a screen could be.");
    }
    return working;
  }
}
