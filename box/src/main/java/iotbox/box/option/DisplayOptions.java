package iotbox.box.option;

import java.util.List;
import java.util.Set;

/**
 * Which screens are customers' displays.
 *
 * @param said whether a person said so; else it is up to the box
 * @param any whether any screen may be one
 * @param names those that are, as far as they were named; empty for all
 */
public record DisplayOptions(boolean said, boolean any, Set<String> names) {
  private static final String ALL = "all";
  private static final String NONE = "none";

  public DisplayOptions {
    names = Set.copyOf(names);
  }

  static DisplayOptions of(OptionValues values) throws StartupException {
    List<String> given = values.texts(BoxOption.DISPLAY);
    if (given.isEmpty()) {
      return new DisplayOptions(false, true, Set.of());
    }
    if (given.equals(List.of(NONE))) {
      return new DisplayOptions(true, false, Set.of());
    }
    if (given.equals(List.of(ALL))) {
      return new DisplayOptions(true, true, Set.of());
    }
    if (given.contains(NONE) || given.contains(ALL)) {
      throw new StartupException(
          BoxOption.DISPLAY + " needs all or none alone, or names of screens, not all of them.");
    }
    return new DisplayOptions(true, true, Set.copyOf(given));
  }
}
