package iotbox.box.option;

import iotbox.stock.printer.found.GivenPrinter;
import iotbox.stock.printer.found.Way;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Where printers are.
 *
 * @param given those that are offered besides the found ones
 * @param ways how others are found
 */
public record PrinterOptions(List<GivenPrinter> given, Set<Way> ways) {
  private static final String NOWHERE = "none";

  public PrinterOptions {
    given = List.copyOf(given);
    ways = Set.copyOf(ways);
  }

  static PrinterOptions of(OptionValues values) throws StartupException {
    return new PrinterOptions(
        given(values.texts(BoxOption.PRINTER)), ways(values.texts(BoxOption.FIND_PRINTERS)));
  }

  private static List<GivenPrinter> given(List<String> texts) throws StartupException {
    List<GivenPrinter> given = new ArrayList<>();
    for (String text : texts) {
      try {
        given.add(GivenPrinter.parse(text));
      } catch (IllegalArgumentException e) {
        throw new StartupException(
            BoxOption.PRINTER
                + " needs an address such as "
                + GivenPrinter.EXAMPLES
                + ", not "
                + OptionValues.quoted(text)
                + ": "
                + e.getMessage()
                + ".");
      }
    }
    return given;
  }

  private static Set<Way> ways(List<String> words) throws StartupException {
    Set<Way> all = EnumSet.complementOf(EnumSet.of(Way.GIVEN));
    if (words.isEmpty() || words.equals(List.of(NOWHERE))) {
      return words.isEmpty() ? all : Set.of();
    }
    Set<Way> ways = EnumSet.noneOf(Way.class);
    for (String word : words) {
      ways.add(
          all.stream()
              .filter(way -> way.word().equals(word.strip()))
              .findFirst()
              .orElseThrow(() -> unknown(word)));
    }
    return ways;
  }

  private static StartupException unknown(String word) {
    return new StartupException(
        BoxOption.FIND_PRINTERS
            + " needs some of cups, usb and mdns, or none alone, not "
            + OptionValues.quoted(word)
            + ".");
  }
}
