package iotbox.stock.keyboard.layout;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keyboards by their layouts. Safe for all threads; asking for the first loads libxkbcommon. */
public final class Layouts {
  private static final Logger LOG = LoggerFactory.getLogger(Layouts.class);

  private Layouts() {}

  /**
   * A keyboard of this layout; one of the United States where the library is missing, which the log
   * tells.
   *
   * @throws UnknownLayoutException if this system has no such layout
   */
  public static Keys keys(Layout layout) throws UnknownLayoutException {
    try {
      return XkbKeys.of(layout);
    } catch (LinkageError e) {
      LOG.warn(
          "A keyboard or scanner of the layout {} counts as one of the United States, as"
              + " libxkbcommon cannot be loaded: apt-get install libxkbcommon0 xkb-data, and start"
              + " the box again",
          layout);
      LOG.debug("libxkbcommon", e);
      return new UsKeys();
    }
  }
}
