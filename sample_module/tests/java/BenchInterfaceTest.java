import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.testkit.HandlerKit;
import iotbox.testkit.KitLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The interface: which instruments it lists, and how the box takes them from there. */
@Timeout(30)
class BenchInterfaceTest {
  /** In this box the module's interface runs, too, and finds what the tests switch on. */
  @RegisterExtension final HandlerKit kit = HandlerKit.ofModule(Path.of(".")).withInterfaces();

  private KitLine scale;
  private KitLine caliper;

  @BeforeEach
  void switchOn() {
    scale = kit.networkLine(Path.of("tests/instruments/scale.tcp.line"));
    caliper = kit.networkLine(Path.of("tests/instruments/caliper.tcp.line"));
  }

  @AfterEach
  void forget() {
    System.clearProperty("bench.instruments");
  }

  @Test
  void aBoxFindsInstrumentsAndDriversForThem() {
    addresses(scale.path() + ", " + caliper.path());
    kit.advance(Duration.ofSeconds(2));
    assertEquals(Set.of("bench_S1", "bench_C1"), Set.copyOf(kit.devices()));
    assertEquals("BenchScaleDriver", kit.device("bench_S1").awaitState("connected").driver());
    assertEquals("BenchCaliperDriver", kit.device("bench_C1").awaitState("connected").driver());
    kit.device("bench_S1").awaitValue(1.25);
  }

  @Test
  void anInstrumentGoesWhenItIsSwitchedOff() {
    addresses(scale.path() + "," + caliper.path());
    kit.advance(Duration.ofSeconds(2));
    scale.pull();
    kit.advance(Duration.ofSeconds(2));
    assertEquals(List.of("bench_C1"), kit.devices());
  }

  @Test
  void everyInstrumentThatTellsItsNameIsListedWithItsAttributes() {
    addresses(scale.path());
    assertEquals(
        Map.of(
            "identifier", "bench_S1",
            "host", "127.0.0.1",
            "port", scale.device().getInt("port"),
            "maker", "Acme",
            "model", "Scale 6",
            "serial", "S1"),
        listed().get("bench_S1").attributes());
  }

  @Test
  void withoutAddressesThereIsNothing() {
    addresses("");
    assertTrue(listed().isEmpty());
    addresses(" , ");
    assertTrue(listed().isEmpty());
  }

  @Test
  void whoIsOffSilentOrUnknownIsNotThere() {
    KitLine off = kit.networkLine("expect \"x\"\nsilence");
    off.pull();
    KitLine silent = kit.networkLine("expect \"*IDN?\\n\"\nsilence");
    KitLine stranger = kit.networkLine("expect \"*IDN?\\n\"\nanswer \"HTTP/1.1 400\\n\"");
    addresses(String.join(",", off.path(), silent.path(), stranger.path(), scale.path()));
    assertEquals(Set.of("bench_S1"), listed().keySet());
  }

  @Test
  void blanksAroundANameDoNotMatter() {
    scale.play("expect \"*IDN?\\n\"\nanswer \"Acme, Scale 6 ,S1,1.0\\n\"");
    addresses(" " + scale.path() + " ");
    assertEquals("Scale 6", listed().get("bench_S1").getString("model"));
  }

  @Test
  void aWrongAddressDoesNotHideTheOthers() {
    addresses("nonsense,host:,host:99999," + scale.path());
    assertEquals(Set.of("bench_S1"), listed().keySet());
  }

  /** Without the box, as any Java class. */
  private static Map<String, Device> listed() {
    return new BenchInterface().getDevices();
  }

  private static void addresses(String all) {
    System.setProperty("bench.instruments", all);
  }
}
