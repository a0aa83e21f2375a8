package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One bad handler never harms another, and the status says what is wrong with it. */
class BadHandlersTest {
  @Test
  void aFileThatDoesNotCompileIsShownWithLineColumnAndMessage() {
    String broken =
        """
        import iotbox.handler.*;

        @ConnectionType("bench")
        public class Broken extends Driver {
          public static boolean supported(Device device) {
            return devize != null;
          }

          public Broken(String identifier, Device device) {
            super(identifier, device);
          }
        }
        """;
    try (OdooStandIn odoo =
            OdooStandIn.start().serving(TestHandlers.bench().and("drivers/Broken.java", broken));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      assertWorks(box);
      JsonNode entry = handler(box, "drivers/Broken.java");
      assertEquals("failed", entry.path("state").asText());
      JsonNode diagnostic = entry.path("diagnostics").path(0);
      assertEquals(6, diagnostic.path("line").asInt(), entry.toString());
      assertEquals(12, diagnostic.path("column").asInt(), entry.toString());
      assertEquals("error", diagnostic.path("severity").asText());
      assertTrue(diagnostic.path("message").asText().contains("devize"), entry.toString());
    }
  }

  @Test
  void aFileThatIsNotJavaAtAllIsShownAtItsFirstLine() {
    try (OdooStandIn odoo =
            OdooStandIn.start()
                .serving(TestHandlers.bench().and("drivers/Noise.java", "hello, world\n"));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      assertWorks(box);
      JsonNode entry = handler(box, "drivers/Noise.java");
      assertEquals("failed", entry.path("state").asText());
      assertEquals(1, entry.path("diagnostics").path(0).path("line").asInt(), entry.toString());
    }
  }

  @Test
  void aDriverWithoutSupportedIsRefusedWithTheSentenceThatSaysWhatToWrite() {
    String incomplete =
        """
        import iotbox.handler.*;

        @ConnectionType("bench")
        public class Incomplete extends Driver {
          public Incomplete(String identifier, Device device) {
            super(identifier, device);
          }
        }
        """;
    try (OdooStandIn odoo =
            OdooStandIn.start()
                .serving(TestHandlers.bench().and("drivers/Incomplete.java", incomplete));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      assertWorks(box);
      JsonNode entry = handler(box, "drivers/Incomplete.java");
      assertEquals("failed", entry.path("state").asText());
      JsonNode diagnostic = entry.path("diagnostics").path(0);
      assertTrue(
          diagnostic.path("message").asText().contains("public static boolean supported(Device"),
          entry.toString());
      assertEquals(4, diagnostic.path("line").asInt(), entry.toString());
    }
  }

  @Test
  void aSupportedThatThrowsCostsOnlyItsOwnDriver() {
    try (OdooStandIn odoo =
            OdooStandIn.start()
                .serving(
                    TestHandlers.bench()
                        .and(
                            "drivers/Thrower.java",
                            TestHandlers.driverThat(
                                "Thrower",
                                "throw new IllegalStateException(\"no light in here\");",
                                "")));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      assertWorks(box);
      assertFault(box, "drivers/Thrower.java", "supported", "no light in here", 10);
    }
  }

  @Test
  void aConstructorThatThrowsCostsOnlyItsOwnDriver() {
    try (OdooStandIn odoo =
            OdooStandIn.start()
                .serving(
                    TestHandlers.bench()
                        .and(
                            "drivers/Stillborn.java",
                            TestHandlers.driverThat(
                                "Stillborn",
                                "return true;",
                                "throw new IllegalStateException(\"the port is on fire\");")));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      assertWorks(box);
      assertFault(box, "drivers/Stillborn.java", "constructor", "the port is on fire", 15);
    }
  }

