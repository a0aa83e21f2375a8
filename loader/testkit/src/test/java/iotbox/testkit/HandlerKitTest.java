package iotbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an author can do with a kit, with drivers of two connection types and an interface. */
@Timeout(60)
class HandlerKitTest {
  private static final String GREETER =
      """
      import iotbox.handler.*;

      @ConnectionType("hello")
      public class Greeter extends Driver {
        public Greeter(String identifier, Device device) {
          super(identifier, device);
          deviceType("device");
          deviceName("Greeter of " + device.getString("whom"));
        }

        public static boolean supported(Device device) throws Exception {
          if ("patience".equals(device.getString("whom"))) {
            Thread.sleep(100000L);
          }
          return device.get("whom") != null;
        }

        @Action("greet")
        public Object greet(ActionData data) {
          if (data.get("how") == null) {
            throw new IllegalArgumentException("how is missing");
          }
          String greeting = data.getString("how") + ", " + device().getString("whom");
          data().put("value", greeting);
          return greeting;
        }

        @Action("hang")
        public Object hang() throws Exception {
          Thread.sleep(100000L);
          return null;
        }

        @Override
        public void run() throws Exception {
          data().put("value", "awake");
          deviceChanged();
          if ("trouble".equals(device().getString("whom"))) {
            throw new java.io.IOException("fell over");
          }
        }

        @Override
        public void disconnect() {
          System.setProperty("greeter." + identifier(), "disconnected");
        }
      }
      """;

  private static final String COUNTING =
      """
      import iotbox.handler.*;
      import java.time.Duration;
      import java.util.Map;

      @ConnectionType("hello")
      public class Counting extends Interface {
        private int count;

        @Override
        public Duration loopDelay() {
          return Duration.ofMinutes(10);
        }

        @Override
        public Map<String, Device> getDevices() {
          count++;
          return Map.of("number_" + count, Device.of(Map.of("whom", "number " + count)));
        }
      }
      """;

  private static final String WEIGHER =
      """
      import iotbox.handler.*;
      import iotbox.stock.serial.*;
      import java.time.Duration;

      public class Weigher extends SerialDriver {
        private static final SerialSettings SETTINGS = SerialSettings.of(9600);

        public Weigher(String identifier, Device device) {
          super(identifier, device, SETTINGS);
          deviceType("scale");
          deviceName("Weigher");
        }

        public static boolean supported(Device device) {
          return probe(device, SETTINGS, connection -> {
            connection.write("?\\r");
            return "scale\\r".equals(new String(connection.readUntil('\\r', Duration.ofMillis(400))));
          });
        }

        @Override
        public void takeMeasure() throws java.io.IOException, InterruptedException {
          Double weight = Double.valueOf(ask("W\\r", '\\r').trim());
          if (!weight.equals(data().get("value"))) {
            publish(weight);
          }
        }
      }
      """;

  private static final String SCALE =
      """
      set weight "1.234"
      expect "?\\r"
      answer "scale\\r"
      expect "W\\r"
      answer "{weight}\\r"
      """;

  @RegisterExtension
  final HandlerKit kit =
      HandlerKit.ofSources(
          Map.of(
              "drivers/Greeter.java", GREETER,
              "drivers/Weigher.java", WEIGHER,
              "interfaces/Counting.java", COUNTING));

  @Test
  void aDeviceIsPluggedInUsedAndPulledOut() {
    KitDevice greeter = greeter("hello_1", "world");
    assertEquals("Greeter", greeter.driver());
    assertEquals("connected", greeter.state());
    assertEquals("device", greeter.type());
    assertEquals("Greeter of world", greeter.name());
    assertNull(greeter.detail());
    greeter.awaitValue("awake");
    assertEquals("Good morning, world", greeter.act("greet", Map.of("how", "Good morning")));
    assertEquals("success", greeter.awaitValue("Good morning, world").status());
    greeter.unplug();
    assertFalse(greeter.isPresent());
    assertEquals("disconnected", System.clearProperty("greeter.hello_1"));
    assertEquals(
        "hello_1 is not connected",
        assertThrows(ActionFailed.class, () -> greeter.act("greet")).getMessage());
  }

  @Test
  void anActionThatFailsTellsWhatItsCallerReads() {
    KitDevice greeter = greeter("hello_2", "world");
    assertEquals(
        "how is missing",
        assertThrows(ActionFailed.class, () -> greeter.act("greet")).getMessage());
    assertEquals("how is missing", greeter.awaitStatus("error").message());
    assertTrue(
        assertThrows(ActionFailed.class, () -> greeter.act("dance"))
            .getMessage()
            .contains("is not an action of Greeter"));
  }

  @Test
  void nobodyWantsAnUnknownDevice() {
    KitDevice stranger = kit.plug("x", "hello", Device.of(Map.of("colour", "red")));
    assertEquals("unsupported", stranger.state());
    assertNull(stranger.driver());
    assertEquals("No driver recognised it. Asked: Greeter declined.", stranger.detail());
    assertEquals(
        "There is no driver for connection type \"usb\".",
        kit.plug("y", "usb", Device.of(Map.of())).detail());
  }

