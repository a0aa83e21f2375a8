package iotbox.stock.printer.found;

import iotbox.stock.printer.mdns.Announcement;
import iotbox.stock.printer.mdns.MdnsBrowser;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Printers that announce themselves in the network. All services of one printer have the same name
 * (Bonjour Printing Specification), by which they are known to be one.
 */
final class MdnsFinder implements PrinterFinder {
  /** What the box speaks, the best first. */
  static final List<String> TYPES = List.of("_ipp", "_ipps", "_pdl-datastream", "_printer");

  private static final Map<String, String> SCHEMES =
      Map.of("_ipp", "ipp", "_ipps", "ipps", "_pdl-datastream", "socket", "_printer", "lpd");

  /** The queue of a printer that names none (Bonjour Printing Specification). */
  private static final String USUAL_QUEUE = "auto";

  private static final Duration SETTLING = Duration.ofMillis(1_500);

  private final MdnsBrowser browser;
  private final Map<String, Long> seenSince = new HashMap<>();

  MdnsFinder(MdnsBrowser browser) {
    this.browser = browser;
  }

  @Override
  public List<Sighting> look() throws IOException {
    List<Announcement> all = new ArrayList<>(browser.look());
    all.sort(Comparator.comparing(each -> TYPES.indexOf(each.type())));
    Set<String> present = new HashSet<>();
    List<Sighting> seen = new ArrayList<>();
    for (Announcement each : all) {
      present.add(each.name());
      if (each.port() > 0 && settled(each.name())) {
        sighting(each, seen);
      }
    }
    seenSince.keySet().retainAll(present);
    return seen;
  }

  /** Its services come one after the other; which of them is used shall not change at once. */
  private boolean settled(String name) {
    long since = seenSince.computeIfAbsent(name, each -> System.nanoTime());
    return System.nanoTime() - since >= SETTLING.toNanos();
  }

  @Override
  public void close() {
    browser.close();
  }

  @Override
  public String toString() {
    return "mDNS";
  }

  private static void sighting(Announcement service, List<Sighting> seen) {
    try {
      URI uri = uri(service);
      Set<String> marks = new LinkedHashSet<>(Marks.of(uri));
      marks.add(Marks.instance(service.name()));
      marks.addAll(Marks.uuid(service.text("uuid")));
      String type = service.text("ty");
      seen.add(
          new Sighting(
              Way.MDNS,
              service.name().replaceAll("[:/.\\\\ ]", ""),
              service.name(),
              uri,
              id(service),
              type.isEmpty() ? service.text("product").replaceAll("[()]", "") : type,
              false,
              marks,
              ""));
    } catch (URISyntaxException e) {
      // Whoever announces that has no printer that could be reached.
    }
  }

  /** Where it takes jobs. */
  static URI uri(Announcement service) throws URISyntaxException {
    String scheme = SCHEMES.get(service.type());
    String queue = service.text("rp").replaceFirst("^/", "");
    String path =
        switch (scheme) {
          case "socket" -> "";
          case "lpd" -> "/" + (queue.isEmpty() ? USUAL_QUEUE : queue);
          default -> "/" + queue;
        };
    return new URI(scheme, null, service.address(), service.port(), path, null, null);
  }

  private static DeviceId id(Announcement service) {
    String commands = service.text("usb_cmd");
    return DeviceId.of(
        service.text("usb_mfg"),
        service.text("usb_mdl"),
        commands.isEmpty() ? commands(service.text("pdl")) : commands);
  }

  /** What the formats that it takes say of its language, where it does not tell that itself. */
  private static String commands(String formats) {
    String all = formats.toLowerCase(Locale.ROOT);
    return all.contains("escpos") || all.contains("esc-pos")
        ? "ESC/POS"
        : all.contains("zpl") ? "ZPL" : "";
  }
}
