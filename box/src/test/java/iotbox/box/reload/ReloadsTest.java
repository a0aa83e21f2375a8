package iotbox.box.reload;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.device.LoadedBox;
import iotbox.box.device.TouchedDevices;
import iotbox.box.device.TouchedDevices.Touched;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is remembered of reloads, from archives to devices, of real parts. */
class ReloadsTest {
  private static final String INTERFACE = "interfaces/Bench.java";
  private static final String DRIVER = "drivers/Scale.java";
  private static final String OTHER = "drivers/Caliper.java";

  private final LoadedBox box = new LoadedBox(Duration.ofMinutes(1), Duration.ofMinutes(1));
  private final Map<String, String> files = new HashMap<>();

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void devicesOfANewInterfaceAreOpened() throws Exception {
    Instant before = Instant.now();
    Reload reload = loadBench();

    assertEquals("odoo", reload.source());
    assertFalse(reload.at().isBefore(before));
    assertEquals(2, reload.loaded());
    assertEquals(0, reload.refused());
    assertEquals(2, reload.compiled());
    assertTrue(reload.compileMillis() <= reload.millis(), reload.toString());
    assertEquals(List.of(added(DRIVER), added(INTERFACE)), reload.files());
    awaitDevices(reload, opened("scale1"));
  }

  @Test
  void devicesOfAChangedDriverAreReopenedAndNoOthers() throws Exception {
    files.put(OTHER, driver("Caliper", "caliper1"));
    awaitDevices(loadBench(), opened("scale1"), opened("caliper1"));

    Reload reload = load(DRIVER, driver("Scale", "scale1") + "// another\n");

    assertEquals(List.of(changed(DRIVER)), reload.files());
    awaitDevices(reload, reopened("scale1"));
  }

  @Test
  void aRefusedFileTouchesNothing() throws Exception {
    awaitDevices(loadBench(), opened("scale1"));

    Reload reload = load(DRIVER, "public class Scale { int a = \"b\"; }");

    assertEquals(1, reload.refused());
    assertEquals(List.of(changed(DRIVER)), reload.files());
    awaitDevices(reload);
    assertTrue(box.devices.isOpen("scale1"));
  }

  @Test
  void devicesOfADriverThatIsGoneAreClosedAndOpenedAgainByTheReloadThatBringsOne()
      throws Exception {
    awaitDevices(loadBench(), opened("scale1"));

    String source = files.remove(DRIVER);
    Reload without = load();
    assertEquals(List.of(removed(DRIVER)), without.files());
    awaitDevices(without, closed("scale1"));
    await().until(() -> box.devices.status().get(0).state().word().equals("unsupported"));

    Reload back = load(DRIVER, source);
    assertEquals(List.of(added(DRIVER)), back.files());
    awaitDevices(back, opened("scale1"));
    assertEquals(List.of(closed("scale1")), without.devices().list(), "what was, stays");
  }

  @Test
  void devicesOfAnInterfaceThatIsGoneAreClosed() throws Exception {
    awaitDevices(loadBench(), opened("scale1"));

    files.remove(INTERFACE);
    Reload reload = load();

    assertEquals(List.of(removed(INTERFACE)), reload.files());
    awaitDevices(reload, closed("scale1"));
  }

  @Test
  void anotherListOfAChangedInterfaceOpensAndCloses() throws Exception {
    files.put(OTHER, driver("Caliper", "caliper2"));
    awaitDevices(loadBench(), opened("scale1"));

    Reload reload = load(INTERFACE, listing("caliper1", "caliper2"));

    awaitDevices(reload, closed("scale1"), opened("caliper2"));
  }

  @Test
  void aDeviceThatANewDriverTakesFromItsFormerOneIsReopened() throws Exception {
    awaitDevices(loadBench(), opened("scale1"));

    Reload reload =
        load(
            OTHER,
            driver("Caliper", "scale1").replace("public class", "@Priority(5) public class"));

    awaitDevices(reload, reopened("scale1"));
    assertEquals("Caliper", box.devices.status().get(0).driver());
  }

  @Test
  void theLastTwentyAreKeptNewestFirst() throws Exception {
    files.put(DRIVER, driver("Scale", "scale1"));
    for (int i = 0; i < 23; i++) {
      load("drivers/notes.txt", "note " + i);
    }

    assertEquals(20, box.reloads.latest().size());
    assertEquals(List.of(changed("drivers/notes.txt")), box.reloads.latest().get(0).files());
    assertEquals(0, box.reloads.latest().get(0).compiled());
    assertFalse(box.reloads.latest().get(1).at().isAfter(box.reloads.latest().get(0).at()));
  }

  @Test
  void whatChangedNothingIsNotRemembered() throws Exception {
    loadBench();
    box.reload("odoo", files);

    assertEquals(1, box.reloads.latest().size());
  }

  @Test
  void aFolderIsToldByItsName() throws Exception {
    files.put(DRIVER, driver("Scale", "scale1"));
    box.reload("/srv/modules/shop", files);
    files.put(DRIVER, driver("Scale", "scale2"));
    box.reload("/srv/modules/lab/iot_handlers", files);

    assertEquals(
        List.of("lab", "shop"), box.reloads.latest().stream().map(Reload::source).toList());
  }

  private Reload loadBench() throws Exception {
    files.put(INTERFACE, listing("scale1", "caliper1"));
    return load(DRIVER, driver("Scale", "scale1"));
  }

  private Reload load(String file, String source) throws Exception {
    files.put(file, source);
    return load();
  }

  private Reload load() throws Exception {
    box.reload("odoo", files);
    return box.reloads.latest().get(0);
  }

  private static void awaitDevices(Reload reload, Touched... expected) {
    await()
        .untilAsserted(() -> assertEquals(Set.of(expected), Set.copyOf(reload.devices().list())));
  }

  private static Touched opened(String identifier) {
    return new Touched(identifier, TouchedDevices.Change.OPENED);
  }

  private static Touched reopened(String identifier) {
    return new Touched(identifier, TouchedDevices.Change.REOPENED);
  }

  private static Touched closed(String identifier) {
    return new Touched(identifier, TouchedDevices.Change.CLOSED);
  }

  private static FileChange added(String file) {
    return new FileChange(file, FileChange.Change.ADDED);
  }

  private static FileChange changed(String file) {
    return new FileChange(file, FileChange.Change.CHANGED);
  }

  private static FileChange removed(String file) {
    return new FileChange(file, FileChange.Change.REMOVED);
  }

  private static String driver(String name, String identifier) {
    return """
        import iotbox.handler.*;
        @ConnectionType("bench")
        public class NAME extends Driver {
          public static boolean supported(Device device) {
            return "DEVICE".equals(device.getString("identifier"));
          }
          public NAME(String identifier, Device device) { super(identifier, device); }
        }
        """
        .replace("NAME", name)
        .replace("DEVICE", identifier);
  }

  private static String listing(String one, String two) {
    return """
        import iotbox.handler.*;
        import java.util.*;
        @ConnectionType("bench")
        public class Bench extends Interface {
          public Map<String, Device> getDevices() {
            Map<String, Device> devices = new LinkedHashMap<String, Device>();
            devices.put("ONE", Device.of(new HashMap<String, Object>()));
            devices.put("TWO", Device.of(new HashMap<String, Object>()));
            return devices;
          }
        }
        """
        .replace("ONE", one)
        .replace("TWO", two);
  }
}
