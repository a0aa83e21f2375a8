package iotbox.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import iotbox.handler.Device;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Many boxes in one process: at the same time, one after the other, and what they leave behind. */
@Timeout(120)
class ManyKitsTest {
  private static final int PATIENCE_S = 20;

  private static final String ECHO =
      """
      import iotbox.handler.*;
      import iotbox.stock.serial.*;
      import java.io.IOException;

      public class Echo extends SerialDriver {
        private static final SerialSettings SETTINGS = SerialSettings.of(9600);

        public Echo(String identifier, Device device) {
          super(identifier, device, SETTINGS);
        }

        public static boolean supported(Device device) {
          return device.getInt("number") > 0;
        }

        @Override
        public void takeMeasure() throws IOException, InterruptedException {
          String answer = ask("N\\r", '\\r').trim();
          if (!answer.equals(data().get("value"))) {
            publish(answer);
          }
        }
      }
      """;

  @Test
  void testsRunAtTheSameTimeAndLeaveNothing() throws Exception {
    run(1); // Loads what stays.
    TreeSet<String> files = files();
    TestExecutionSummary summary = run(4);
    StringWriter story = new StringWriter();
    summary.printFailuresTo(new PrintWriter(story));
    assertEquals(12, summary.getTestsSucceededCount(), story.toString());
    long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_S).toNanos();
    while (left(files) > 0 && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    assertEquals(0, left(files), "terminals, pipes and sockets that stay open: " + files());
    assertEquals(0, threads(), "threads of the kits");
  }

  private static long left(TreeSet<String> before) throws Exception {
    return files().stream().filter(file -> !before.contains(file)).count() + threads();
  }

  /** The box's threads have these names; those of JUnit have others. */
  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(handler|work|timer).*"))
        .count();
  }

  private static TreeSet<String> files() throws Exception {
    TreeSet<String> links = new TreeSet<>();
    for (String name : Path.of("/proc/self/fd").toFile().list()) {
      Path link = Path.of("/proc/self/fd", name);
      if (Files.isSymbolicLink(link)) {
        links.add(Files.readSymbolicLink(link).toString());
      }
    }
    links.removeIf(link -> !link.matches(".*(ptmx|pts|pipe|socket).*"));
    return links;
  }

  private static TestExecutionSummary run(int parallel) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(Numbers.class))
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                String.valueOf(parallel))
            .build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary);
    return summary.getSummary();
  }

  static class Numbers {
    @RegisterExtension
    final HandlerKit kit =
        HandlerKit.ofSources(Map.of("drivers/Echo.java", ECHO))
            .withPatience(Duration.ofSeconds(PATIENCE_S));

    @RepeatedTest(12)
    void eachHasItsOwnDeviceOfTheSameName(RepetitionInfo info) {
      String number = String.valueOf(info.getCurrentRepetition());
      KitLine line = kit.serialLine("expect \"N\\r\"\nanswer \"" + number + "\\r\"");
      kit.networkLine("expect \"N\\r\"\nsilence");
      KitDevice device = kit.plug("echo", line.device(Map.of("number", number)));
      device.awaitValue(number);
      assertEquals(1, device.events().size());
      kit.advance(Duration.ofHours(1));
    }
  }

  @Nested
  class WithStockDrivers {
    @RegisterExtension
    final HandlerKit kit =
        HandlerKit.ofSources(Map.of("drivers/Echo.java", ECHO)).withStockDrivers();

    @Test
    void theDriversOfTheBoxCompete() {
      KitLine line =
          kit.serialLine(
              """
            expect "Ehello"
            answer "\\x02E\\rhello"
            expect "F"
            silence
            expect "W"
            answer "\\x021.234\\r"
            """);
      KitDevice scale = kit.plug("scale", "serial", line.device(Map.of("number", 0)));
      assertEquals("iotbox.stock.serial.Toledo8217Driver", scale.driver());
      scale.awaitValue(1.234);
      KitDevice other =
          kit.plug("x", "serial", Device.of(Map.of("number", 1, "path", "/dev/none")));
      assertEquals("Echo", other.driver());
    }
  }
}
