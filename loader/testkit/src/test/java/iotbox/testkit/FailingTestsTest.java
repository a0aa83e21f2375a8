package iotbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import iotbox.handler.Device;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What an author reads when a test fails: each is run by a JUnit of its own. */
class FailingTestsTest {
  private static final String DRIVER =
      """
      import iotbox.handler.*;

      @ConnectionType("hello")
      public class Greeter extends Driver {
        public Greeter(String identifier, Device device) {
          super(identifier, device);
        }

        public static boolean supported(Device device) {
          return true;
        }

        @Override
        public void run() throws Exception {
          data().put("value", "awake");
          deviceChanged();
          if (device().get("fails") != null) {
            throw new java.io.IOException("fell over");
          }
        }
      }
      """;

  @Test
  void aRefusedFileIsToldWithItsPlace() {
    assertEquals(
        List.of("drivers/Greeter.java:6:32: error: Void methods cannot return a value"),
        failures(selectClass(Refused.class)));
  }

  @Test
  void aModuleThatIsNotThereIsTold() {
    String failure = failures(selectClass(Missing.class)).get(0);
    assertTrue(failure.contains("nowhere has no iot_handlers folder"), failure);
  }

  @Test
  void whatCameInsteadIsTold() {
    assertEquals(
        List.of(
            """
            No event of hello_1 came with the value asleep (waited 0 s)
              the device is connected, driver Greeter
              events that came instead:
                {value=awake, result=}
              over the line LINE went: nothing"""),
        failures(selectMethod(Failing.class, "theWrongEvent")).stream()
            .map(message -> message.replaceFirst("line \\S+ went", "line LINE went"))
            .toList());
  }

  @Test
  void aFaultThatNobodyAskedForFailsTheTest() {
    assertEquals(
        List.of(
            "Handlers failed, and the test did not ask for faults():\n"
                + "Greeter.java:18: Greeter.run failed: IOException: fell over"),
        failures(selectMethod(Failing.class, "aLoopThatDies")));
  }

  @Test
  void aScriptThatIsWrongIsTold() {
    assertEquals(
        List.of("script:1:8: Write a text in quotation marks, or hex and bytes: hex 02 0D"),
        failures(selectMethod(Failing.class, "aWrongScript")));
  }

  @Test
  void aKitThatIsNoExtensionIsTold() {
    assertEquals(
        List.of("The kit runs during a test only; is its field annotated with @RegisterExtension?"),
        failures(selectClass(Forgotten.class)));
  }

  static class Refused {
    @RegisterExtension
    final HandlerKit kit =
        HandlerKit.ofSources(
            Map.of(
                "drivers/Greeter.java",
                DRIVER.replace(
                    "super(identifier, device);", "super(identifier, device); return 1;")));

    @Test
    void neverRuns() {}
  }

  static class Missing {
    @RegisterExtension final HandlerKit kit = HandlerKit.ofModule(Path.of("nowhere"));

    @Test
    void neverRuns() {}
  }

  static class Forgotten {
    final HandlerKit kit = HandlerKit.ofSources(Map.of("drivers/Greeter.java", DRIVER));

    @Test
    void itIsUsed() {
      kit.advance(Duration.ofSeconds(1));
    }
  }

  static class Failing {
    @RegisterExtension
    final HandlerKit kit =
        HandlerKit.ofSources(Map.of("drivers/Greeter.java", DRIVER))
            .withPatience(Duration.ofMillis(500));

    @Test
    void theWrongEvent() {
      kit.serialLine("expect \"x\"\nsilence");
      kit.plug("hello_1", Device.of(Map.of())).awaitValue("asleep");
    }

    @Test
    void aLoopThatDies() {
      kit.plug("hello_1", Device.of(Map.of("fails", true))).awaitState("failed");
    }

    @Test
    void aWrongScript() {
      kit.serialLine("expect x");
    }
  }

  private static List<String> failures(DiscoverySelector selector) {
    List<String> failures = new ArrayList<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selector).build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(thrown -> failures.add(thrown.getMessage()));
              }
            });
    return failures;
  }
}
