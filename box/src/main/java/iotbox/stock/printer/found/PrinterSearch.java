package iotbox.stock.printer.found;

import iotbox.stock.place.PlaceMemory;
import iotbox.stock.printer.ipp.IppClient;
import iotbox.stock.printer.mdns.MdnsBrowser;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where printers are looked for.
 *
 * @param given those that a person told of
 * @param ways how others are found
 * @param cups as {@link CupsAddress} has it
 */
public record PrinterSearch(List<GivenPrinter> given, Set<Way> ways, URI cups) {
  public PrinterSearch {
    given = List.copyOf(given);
    ways = Set.copyOf(ways);
  }

  /** Nobody is asked while the box itself still starts, which would be the slower for it. */
  private static final class StartPause implements PrinterFinder {
    private boolean over;
    private boolean looked;

    @Override
    public List<Sighting> look() {
      over = looked;
      looked = true;
      return List.of();
    }

    @Override
    public boolean settled() {
      return over;
    }
  }

  /** Those who know best first. */
  List<PrinterFinder> finders(PlaceMemory places, Supplier<IppClient> client) {
    List<PrinterFinder> finders = new ArrayList<>();
    finders.add(new GivenPrinters(given));
    finders.add(new StartPause());
    if (ways.contains(Way.CUPS)) {
      finders.add(new CupsFinder(cups, client));
    }
    if (ways.contains(Way.USB)) {
      finders.add(new UsbFinder(Path.of("/sys/class/usbmisc"), Path.of("/dev/usb"), places));
    }
    if (ways.contains(Way.MDNS)) {
      finders.add(new MdnsFinder(new MdnsBrowser(MdnsFinder.TYPES)));
    }
    return finders;
  }
}
