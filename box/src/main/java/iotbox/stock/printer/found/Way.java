package iotbox.stock.printer.found;

import java.util.Locale;

/** How a printer was found; the first of them knows best what a person wants. */
public enum Way {
  /** Told by {@code --printer}. */
  GIVEN,
  /** A queue of the local CUPS. */
  CUPS,
  /** Plugged in. */
  USB,
  /** It announces itself in the network. */
  MDNS;

  /** As it is written in options and attributes, such as {@code cups}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
