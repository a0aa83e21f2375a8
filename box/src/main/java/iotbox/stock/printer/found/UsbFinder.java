package iotbox.stock.printer.found;

import iotbox.stock.place.PlaceMemory;
import iotbox.stock.place.PlaceNames;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Printers at USB, as Linux' driver for their class ({@code usblp}) describes them: a device file
 * each, and what the printer tells of itself. They have the identifiers that Odoo's own box gives
 * them, and keep them when they are plugged in again; twins by the place where that is.
 */
final class UsbFinder implements PrinterFinder {
  private final Path described;
  private final Path files;
  private final PlaceNames names;

  /**
   * Finds them.
   *
   * @param described {@code /sys/class/usbmisc}; need not exist
   * @param files {@code /dev/usb}
   */
  UsbFinder(Path described, Path files, PlaceMemory places) {
    this.described = described;
    this.files = files;
    this.names = new PlaceNames(places);
  }

  /** What Linux says of one of them. */
  private record Plugged(
      Path file,
      String place,
      DeviceId id,
      String maker,
      String product,
      String serial,
      String time) {
    /** Odoo's name for it: that of CUPS' address without what makes it an address. */
    String identifier() {
      String serialNumber = serial.isEmpty() ? "" : "?" + serial;
      return ("usb" + maker + product + serialNumber).replaceAll("[:/.\\\\ ]", "");
    }

    Sighting sighting(String identifier) {
      Set<String> marks = new LinkedHashSet<>();
      marks.add(Marks.file(file));
      for (String number : List.of(serial, id.serialNumber())) {
        if (!number.isEmpty()) {
          marks.add(Marks.serial(number));
        }
      }
      marks.add(Marks.model(maker, product));
      marks.add(Marks.model(id.manufacturer(), id.model()));
      String name = (maker + " " + product).strip();
      return new Sighting(
          Way.USB,
          identifier,
          name.isEmpty() ? identifier : name,
          URI.create("file:" + file.toUri().getRawPath()),
          id,
          name,
          true,
          marks,
          time);
    }
  }

  @Override
  public List<Sighting> look() throws IOException {
    List<Plugged> plugged = plugged();
    List<String> identifiers =
        names.of(
            plugged.stream()
                .map(
                    each -> new PlaceNames.Plugged(each.identifier(), each.place(), numbered(each)))
                .toList());
    List<Sighting> seen = new ArrayList<>();
    for (int i = 0; i < identifiers.size(); i++) {
      seen.add(plugged.get(i).sighting(identifiers.get(i)));
    }
    return seen;
  }

  private static java.util.function.IntFunction<String> numbered(Plugged each) {
    return i -> i == 0 ? each.identifier() : each.identifier() + "_" + (i + 1);
  }

  @Override
  public String toString() {
    return "USB";
  }

  private List<Plugged> plugged() throws IOException {
    List<Plugged> plugged = new ArrayList<>();
    if (!Files.isDirectory(described)) {
      return plugged; // No such printer has been here since Linux started, or this is none.
    }
    try (DirectoryStream<Path> printers = Files.newDirectoryStream(described, "lp*")) {
      for (Path printer : printers) {
        Path file = files.resolve(printer.getFileName().toString());
        if (Files.exists(file)) {
          add(printer, file, plugged);
        }
      }
    }
    plugged.sort(Comparator.comparing(Plugged::place));
    return plugged;
  }

  private static void add(Path printer, Path file, List<Plugged> plugged) {
    try {
      Path function = printer.resolve("device").toRealPath();
      Path device = function.getParent();
      DeviceId id = DeviceId.of(read(function.resolve("ieee1284_id")));
      String maker = read(device.resolve("manufacturer"));
      String product = read(device.resolve("product"));
      plugged.add(
          new Plugged(
              file,
              function.getFileName().toString(),
              id,
              maker.isEmpty() ? id.manufacturer() : maker,
              product.isEmpty() ? id.model() : product,
              read(device.resolve("serial")),
              read(device.resolve("busnum")) + "-" + read(device.resolve("devnum"))));
    } catch (IOException e) {
      // Pulled out just now.
    }
  }

  private static String read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return ""; // Not every printer tells everything.
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
  }
}
