package iotbox.box;

import iotbox.box.option.BoxOptions;
import iotbox.loader.BuiltinHandlers;
import iotbox.loader.VisibleClasses;
import iotbox.stock.serial.SerialInterface;
import iotbox.stock.serial.Toledo8217Driver;
import iotbox.stock.usb.UsbInterface;
import java.util.List;
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
   * Those of this box.
   *
   * @param played serial ports that are played just now, besides those of the options
   */
  static BuiltinHandlers of(BoxOptions options, PlacesFile places, Supplier<List<String>> played) {
    return BuiltinHandlers.builder()
        .anInterface(
            SerialInterface.class,
            () ->
                new SerialInterface(
                    () -> joined(options.detection().serialPorts(), played.get()),
                    places.of("serial")))
        .anInterface(UsbInterface.class, () -> new UsbInterface(places.of("usb")))
        .driver(Toledo8217Driver.class)
        .build();
  }

  private static List<String> joined(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  public static VisibleClasses visible() {
    return new VisibleClasses(StockHandlers.class.getClassLoader(), OPEN_TO_HANDLERS);
  }
}
