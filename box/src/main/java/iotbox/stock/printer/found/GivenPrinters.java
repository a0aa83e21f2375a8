package iotbox.stock.printer.found;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The printers that a person told the box of: always there, but for device files, which are there
 * while they exist.
 */
final class GivenPrinters implements PrinterFinder {
  private final List<GivenPrinter> given;

  GivenPrinters(List<GivenPrinter> given) {
    this.given = List.copyOf(given);
  }

  @Override
  public List<Sighting> look() {
    List<Sighting> seen = new ArrayList<>();
    for (GivenPrinter printer : given) {
      boolean file = printer.uri().getScheme().equals("file");
      if (!file || Files.exists(Path.of(printer.uri().getPath()))) {
        seen.add(sighting(printer, file));
      }
    }
    return seen;
  }

  private static Sighting sighting(GivenPrinter printer, boolean file) {
    String uri = printer.uri().toString();
    return new Sighting(
        Way.GIVEN,
        printer.name().isEmpty() ? uri : printer.name(),
        printer.name().isEmpty() ? uri : printer.name(),
        printer.uri(),
        DeviceId.NONE,
        "",
        file,
        Set.copyOf(Marks.of(printer.uri())),
        file ? Marks.pluggedIn(Path.of(printer.uri().getPath())) : "");
  }
}
