import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.testkit.ActionFailed;
import iotbox.testkit.HandlerKit;
import iotbox.testkit.KitDevice;
import iotbox.testkit.KitLine;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A driver with an action that has a parameter. Begin with this one. */
@Timeout(30)
class BenchCaliperDriverTest {
  /** A box with the handlers of this module, made anew for each test. */
  @RegisterExtension final HandlerKit kit = HandlerKit.ofModule(Path.of("."));

  /** The instrument, played by a script at a port of this machine. */
  private KitLine instrument;

  /** The same as Odoo and browsers see it, once a driver has taken it. */
  private KitDevice caliper;

  @BeforeEach
  void plugIn() {
    instrument = kit.networkLine(Path.of("tests/instruments/caliper.tcp.line"));
    caliper =
        kit.plug("bench_C1", instrument.device(Map.of("maker", "Acme", "model", "CALIPER 150")));
  }

  @Test
  void itIsForCalipersOnly() {
    assertEquals("BenchCaliperDriver", caliper.driver());
    assertEquals("device", caliper.type());
    assertEquals("Acme CALIPER 150", caliper.name());
    KitDevice ruler =
        kit.plug("bench_R1", instrument.device(Map.of("maker", "Acme", "model", "Ruler")));
    assertEquals("unsupported", ruler.state());
  }

  @Test
  void theLengthIsPublishedWithItsUnit() {
    assertEquals("mm", caliper.awaitValue(12.34).get("unit"));
  }

  @Test
  void theUnitCanBeChanged() {
    instrument.set("length", "0.486");
    assertEquals(0.486, caliper.act("set_unit", Map.of("unit", "in")));
    assertEquals(0.486, caliper.awaitEvent(event -> "in".equals(event.get("unit"))).value());
    instrument.awaitHeard("UNIT in\n");
  }

  @Test
  void anUnknownUnitIsNotSent() {
    ActionFailed failure =
        assertThrows(ActionFailed.class, () -> caliper.act("set_unit", Map.of("unit", "ell")));
    assertEquals("unit must be \"mm\" or \"in\", and is ell", failure.getMessage());
    assertThrows(ActionFailed.class, () -> caliper.act("set_unit"));
    assertTrue(instrument.heard().stream().noneMatch(line -> line.startsWith("UNIT")));
  }

  @Test
  void theOriginCanBeMoved() {
    assertEquals(0.0, caliper.act("zero"));
  }

  @Test
  void nonsenseIsTold() {
    instrument.play("expect \"MEAS?\\n\"\nanswer \"long\\n\"");
    assertEquals(
        "Acme CALIPER 150 answered \"long\" instead of a length",
        assertThrows(ActionFailed.class, () -> caliper.act("read_once")).getMessage());
    assertFalse(caliper.awaitStatus("error").message().isEmpty());
  }
}
