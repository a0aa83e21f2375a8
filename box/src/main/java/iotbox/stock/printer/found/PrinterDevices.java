package iotbox.stock.printer.found;

import iotbox.handler.Device;
import iotbox.stock.host.BoxFacts;
import iotbox.stock.printer.PrinterKind;
import iotbox.stock.printer.PrinterPort;
import iotbox.stock.setting.Settings;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Describes a printer by its sightings, and chooses the way by which its jobs go. */
final class PrinterDevices {
  private final Settings settings;
  private final Supplier<BoxFacts> facts;
  private final Function<URI, PrinterPort> ports;

  /**
   * @param ports make the port for an address; nothing is opened before it is used
   */
  PrinterDevices(Settings settings, Supplier<BoxFacts> facts, Function<URI, PrinterPort> ports) {
    this.settings = settings;
    this.facts = facts;
    this.ports = ports;
  }

  Device of(String identifier, List<Sighting> sightings) {
    DeviceId id =
        first(sightings, Sighting::deviceId, candidate -> !candidate.commands().isEmpty())
            .orElse(
                first(sightings, Sighting::deviceId, candidate -> !candidate.isEmpty())
                    .orElse(DeviceId.NONE));
    Sighting best = best(sightings, corrected(identifier, id.kind()));
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("identifier", identifier);
    attributes.put("name", sightings.get(0).name());
    attributes.put("uri", best.uri().toString());
    if (!id.isEmpty()) {
      attributes.put("device_id", id.text());
    }
    attributes.put(
        "make_and_model",
        first(sightings, Sighting::makeAndModel, text -> !text.isEmpty()).orElse(""));
    attributes.put("manufacturer", id.manufacturer());
    attributes.put("kind", id.kind().subtype());
    attributes.put("star", id.star());
    attributes.put(
        "connection", sightings.stream().anyMatch(Sighting::direct) ? "direct" : "network");
    attributes.put(
        "found_by", sightings.stream().map(sighting -> sighting.way().word()).distinct().toList());
    // What its driver knows from the start: with another one of these it has to begin anew.
    attributes.put("plugged_in", best.uri() + " " + best.pluggedIn() + " " + id.text());
    attributes.put("settings", settings);
    attributes.put("facts", facts);
    return Device.of(attributes, ports.apply(best.uri()));
  }

  /**
   * What a person decided for one printer counts first. For receipts and labels bytes that reach
   * the printer as they are beat a queue in between: only so can the printer be asked whether it
   * has paper, and nothing keeps the first byte waiting. Anything else needs what a spooler knows
   * of papers and formats.
   */
  private static Sighting best(List<Sighting> sightings, PrinterKind kind) {
    Sighting first = sightings.get(0);
    if (first.way() == Way.GIVEN) {
      return first;
    }
    boolean raw = kind != PrinterKind.OFFICE_PRINTER;
    return sightings.stream()
        .filter(each -> each.raw() == raw && !each.last())
        .findFirst()
        .orElse(first);
  }

  private PrinterKind corrected(String identifier, PrinterKind kind) {
    Object corrected = settings.of(identifier).get("kind");
    for (PrinterKind each : PrinterKind.values()) {
      if (each.subtype().equals(corrected)) {
        return each;
      }
    }
    return kind;
  }

  private static <T> Optional<T> first(
      List<Sighting> sightings, Function<Sighting, T> part, Predicate<T> usable) {
    return sightings.stream().map(part).filter(usable).findFirst();
  }
}
