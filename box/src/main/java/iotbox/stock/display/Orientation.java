package iotbox.stock.display;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the picture is turned, in Odoo's words, which are those of xrandr. */
public enum Orientation {
  NORMAL("normal"),
  INVERTED("180"),
  LEFT("90"),
  RIGHT("270");

  private final String transform;

  Orientation(String transform) {
    this.transform = transform;
  }

  /**
   * The one of this name, in any case.
   *
   * @throws IllegalArgumentException naming those that there are
   */
  public static Orientation of(String name) {
    for (Orientation each : values()) {
      if (each.name().equalsIgnoreCase(name)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "A screen's orientation is one of "
            + Arrays.stream(values()).map(Orientation::word).collect(Collectors.joining(", "))
            + ", not "
            + (name == null ? "nothing" : '"' + name + '"')
            + ".");
  }

  /** Odoo's and xrandr's word. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The same for wlr-randr: degrees counted against the clock. */
  String transform() {
    return transform;
  }
}
