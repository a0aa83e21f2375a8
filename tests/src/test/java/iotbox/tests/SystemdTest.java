package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A box that systemd has started; socat listens in its place. */
class SystemdTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration WATCHDOG = Duration.ofSeconds(2);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"/notify", "@notify"})
  void isToldThatTheBoxServesHowItStandsThatItLivesAndThatItEnds(String kind) throws Exception {
    try (Listening systemd = new Listening(kind.replaceFirst("/", folder + "/"));
        OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box =
            BoxProcess.startIn(systemd.environment(WATCHDOG), "--odoo", odoo.pairingUrl())) {
      await().atMost(SOON).until(() -> systemd.heard("READY=1"));
      assertEquals("READY=1", systemd.lines.get(0).text());
      assertTrue(systemd.lines.get(1).text().startsWith("STATUS=" + box.url()));
      await()
          .atMost(SOON)
          .until(
              () ->
                  systemd.lines.stream()
                      .map(Line::text)
                      .anyMatch(line -> line.endsWith("Odoo: connected, devices: 1")));
      int before = systemd.signs().size();
      await().atMost(SOON).until(() -> systemd.signs().size() >= before + 8);
      List<Long> signs = systemd.signs();
      List<Long> pauses =
          java.util.stream.IntStream.range(1, signs.size())
              .mapToObj(i -> signs.get(i) - signs.get(i - 1))
              .sorted()
              .toList();
      // The machine may be busy, so the usual pause counts: within half of the watchdog's time.
      assertTrue(
          pauses.get(pauses.size() / 2) < WATCHDOG.toNanos() / 2, pauses + " ns between signs");

      box.terminate();
      assertTrue(box.waitFor(Duration.ofSeconds(5)));
      await().atMost(SOON).until(() -> systemd.heard("STOPPING=1"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"timer", "http"})
  void aBoxThatOnlySeemsToLiveIsNotKeptAlive(String threads) throws Exception {
    assumeTrue(Runtime.version().feature() < 20, "newer ones do not suspend threads");
    String driver =
        TestHandlers.DRIVER.replaceFirst(
            "@Action\\(\"set\"\\)",
            """
            @Action("freeze")
              public void freeze() {
                for (Thread each : Thread.getAllStackTraces().keySet()) {
                  if (each.getName().startsWith("%s")) {
                    each.suspend();
                  }
                }
              }

              @Action("set")"""
                .formatted(threads));
    HandlersZip handlers = TestHandlers.bench().and("drivers/BenchDriver.java", driver);
    try (Listening systemd = new Listening(folder + "/notify");
        OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box =
            BoxProcess.startIn(systemd.environment(WATCHDOG), "--odoo", odoo.pairingUrl())) {
      box.client().awaitDevice("bench1");
      await().atMost(SOON).until(() -> !systemd.signs().isEmpty());
      Thread asking =
          new Thread(() -> box.client().action("s", "bench1", Map.of("action", "freeze")));
      asking.setDaemon(true);
      asking.start();
      await().atMost(SOON).until(() -> systemd.lastStatus().startsWith("STATUS=Not well: "));
      int signs = systemd.signs().size();
      await().during(WATCHDOG.multipliedBy(2)).until(() -> systemd.signs().size() == signs);
      assertTrue(box.stderr().contains("The box is not well"));

      box.kill(); // As systemd would.
    }
  }

  @Test
  void withoutAWatchdogThereAreNoSignsOfLife() throws Exception {
    try (Listening systemd = new Listening(folder + "/notify");
        BoxProcess box = BoxProcess.startIn(Map.of("NOTIFY_SOCKET", systemd.name))) {
      await().atMost(SOON).until(() -> systemd.heard("READY=1"));
      box.terminate();
      await().atMost(SOON).until(() -> systemd.heard("STOPPING=1"));
      assertEquals(List.of(), systemd.signs());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "/nowhere/notify"})
  void aSocketThatIsNoneIsSaidAndTheBoxServes(String socket) {
    try (BoxProcess box = BoxProcess.startIn(Map.of("NOTIFY_SOCKET", socket))) {
      assertEquals("ping", box.client().get("/hw_proxy/hello").body());
      await().atMost(SOON).until(() -> box.stderr().contains("systemd cannot be told"));
    }
  }

  @Test
  void nobodyElsePaysForIt() {
    try (BoxProcess box = BoxProcess.start()) {
      assertEquals("ping", box.client().get("/hw_proxy/hello").body());
      assertFalse(box.jcmd("VM.classloader_stats", "-v").contains("com.sun.jna"));
      assertFalse(box.jcmd("GC.class_histogram", "-all").contains("com.sun.jna"));
    }
  }

  @Test
  void theUnitIsOneThatSystemdUnderstands() throws Exception {
    Path tool = Path.of("/usr/bin/systemd-analyze");
    assumeTrue(Files.exists(tool), "only where systemd is installed");
    Path unit = folder.resolve("iotbox.service");
    String text = Files.readString(BoxProcess.root().resolve("box/iotbox.service"));
    Files.writeString(unit, text.replace("/opt/iotbox/", BoxProcess.root() + "/"));
    Process verify =
        new ProcessBuilder(tool.toString(), "verify", unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes());
    // Other units of the machine may have faults of their own.
    assertFalse(said.contains("iotbox"), said);
  }

  /** What was sent, and when. */
  private record Line(String text, long nanos) {}

  private static final class Listening implements AutoCloseable {
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final String name;
    private final Process socat;

    Listening(String name) throws IOException {
      this.name = name;
      boolean isAbstract = name.startsWith("@");
      String address = isAbstract ? "ABSTRACT-RECV:" + name.substring(1) : "UNIX-RECV:" + name;
      socat = new ProcessBuilder("socat", "-u", address, "-").start();
      Thread reader = new Thread(this::read, "systemd");
      reader.setDaemon(true);
      reader.start();
      Path table = Path.of("/proc/net/unix");
      await().atMost(SOON).until(() -> Files.readString(table).contains(name));
    }

    private void read() {
      try (BufferedReader reader = socat.inputReader()) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.add(new Line(line, System.nanoTime()));
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    Map<String, String> environment(Duration watchdog) {
      return Map.of(
          "NOTIFY_SOCKET", name, "WATCHDOG_USEC", String.valueOf(watchdog.toMillis() * 1_000));
    }

    boolean heard(String line) {
      return lines.stream().anyMatch(each -> each.text().equals(line));
    }

    String lastStatus() {
      return lines.stream()
          .map(Line::text)
          .filter(line -> line.startsWith("STATUS="))
          .reduce("", (former, latter) -> latter);
    }

    List<Long> signs() {
      return lines.stream()
          .filter(line -> line.text().equals("WATCHDOG=1"))
          .map(Line::nanos)
          .toList();
    }

    @Override
    public void close() {
      socat.destroy();
    }
  }
}