  @Test
  void aDeadlinePassesInNoTime() {
    KitDevice greeter = greeter("hello_3", "world");
    CompletableFuture<Object> hanging = greeter.start("hang", Map.of());
    kit.advance(Duration.ofSeconds(29));
    assertFalse(hanging.isDone());
    kit.advance(Duration.ofSeconds(1));
    ExecutionException failure = assertThrows(ExecutionException.class, hanging::get);
    assertTrue(failure.getCause() instanceof ActionFailed, failure.toString());
    assertTrue(failure.getMessage().contains("has not returned within 30000 ms"));
  }

  @Test
  void aDriverThatDoesNotAnswerIsGivenUp() {
    KitDevice greeter = kit.offer("hello_4", "hello", Device.of(Map.of("whom", "patience")));
    kit.advance(Duration.ofSeconds(4));
    assertEquals("detected", greeter.state());
    kit.advance(Duration.ofSeconds(1));
    assertEquals("stalled", greeter.awaitState("stalled").state());
    assertEquals(1, kit.faults().size());
  }

  @Test
  void aLoopThatDiesIsStartedAgainAfterAPause() {
    KitDevice greeter = greeter("hello_5", "trouble");
    greeter.awaitState("failed");
    assertEquals(1, greeter.events().size());
    kit.advance(Duration.ofMillis(999));
    assertEquals(1, greeter.events().size());
    kit.advance(Duration.ofMillis(1));
    greeter.awaitValue("awake");
    greeter.awaitValue("awake");
    assertEquals(
        List.of("Greeter.java:44: Greeter.run failed: IOException: fell over"),
        kit.faults().stream().map(fault -> fault.replaceFirst(":\\d+:", ":44:")).toList());
  }

  @Test
  void aSerialDriverTalksWithAScript() {
    KitLine line = kit.serialLine(SCALE);
    KitDevice scale = kit.plug("scale", line);
    assertEquals("Weigher", scale.driver());
    scale.awaitValue(1.234);
    line.set("weight", "2.5");
    scale.awaitValue(2.5);
    line.play("expect \"W\\r\"\nsilence");
    assertEquals(
        "Weigher does not answer",
        scale.awaitStatus("error").get("status") instanceof Map<?, ?> m
            ? m.get("message_title")
            : null);
    assertEquals("?\r", line.heard().get(0));
    line.awaitHeard("W\r");
    line.pull();
    scale.awaitEvent(
        event ->
            event.message().endsWith("plug the device in again")
                || event.message().endsWith("correct the path"));
  }

  @Test
  void whatALineDoesByItselfGoesByTheKitsTime() {
    KitLine line = kit.serialLine(SCALE + "every 5 min\nset weight \"9\"");
    KitDevice scale = kit.plug("scale", line);
    scale.awaitValue(1.234);
    kit.advance(Duration.ofSeconds(299));
    line.awaitHeard(line.heard().size() + 2);
    assertEquals(1, scale.events().size());
    kit.advance(Duration.ofSeconds(1));
    scale.awaitValue(9);
  }

  @Test
  void aDeviceThatIsSlowIsWaitedForAsInTheField() {
    KitLine line = kit.serialLine(SCALE.replace("answer \"scale", "wait 100 ms\nanswer \"scale"));
    assertEquals("Weigher", kit.plug("scale", line).driver());
  }

  @Test
  void aDeviceInTheNetworkHasHostAndPort() {
    KitLine line = kit.networkLine("expect \"x\"\nsilence");
    assertEquals("127.0.0.1:" + line.device().getInt("port"), line.path());
    assertEquals("v1", line.device(Map.of("model", "v1")).get("model"));
  }

  @Test
  void interfacesDoNotRunUnlessAskedFor() {
    kit.advance(Duration.ofHours(1));
    assertEquals(List.of(), kit.devices());
    assertEquals(List.of(), kit.interfaces());
  }

  @Test
  void aConnectionTypeMustBeSaidWhereThereAreSeveral() {
    assertEquals(
        "The drivers have the connection types [hello, serial]; say which: plug(identifier,"
            + " connectionType, device)",
        assertThrows(IllegalArgumentException.class, () -> kit.plug("x", Device.of(Map.of())))
            .getMessage());
  }

  private KitDevice greeter(String identifier, String whom) {
    return kit.plug(identifier, "hello", Device.of(Map.of("whom", whom)));
  }

  /** The kit with the module's interfaces. */
  @Nested
  class WithInterfaces {
    @RegisterExtension
    final HandlerKit kit =
        HandlerKit.ofSources(
                Map.of("drivers/Greeter.java", GREETER, "interfaces/Counting.java", COUNTING))
            .withInterfaces();

    @Test
    void devicesComeAndGoWithTheLoopsDelay() {
      assertEquals(List.of("number_1"), kit.devices());
      kit.advance(Duration.ofMinutes(10));
      assertEquals(List.of("number_2"), kit.devices());
      kit.advance(Duration.ofMinutes(30));
      assertEquals(List.of("number_5"), kit.devices());
      assertEquals("Greeter of number 5", kit.device("number_5").awaitState("connected").name());
      assertEquals("running", kit.interfaces().get(0).state().word());
    }
  }
}
