package iotbox.stock.usb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import iotbox.handler.Device;
import iotbox.stock.input.InputDevice;
import iotbox.stock.input.InputDevices;
import iotbox.stock.input.Inputs;
import iotbox.stock.input.PlayedInputs;
import iotbox.stock.place.PlaceMemory;
import iotbox.stock.setting.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class UsbInterfaceTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(UsbInterface.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final FakeBus bus = new FakeBus();
  private final UsbInterface usb = new UsbInterface(bus, PlaceMemory.passing(), Inputs.none());

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  @Test
  void aDeviceIsDescribed() {
    Object handle = new Object();
    bus.plugged =
        List.of(
            new UsbDescription(
                0x0483, 0x5740, "1-1.4", 12, 0, Set.of(3), "ST ", "Scale", null, handle));
    Device device = usb.getDevices().get("usb_0483:5740");
    assertEquals(
        Map.of(
            "identifier", "usb_0483:5740",
            "vendor_id", 0x0483,
            "product_id", 0x5740,
            "place", "1-1.4",
            "plugged_in", 12,
            "manufacturer", "ST",
            "product", "Scale"),
        device.attributes());
    assertSame(handle, device.nativeObject());
    assertNull(device.get("serial_number"));
  }

  @Test
  void hubsAndPrintersAreLeftOut() {
    bus.plugged =
        List.of(
            ofClass(0x1d6b, "1", 9, Set.of(9)),
            ofClass(0x04b8, "1-1", 7, Set.of()),
            ofClass(0x04b9, "1-2", 0, Set.of(255, 7)),
            ofClass(0x04ba, "1-3", 0, Set.of(3)));
    assertEquals(Set.of("usb_04ba:0001"), usb.getDevices().keySet());
  }

  @Test
  void twinsAreToldApartByTheirPlaces() {
    bus.plug("2-1", "1-2", "1-1");
    assertEquals(
        Map.of("1-1", "usb_0001:0001", "1-2", "usb_0001:0001_2", "2-1", "usb_0001:0001_3"),
        identifiersByPlace());
  }

  @Test
  void twinsHaveTheirIdentifiersAgainWhoeverComesAndGoes() {
    bus.plug("1-2", "1-3");
    assertEquals(Map.of("1-2", "usb_0001:0001", "1-3", "usb_0001:0001_2"), identifiersByPlace());
    bus.plug("1-3");
    assertEquals(Map.of("1-3", "usb_0001:0001_2"), identifiersByPlace());
    bus.plug("1-1", "1-3", "1-4");
    assertEquals(
        Map.of("1-1", "usb_0001:0001_3", "1-3", "usb_0001:0001_2", "1-4", "usb_0001:0001_4"),
        identifiersByPlace(),
        "nobody gets the name of the one that is away");
    bus.plug("1-2", "1-3");
    assertEquals(Map.of("1-2", "usb_0001:0001", "1-3", "usb_0001:0001_2"), identifiersByPlace());
  }

  @Test
  void theOnlyOneOfItsKindMayMove() {
    bus.plug("1-2");
    usb.getDevices();
    bus.plug();
    usb.getDevices();
    bus.plug("1-1.4");
    assertEquals(Map.of("1-1.4", "usb_0001:0001"), identifiersByPlace());
  }

  @Test
  void placesAreRememberedOverARestart() {
    PlaceMemory memory = PlaceMemory.passing();
    UsbInterface before = new UsbInterface(bus, memory, Inputs.none());
    bus.plug("1-3");
    before.getDevices();
    bus.plug("1-2", "1-3");
    assertEquals(
        Map.of("1-3", "usb_0001:0001", "1-2", "usb_0001:0001_2"), identifiersByPlace(before));

    assertEquals(
        Map.of("1-3", "usb_0001:0001", "1-2", "usb_0001:0001_2"),
        identifiersByPlace(new UsbInterface(bus, memory, Inputs.none())));
    bus.plug("1-2");
    assertEquals(
        Map.of("1-2", "usb_0001:0001_2"),
        identifiersByPlace(new UsbInterface(bus, memory, Inputs.none())));
  }

  @Test
  void anotherKindInTheSamePlaceIsAnotherDevice() {
    bus.plug("1-1");
    usb.getDevices();
    bus.plugged = List.of(ofClass(0x0002, "1-1", 0, Set.of()));
    assertEquals(Set.of("usb_0002:0001"), usb.getDevices().keySet());
  }

  @Test
  void aMachineWithoutUsbIsAStateThatIsToldOnce() {
    bus.unavailable = "there is none";
    for (int i = 0; i < 5; i++) {
      assertTrue(usb.getDevices().isEmpty());
    }
    assertEquals(List.of("No USB devices: there is none"), told());
    bus.unavailable = null;
    bus.plug("1-1");
    assertEquals(1, usb.getDevices().size());
    bus.unavailable = "there is none";
    assertTrue(usb.getDevices().isEmpty());
    assertEquals(2, told().size());
  }

  @Test
  void aScannerIsOneDeviceWithItsEventFiles(@TempDir Path folder) throws IOException {
    try (PlayedInputs machine = new PlayedInputs(folder)) {
      machine.plugUsb("1-1", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
      machine.plugUsb("1-2", "05e0:1200", "Symbol", "Bar Code Scanner", 1);
      machine.pair("dc:2c:26:01:02:03", "Bluetooth Scanner");
      Inputs inputs =
          new Inputs(
              new InputDevices(machine.files(), machine.descriptions())::list,
              Settings.passing(),
              () -> true);
      UsbInterface both = new UsbInterface(bus, PlaceMemory.passing(), inputs);
      Object handle = new Object();
      bus.plugged =
          List.of(
              new UsbDescription(
                  0x05e0, 0x1200, "1-2", 9, 0, Set.of(3), "Symbol", "Scanner", null, handle),
              ofClass(0x0001, "1-3", 0, Set.of(3)));
      Map<String, Device> devices = both.getDevices();
      assertEquals(
          List.of("usb_05e0:1200", "usb_05e0:1200_2", "usb_0001:0001"),
          List.copyOf(devices.keySet()));
      Device unseen = devices.get("usb_05e0:1200");
      assertNull(unseen.nativeObject(), "libusb does not see it");
      assertEquals("Bar Code Scanner", unseen.get("product"));
      assertEquals("input23/event3", unseen.get("input"));
      Device seen = devices.get("usb_05e0:1200_2");
      assertSame(handle, seen.nativeObject());
      assertEquals(9, seen.get("plugged_in"));
      assertEquals("input24/event4", seen.get("input"));
      assertTrue(seen.get("input_device") instanceof InputDevice);
      assertNull(devices.get("usb_0001:0001").get("input_device"), "it has no keys");

      bus.unavailable = "there is none";
      assertEquals(
          List.of("usb_05e0:1200", "usb_05e0:1200_2"), List.copyOf(both.getDevices().keySet()));
    }
  }

  @Test
  void closingReleasesTheBus() {
    usb.close();
    assertTrue(bus.closed);
  }

  @Test
  void thisMachinesUsbCanBeAskedAgainAndAgainAndAfterClosing() {
    UsbInterface real = new UsbInterface();
    real.close();
    for (int i = 0; i < 3; i++) {
      real.getDevices().forEach((identifier, device) -> assertTrue(identifier.startsWith("usb_")));
    }
    real.close();
    real.close();
  }

  private List<String> told() {
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private Map<String, String> identifiersByPlace() {
    return identifiersByPlace(usb);
  }

  private static Map<String, String> identifiersByPlace(UsbInterface usb) {
    Map<String, String> places = new java.util.HashMap<>();
    usb.getDevices()
        .forEach((identifier, device) -> places.put(device.getString("place"), identifier));
    return places;
  }

  private static UsbDescription ofClass(
      int vendor, String place, int deviceClass, Set<Integer> interfaceClasses) {
    return new UsbDescription(
        vendor, 1, place, 5, deviceClass, interfaceClasses, null, null, null, new Object());
  }

  /** A bus whose devices a test plugs in. */
  private static final class FakeBus implements UsbBus {
    private List<UsbDescription> plugged = new ArrayList<>();
    private String unavailable;
    private boolean closed;

    void plug(String... places) {
      plugged = Arrays.stream(places).map(place -> ofClass(0x0001, place, 0, Set.of())).toList();
    }

    @Override
    public List<UsbDescription> scan() throws UsbUnavailableException {
      if (unavailable != null) {
        throw new UsbUnavailableException(unavailable, null);
      }
      return plugged;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
