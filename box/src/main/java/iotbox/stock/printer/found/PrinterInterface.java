package iotbox.stock.printer.found;

import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Interface;
import iotbox.stock.host.BoxFacts;
import iotbox.stock.place.PlaceMemory;
import iotbox.stock.printer.PrinterPort;
import iotbox.stock.setting.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The printers of this machine and its network: those that a person gave, the queues of the local
 * CUPS, those at USB and those that announce themselves. One printer that is found in several ways
 * is one device; each finder fails alone, and what it saw last is taken to be still there then.
 *
 * <p>Attributes: {@code identifier}; {@code name}; {@code uri}, where its jobs go; {@code
 * device_id}, what it tells of itself (IEEE 1284), if anything; {@code make_and_model}; {@code
 * manufacturer}; {@code kind}, a word of {@link iotbox.stock.printer.PrinterKind}, by its device id
 * (a person's correction of it is the setting {@code kind}); {@code star}, whether it understands
 * Star's raster language instead of Epson's; {@code connection}, {@code direct} or {@code network};
 * {@code found_by}, a list of {@code given cups usb mdns}; {@code plugged_in}, another one each
 * time that it is plugged in or is reached in another way; {@code settings} and {@code facts}, of
 * which the driver keeps and prints some. The native object is the {@link PrinterPort}.
 */
@ConnectionType("printer")
public class PrinterInterface extends Interface {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final List<PrinterFinder> finders;
  private final PrinterNames names;
  private final PrinterPorts ports;
  private final PrinterDevices devices;
  private final Map<PrinterFinder, List<Sighting>> last = new LinkedHashMap<>();
  private final Map<PrinterFinder, String> troubles = new LinkedHashMap<>();

  /**
   * The printers that a person gave, and those that are found.
   *
   * @param names the identifiers that printers had before
   * @param places where printers at USB were plugged in
   * @param settings of printers
   * @param facts what printers print of the box
   */
  public PrinterInterface(
      PrinterSearch search,
      PlaceMemory names,
      PlaceMemory places,
      Settings settings,
      Supplier<BoxFacts> facts) {
    this(search, places, names, settings, facts, new PrinterPorts());
  }

  private PrinterInterface(
      PrinterSearch search,
      PlaceMemory places,
      PlaceMemory names,
      Settings settings,
      Supplier<BoxFacts> facts,
      PrinterPorts ports) {
    this(search.finders(places, ports::client), names, settings, facts, ports);
  }

  PrinterInterface(
      List<PrinterFinder> finders,
      PlaceMemory names,
      Settings settings,
      Supplier<BoxFacts> facts,
      PrinterPorts ports) {
    this.finders = List.copyOf(finders);
    this.names = new PrinterNames(names);
    this.ports = ports;
    this.devices = new PrinterDevices(settings, facts, ports::to);
  }

  @Override
  public Map<String, Device> getDevices() {
    List<Sighting> sightings = new ArrayList<>();
    for (PrinterFinder finder : finders) {
      sightings.addAll(look(finder));
      if (!finder.settled()) {
        // A printer found by the next ones may be one of its own, and have its name.
        break;
      }
    }
    List<List<Sighting>> printers = SamePrinters.among(sightings);
    List<String> identifiers = names.of(printers);
    Map<String, Device> found = new LinkedHashMap<>();
    for (int i = 0; i < printers.size(); i++) {
      found.put(identifiers.get(i), devices.of(identifiers.get(i), printers.get(i)));
    }
    return found;
  }

  /** It is cheap: nobody is waited for, and who has to ask decides by himself how often. */
  @Override
  public Duration loopDelay() {
    return PAUSE;
  }

  @Override
  public void close() {
    finders.forEach(PrinterFinder::close);
    ports.close();
  }

  private List<Sighting> look(PrinterFinder finder) {
    try {
      last.put(finder, finder.look());
      troubles.remove(finder);
    } catch (IOException | RuntimeException e) {
      String trouble = e.toString();
      if (!Objects.equals(troubles.put(finder, trouble), trouble)) {
        log().warn("{} cannot look for printers: {}", finder, trouble);
      }
    }
    return last.getOrDefault(finder, List.of());
  }
}
