package iotbox.box;

import iotbox.box.option.BoxOptions;
import iotbox.loader.BuiltinHandlers;
import iotbox.loader.VisibleClasses;
import iotbox.stock.serial.SerialInterface;
import iotbox.stock.serial.Toledo8217Driver;
import iotbox.stock.usb.UsbInterface;
import java.util.List;

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

  static BuiltinHandlers of(BoxOptions options, PlacesFile places) {
    return BuiltinHandlers.builder()
        .anInterface(
            SerialInterface.class,
            () -> new SerialInterface(options.detection().serialPorts(), places.of("serial")))
        .anInterface(UsbInterface.class, () -> new UsbInterface(places.of("usb")))
        .driver(Toledo8217Driver.class)
        .build();
  }

  public static VisibleClasses visible() {
    return new VisibleClasses(StockHandlers.class.getClassLoader(), OPEN_TO_HANDLERS);
  }
}