  @Test
  void anArchiveBeyondTheLimitOfTheCommandLineIsRefused() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo, "--archive-limit", "files=1")) {
      JsonNode status =
          box.client()
              .awaitStatus(
                  "refused",
                  now -> now.path("odoo").path("detail").asText().contains("more than 1"));

      assertTrue(BoxClient.device(status, "bench1").isMissingNode(), status.toString());
    }
  }

  @Test
  void anErrorIsHeldOffLikeAnException() {
    try (OdooStandIn odoo =
            OdooStandIn.start()
                .serving(
                    TestHandlers.bench()
                        .and(
                            "drivers/Deep.java",
                            TestHandlers.driverThat("Deep", "return supported(device);", "")));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      assertWorks(box);
      assertFault(box, "drivers/Deep.java", "supported", "StackOverflowError", 10);
    }
  }

  @Test
  void aSupportedThatHangsIsGivenUp() {
    try (OdooStandIn odoo =
            OdooStandIn.start()
                .serving(
                    TestHandlers.bench()
                        .and(
                            "drivers/Sleeper.java",
                            TestHandlers.driverThat(
                                "Sleeper",
                                "for (;;) { try { Thread.sleep(60000); }"
                                    + " catch (InterruptedException e) { continue; } }",
                                "")));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      assertWorks(box);
      box.client()
          .awaitStatus(
              "Sleeper's entry speaks of supported",
              status ->
                  BoxClient.handler(status, "drivers/Sleeper.java")
                      .path("diagnostics")
                      .toString()
                      .contains("supported"));
    }
  }

  @Test
  void interfacesThatThrowOrHangCostOnlyTheirOwnDevices() {
    try (OdooStandIn odoo =
            OdooStandIn.start()
                .serving(
                    TestHandlers.bench()
                        .and(
                            "interfaces/Thrower.java",
                            TestHandlers.interfaceThat(
                                "Thrower",
                                "bench",
                                "throw new IllegalStateException(\"the hub is gone\");"))
                        .and(
                            "interfaces/Nothing.java",
                            TestHandlers.interfaceThat("Nothing", "bench", "return null;"))
                        .and(
                            "interfaces/Sleeper.java",
                            TestHandlers.interfaceThat(
                                "Sleeper", "bench", "Thread.sleep(600000); return null;")));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      assertWorks(box);
      assertFault(box, "interfaces/Thrower.java", "getDevices", "the hub is gone", 9);
      JsonNode status =
          box.client()
              .awaitStatus(
                  "the hanging interface is stalled",
                  now -> interfaceState(now, "Sleeper").equals("stalled"));
      // Quarantined after the fourth time, which a slow machine may have come to.
      Set<String> failing = Set.of("failed", "quarantined");
      assertTrue(failing.contains(interfaceState(status, "Thrower")), status.toString());
      assertTrue(failing.contains(interfaceState(status, "Nothing")), status.toString());
      assertEquals("running", interfaceState(status, "BenchInterface"));
    }
  }

  @Test
  void pythonFilesAreListedAsSkipped() {
    try (OdooStandIn odoo =
            OdooStandIn.start()
                .serving(
                    TestHandlers.bench()
                        .and("drivers/SerialScaleDriver.py", "import serial\n")
                        .and("drivers/OnlyWindows_W.java", "not for this system"));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      assertWorks(box);
      JsonNode python = handler(box, "drivers/SerialScaleDriver.py");
      assertEquals("python", python.path("kind").asText());
      assertEquals("skipped", python.path("state").asText());
      assertTrue(python.path("compiler").isNull());
      assertEquals("skipped", handler(box, "drivers/OnlyWindows_W.java").path("state").asText());
    }
  }

  @Test
  void anActionThatThrowsIsAnsweredAndTheDeviceGoesOn() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      box.client().awaitDevice("bench1");
      box.client().action("s", "bench1", Map.of("action", "break"));

      JsonNode result = box.client().poll("s", 0, "bench1").join().path("result");
      assertEquals("error", result.path("status").asText(), result.toString());
      assertTrue(result.path("result").asText().contains("the beam is bent"), result.toString());
      assertWorks(box);
    }
  }

  private static void assertWorks(BoxProcess box) {
    JsonNode device = box.client().awaitDevice("bench1");
    assertEquals("BenchDriver", device.path("driver").asText());
    box.client().action("s", "bench1", Map.of("action", "set", "value", 42));
    JsonNode event = box.client().poll("s", 0, "bench1").join();
    assertFalse(event.path("result").isMissingNode(), event.toString());
  }

  private static JsonNode handler(BoxProcess box, String file) {
    return BoxClient.handler(box.client().status(), file);
  }

  private static void assertFault(
      BoxProcess box, String file, String method, String message, int line) {
    JsonNode status =
        box.client()
            .awaitStatus(
                file + " is reported with \"" + message + "\"",
                now ->
                    BoxClient.handler(now, file).path("diagnostics").toString().contains(message));
    JsonNode diagnostic = BoxClient.handler(status, file).path("diagnostics").path(0);
    assertTrue(diagnostic.path("message").asText().contains(method), diagnostic.toString());
    assertEquals(line, diagnostic.path("line").asInt(), diagnostic.toString());
  }

  private static String interfaceState(JsonNode status, String className) {
    List<String> names = BoxClient.texts(status.path("interfaces"), "className");
    int index = names.indexOf(className);
    return index < 0 ? "" : status.path("interfaces").path(index).path("state").asText();
  }
}
