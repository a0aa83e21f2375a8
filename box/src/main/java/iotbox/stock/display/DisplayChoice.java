package iotbox.stock.display;

import java.util.Set;

/**
 * Which screens are customers' displays, and on which a page appears without being asked for.
 *
 * @param names those that were named; empty for all
 * @param asked whether a person said so, and did not leave it to the box
 * @param opens whether a page appears without being asked for: never on a screen at which somebody
 *     may be working
 */
public record DisplayChoice(Set<String> names, boolean asked, boolean opens) {
  /** What the X servers of machines without a screen call theirs. */
  private static final String NO_SCREEN = "DUMMY";

  public DisplayChoice {
    names = Set.copyOf(names);
  }

  /** Whether this screen is one. */
  boolean takes(String name) {
    return names.isEmpty() ? !name.contains(NO_SCREEN) : names.contains(name);
  }
}
