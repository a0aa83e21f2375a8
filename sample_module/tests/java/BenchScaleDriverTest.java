import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.testkit.ActionFailed;
import iotbox.testkit.DeviceEvent;
import iotbox.testkit.HandlerKit;
import iotbox.testkit.KitDevice;
import iotbox.testkit.KitLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A driver for the point of sale, and what becomes of it when the instrument does not behave. */
@Timeout(30)
class BenchScaleDriverTest {
  @RegisterExtension final HandlerKit kit = HandlerKit.ofModule(Path.of("."));

  private KitLine instrument;
  private KitDevice scale;

  @BeforeEach
  void plugIn() {
    instrument = kit.networkLine(Path.of("tests/instruments/scale.tcp.line"));
    scale = kit.plug("bench_S1", device(instrument));
  }

  private static Device device(KitLine instrument) {
    return instrument.device(Map.of("maker", "Acme", "model", "Precision SCALE"));
  }

  @Test
  void odooSeesANetworkScaleByItsName() {
    assertEquals("BenchScaleDriver", scale.driver());
    assertEquals("scale", scale.type());
    assertEquals("network", scale.status().connection());
    assertEquals("Acme", scale.status().manufacturer());
    assertEquals("Acme Precision SCALE", scale.name());
  }

  @Test
  void everyNewWeightIsAnEventForOldAndNewOdoo() {
    scale.awaitValue(1.25);
    instrument.awaitHeard(instrument.heard().size() + 2);
    instrument.set("weight", "2.500");
    DeviceEvent event = scale.awaitValue(2.5);
    assertEquals(2, scale.events().size(), "the same weight again is no news");
    assertEquals(2.5, event.get("result"));
    assertEquals("kg", event.get("unit"));
    assertEquals(
        Map.of("status", "connected", "message_title", "", "message_body", ""),
        event.get("status"));
  }

  @Test
  void aMovingScaleSaysSo() {
    instrument.set("motion", "D");
    DeviceEvent event = scale.awaitEvent(next -> title(next).equals("Scale in motion"));
    assertEquals("connected", event.status());
  }

  @Test
  void readingOnceAnswersTheWeight() {
    assertEquals(1.25, scale.act("read_once"));
  }

  @Test
  void tareIsSentAndTakenBack() {
    assertEquals(0.0, scale.act("tare"));
    assertEquals(1.25, scale.act("clear_tare"));
    assertTrue(instrument.heard().containsAll(List.of("TARE\n", "CLEAR\n")));
  }

  @Test
  void aRefusalIsTold() {
    instrument.play(answering("WEIGHT?", "S 1.250 kg") + answering("TARE", "ERR in motion"));
    assertEquals("Acme Precision SCALE refused \"TARE\": in motion", failure("tare"));
  }

  @Test
  void nonsenseIsTold() {
    instrument.play(answering("WEIGHT?", "hello"));
    assertEquals(
        "Acme Precision SCALE answered \"hello\" instead of a weight", failure("read_once"));
    instrument.play(answering("WEIGHT?", "S much kg"));
    assertEquals("Acme Precision SCALE weighs \"much\", which is no number", failure("read_once"));
    instrument.play(answering("WEIGHT?", "x".repeat(1000)));
    assertEquals("Acme Precision SCALE: an answer without an end", failure("read_once"));
  }

  @Test
  void stoppedReadingAsksNothing() {
    scale.awaitValue(1.25);
    scale.act("stop_reading");
    instrument.awaitSilence(Duration.ofMillis(500));
    instrument.set("weight", "3.000");
    scale.act("start_reading");
    scale.awaitValue(3.0);
  }

  @Test
  void aSilentScaleIsAnErrorUntilItAnswersAgain() {
    scale.awaitValue(1.25);
    instrument.play("expect \"WEIGHT?\\n\"\nsilence");
    assertEquals(
        "Acme Precision SCALE: no answer within 1000 ms", scale.awaitStatus("error").message());
    instrument.play(answering("WEIGHT?", "S 1.000 kg"));
    assertEquals("connected", scale.awaitValue(1.0).status());
  }

  @Test
  void aScaleThatWasOffIsConnectedAgain() {
    scale.awaitValue(1.25);
    instrument.pull();
    scale.awaitStatus("error");
    kit.networkLine(answering("WEIGHT?", "S 4.000 kg"), instrument.device().getInt("port"));
    scale.awaitValue(4.0);
    assertEquals("connected", scale.state());
  }

  @Test
  void aScaleThatIsPulledOutIsGone() {
    scale.unplug();
    assertFalse(scale.isPresent());
    assertEquals("bench_S1 is not connected", failure("read_once"));
    instrument.awaitSilence(Duration.ofMillis(300));
  }

  /** What needs no box is tested without one: a driver is a Java class. */
  @Test
  void disconnectingEndsAQuestionAndStaysDisconnected() throws Exception {
    KitLine silent = kit.networkLine("expect \"WEIGHT?\\n\"\nsilence");
    BenchScaleDriver driver = new BenchScaleDriver("bench_S2", device(silent));
    CompletableFuture<String> failure = CompletableFuture.supplyAsync(() -> failure(driver));
    silent.awaitHeard("WEIGHT?\n");
    driver.disconnect();
    failure.get(900, TimeUnit.MILLISECONDS); // The driver itself would wait for 1000.
    assertEquals("Acme Precision SCALE: disconnected", failure(driver));
  }

  private static String failure(BenchScaleDriver driver) {
    ActionData readOnce = ActionData.of(Map.of("action", "read_once"), null);
    return assertThrows(IOException.class, () -> driver.action(readOnce)).getMessage();
  }

  private static String answering(String question, String answer) {
    return "expect \"" + question + "\\n\"\nanswer \"" + answer + "\\n\"\n";
  }

  private String failure(String action) {
    return assertThrows(ActionFailed.class, () -> scale.act(action)).getMessage();
  }

  private static Object title(DeviceEvent event) {
    return event.get("status") instanceof Map<?, ?> status ? status.get("message_title") : "";
  }
}
