package iotbox.box;

import iotbox.box.option.BoxOptions;
import iotbox.box.option.InputOptions;
import iotbox.loader.BuiltinHandlers;
import iotbox.loader.VisibleClasses;
import iotbox.stock.barcode.SerialScannerDriver;
import iotbox.stock.display.DisplayDriver;
import iotbox.stock.display.DisplayInterface;
import iotbox.stock.host.BoxFacts;
import iotbox.stock.input.InputDevices;
import iotbox.stock.input.InputInterface;
import iotbox.stock.input.Inputs;
import iotbox.stock.keyboard.InputKeyboardDriver;
import iotbox.stock.keyboard.KeyboardDriver;
import iotbox.stock.line.LineDriver;
import iotbox.stock.printer.PrinterDriver;
import iotbox.stock.printer.found.CupsAddress;
import iotbox.stock.printer.found.PrinterInterface;
import iotbox.stock.printer.found.PrinterSearch;
import iotbox.stock.serial.PortLines;
import iotbox.stock.serial.SerialInterface;
import iotbox.stock.serial.SerialServerInterface;
import iotbox.stock.serial.SylvacDriver;
import iotbox.stock.serial.Toledo8217Driver;
import iotbox.stock.usb.UsbInterface;
import iotbox.stock.wire.PortAddress;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The handlers that ship with the box, and what of the box handlers may use. */
public final class StockHandlers {
  /** Besides the JDK, the handler API and slf4j; the authors' guide lists them. */
  private static final List<String> OPEN_TO_HANDLERS =
      List.of(
          "iotbox.stock",
          "com.fazecast.jSerialComm",
          "org.usb4java",
          "okhttp3",
          "okio",
          "kotlin",
          "com.fasterxml.jackson");

  private StockHandlers() {}

  /**
   * What the stock handlers get from the box: each is told only what it needs.
   *
   * @param lines what people say about the lines of serial ports
   * @param played serial ports that are played just now, besides those of the options
   * @param facts what devices that show something tell of the box
   * @param displays what displays get
   * @param attended whether people work at this machine, as far as is known by now
   */
  record Means(
      BoxOptions options,
      PlacesFile places,
      SettingsFile settings,
      PortLines lines,
      Supplier<List<String>> played,
      Supplier<BoxFacts> facts,
      Displays displays,
      BooleanSupplier attended) {}

  /** Those of this box. */
  static BuiltinHandlers of(Means means) {
    Inputs inputs = inputs(means);
    BuiltinHandlers.Builder handlers =
        BuiltinHandlers.builder()
            .anInterface(SerialInterface.class, () -> serialPorts(means))
            .anInterface(
                UsbInterface.class, () -> new UsbInterface(means.places().of("usb"), inputs))
            .anInterface(PrinterInterface.class, () -> printers(means))
            .anInterface(DisplayInterface.class, () -> displays(means))
            .driver(PrinterDriver.class)
            .driver(Toledo8217Driver.class)
            .driver(SylvacDriver.class)
            .driver(LineDriver.class)
            .driver(DisplayDriver.class)
            .driver(SerialScannerDriver.class)
            .driver(KeyboardDriver.class)
            .driver(InputKeyboardDriver.class);
    if (!means.options().inputs().isNone()) {
      handlers.anInterface(InputInterface.class, () -> new InputInterface(inputs));
    }
    List<String> servers = given(means, true);
    if (!servers.isEmpty()) {
      handlers.anInterface(
          SerialServerInterface.class, () -> new SerialServerInterface(servers, means.lines()));
    }
    return handlers.build();
  }

  private static SerialInterface serialPorts(Means means) {
    return new SerialInterface(
        () -> joined(given(means, false), means.played().get()),
        means.places().of("serial"),
        means.lines());
  }

  /** The ports of {@code --serial-port}: those in the network, or the others. */
  private static List<String> given(Means means, boolean inNetwork) {
    return means.options().detection().serialPorts().stream()
        .filter(port -> PortAddress.isMeant(port) == inNetwork)
        .toList();
  }

  private static PrinterInterface printers(Means means) {
    return new PrinterInterface(
        new PrinterSearch(
            means.options().printers().given(),
            means.options().printers().ways(),
            CupsAddress.of(System.getenv("CUPS_SERVER"))),
        means.places().of("printers"),
        means.places().of("usb-printers"),
        means.settings().of("printers"),
        means.facts());
  }

  private static DisplayInterface displays(Means means) {
    return new DisplayInterface(
        means.displays().means(means.settings().of("displays"), means.facts()));
  }

  private static Inputs inputs(Means means) {
    InputOptions options = means.options().inputs();
    if (options.isNone()) {
      return Inputs.none();
    }
    InputDevices devices = new InputDevices(options.files(), options.descriptions());
    return new Inputs(
        devices::list,
        means.settings().of("keyboards"),
        () -> options.asked() || !means.attended().getAsBoolean());
  }

  private static List<String> joined(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  public static VisibleClasses visible() {
    return new VisibleClasses(StockHandlers.class.getClassLoader(), OPEN_TO_HANDLERS);
  }
}
