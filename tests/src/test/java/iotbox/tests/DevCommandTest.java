package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code iotbox dev}, as an author uses it: saves on one side, the terminal on the other. */
class DevCommandTest {
  private static final String DRIVER = "shop/iot_handlers/drivers/Gauge.java";
  private static final String SCRIPT = "shop/tests/devices/gauge.line";

  @TempDir Path folder;

  @BeforeEach
  void makeModule() {
    make("new", "module", "shop");
    make("new", "driver", "Gauge", "--connection", "serial", "--module", "shop");
  }

  private void make(String... arguments) {
    BoxProcess.Exit exit = CommandProcess.run(folder, arguments);
    assertEquals(0, exit.code(), exit.toString());
  }

  private BoxProcess dev(String... options) {
    return dev(Map.of(), options);
  }

  private BoxProcess dev(Map<String, String> environment, String... options) {
    // Whoever runs the tests in the background may have Ctrl-C ignored, and children inherit that.
    List<String> command =
        new ArrayList<>(List.of("env", "--default-signal=INT", "-C", folder.toString()));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            BoxProcess.root().resolve("box/target/iotbox.jar").toString(),
            "dev",
            "shop",
            "--port",
            "0"));
    if (!environment.containsKey("XDG_DATA_HOME")) {
      command.addAll(List.of("--data", folder.resolve("data").toString()));
    }
    command.addAll(List.of(options));
    return BoxProcess.start(command);
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertTrue(text.contains(from), from + " in " + text);
    Files.writeString(path, text.replace(from, to));
  }

  /** Waits for such a line, after those that were there before. */
  private static void await(BoxProcess box, int after, Predicate<String> wanted, String what) {
    try {
      Awaitility.await(what)
          .atMost(60, TimeUnit.SECONDS)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !box.isAlive() || has(box, after, wanted));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(what + " not in\n" + box.stdout() + "\n" + box.stderr(), e);
    }
    if (!has(box, after, wanted)) {
      throw new AssertionError("The box ended\n" + box.stdout() + "\n" + box.stderr());
    }
  }

  private static boolean has(BoxProcess box, int after, Predicate<String> wanted) {
    return lines(box).stream().skip(after).anyMatch(wanted);
  }

  private static void await(BoxProcess box, int after, String text) {
    await(box, after, line -> line.contains(text), text + " after line " + after);
  }

  private static List<String> lines(BoxProcess box) {
    return box.stdout().lines().toList();
  }

  @Test
  void theDriverSpeaksWithThePlayedDeviceAndEverythingIsShown() {
    try (BoxProcess box = dev()) {
      await(box, 0, "played shop/tests/devices/gauge.line: at " + folder.resolve("data/devices"));
      await(box, 0, "page   " + box.url());
      await(box, 0, "reload drivers/Gauge.java: driver, by Janino");
      await(box, 0, "reload 1 loaded, 0 refused, in ");
      await(box, 0, "device gauge: opened by Gauge");
      await(box, 0, "try    get_status, set_unit, zero");
      await(box, 0, "event  gauge {\"value\":1.25");
      assertEquals("127.0.0.1", box.url().getHost());
      assertFalse(box.stdout().contains("\u001b"), "no colours without a terminal");

      int before = lines(box).size();
      String identifier = folder.resolve("data/devices/gauge").toString();
      // Sorted, since it is shown in the order in which it was sent.
      Map<String, String> inches = new TreeMap<>(Map.of("action", "set_unit", "unit", "in"));
      String answered = "action gauge {\"action\":\"set_unit\",\"unit\":\"in\"} answered \"in\"";
      // On a machine with much to do even a played device may take too long for its driver.
      Awaitility.await(answered)
          .atMost(60, TimeUnit.SECONDS)
          .pollInterval(Duration.ofSeconds(2))
          .until(
              () -> {
                box.client().action("s", identifier, inches);
                return has(box, before, line -> line.contains(answered));
              });
      box.client().action("s", identifier, Map.of("action", "set_unit", "unit", "miles"));
      await(box, before, "failed: \"unit must be mm or in, and is miles\"");
    }
  }

  @Test
  void theCommandThatIsShownForAnActionWorksInAShell() throws Exception {
    try (BoxProcess box = dev()) {
      await(box, 0, "  curl " + box.url() + "/iot_drivers/action");
      String curl = lines(box).stream().filter(l -> l.startsWith("  curl ")).findFirst().get();
      Process shell = new ProcessBuilder("bash", "-c", curl).start();
      assertTrue(shell.waitFor(60, TimeUnit.SECONDS));
      await(box, 0, "action gauge {\"action\":\"set_unit\",\"unit\":\"mm\"} ");
    }
  }

  @Test
  void aBrokenSaveIsShownWhereAnEditorFindsItAndAFixedOneTakesEffect() throws Exception {
    try (BoxProcess box = dev()) {
      await(box, 0, "device gauge: opened by Gauge");

      int start = lines(box).size();
      edit(DRIVER, "double value = number(", "double value = \"x\" + number(");
      await(box, start, "reload 0 loaded, 1 refused, in ");
      List<String> told = lines(box).subList(start, lines(box).size());
      int error = indexOf(told, line -> line.startsWith(DRIVER + ":"));
      assertTrue(
          Pattern.matches(
              Pattern.quote(DRIVER) + ":\\d+:20: error: Type mismatch.*", told.get(error)),
          told.toString());
      assertEquals(
          "        double value = \"x\" + number(ask(\"VAL?\\r\", '\\r'));", told.get(error + 1));
      assertEquals("                       ^", told.get(error + 2));
      assertTrue(
          told.stream()
              .anyMatch(l -> l.endsWith("Gauge.java: refused; the earlier version goes on")),
          told.toString());

      int broken = lines(box).size();
      edit(DRIVER, "double value = \"x\" + number(", "double value = 100 + number(");
      await(box, broken, "reload 1 loaded, 0 refused, in ");
      await(box, broken, "device gauge: reopened by Gauge");
      await(box, broken, "event  gauge {\"value\":101.25");
    }
  }

  private static int indexOf(List<String> lines, Predicate<String> wanted) {
    for (int i = 0; i < lines.size(); i++) {
      if (wanted.test(lines.get(i))) {
        return i;
      }
    }
    throw new AssertionError("not in " + lines);
  }

  @Test
  void scriptsThatChangeComeAndGoAreDevicesThatDo() throws Exception {
    try (BoxProcess box = dev()) {
      await(box, 0, "device gauge: opened by Gauge");

      int start = lines(box).size();
      edit(SCRIPT, "set value \"1.25\"", "set value \"77.5\"");
      await(box, start, "played " + SCRIPT + ": changed, plays anew");
      await(box, start, "event  gauge {\"value\":77.5");

      int changed = lines(box).size();
      edit(SCRIPT, "expect \"ID?\\r\"", "expect ID?");
      await(box, changed, SCRIPT + ":6:8: error: Write a text in quotation marks");
      await(box, changed, "played " + SCRIPT + ": refused, the earlier one goes on");

      int refused = lines(box).size();
      Files.move(folder.resolve(SCRIPT), folder.resolve("away"));
      await(box, refused, "played " + SCRIPT + ": gone");
      await(box, refused, "device gauge: gone");

      int gone = lines(box).size();
      edit("away", "expect ID?", "expect \"ID?\\r\"");
      Files.move(folder.resolve("away"), folder.resolve("shop/tests/devices/other.line"));
      await(box, gone, "device other: opened by Gauge");
    }
  }

  @Test
  void aNewDriverForTheNetworkFindsItsDeviceWhileTheBoxRuns() {
    try (BoxProcess box = dev()) {
      await(box, 0, "reload 1 loaded");
      int start = lines(box).size();
      make("new", "interface", "Lan", "--connection", "network", "--module", "shop");
      make("new", "driver", "LanGauge", "--connection", "network", "--module", "shop");
      await(box, start, "played shop/tests/devices/lan_gauge.tcp.line: at 127.0.0.1:");
      await(box, start, line -> line.endsWith(": opened by LanGauge"), "the device in the network");
    }
  }

  @Test
  void manyEventsAreShownAsFew() throws Exception {
    edit(DRIVER, "if (value != shown) {", "for (int i = 0; i < 50; i++) {");
    try (BoxProcess box = dev()) {
      await(box, 0, line -> line.matches(".*event  gauge \\(\\d\\d+ events\\) .*"), "few lines");
    }
  }

  @Test
  void whatADriverThrowsIsShownAtItsDevice() throws Exception {
    edit(
        DRIVER,
        "double value = number(ask(\"VAL?\\r\", '\\r'));",
        "double value = number(ask(\"VAL?\\r\", '\\r'));\n"
            + "    if (value > 0) { throw new IllegalStateException(\"out of paper\"); }");
    try (BoxProcess box = dev()) {
      await(box, 0, line -> line.contains("device gauge: ") && line.contains("out of paper"), "it");
    }
  }

  @Test
  void anInterruptEndsItInTime() throws Exception {
    try (BoxProcess box = dev()) {
      await(box, 0, "device gauge: opened by Gauge");
      long start = System.nanoTime();
      new ProcessBuilder("kill", "-INT", String.valueOf(box.pid())).start().waitFor();
      assertTrue(box.diesWithin(Duration.ofSeconds(5)), "still runs after 5 s");
      assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5));
      assertEquals(130, box.exitCode());
      assertFalse(box.stdout().contains("gauge: gone"), "devices of a box that ends are not news");
    }
    assertFalse(
        Files.exists(
            folder.resolve("data/devices/gauge"), java.nio.file.LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void itKeepsItsDataApartAndItsPageAsksForAPasswordThatIsShown() {
    Map<String, String> home = Map.of("XDG_DATA_HOME", folder.resolve("home").toString());
    String password;
    try (BoxProcess box = dev(home)) {
      password = shownPassword(box);
      box.client().asOwner(password);
      assertTrue(Files.isDirectory(folder.resolve("home/iotbox-dev/shop")));
      assertFalse(Files.exists(folder.resolve("home/iotbox")));
    }
    try (BoxProcess box = dev(home)) {
      assertEquals(password, shownPassword(box), "a browser may remember it");
    }
  }

  private static String shownPassword(BoxProcess box) {
    Pattern shown =
        Pattern.compile("page   http://\\S+ \\(where it asks for a password: (\\S+)\\)");
    await(box, 0, line -> shown.matcher(line).find(), "a password");
    return shown.matcher(box.stdout()).results().findFirst().get().group(1);
  }

  @Test
  void aPasswordOfOnesOwnIsNotShown() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), "my own password\n");
    try (BoxProcess box = dev("--owner-password-file", file.toString())) {
      await(box, 0, "module shop: each save");
      assertFalse(box.stdout().contains("password"), box.stdout());
      box.client().asOwner("my own password");
    }
  }

  @Test
  void theSampleModuleHasItsInstruments() {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            BoxProcess.root().resolve("box/target/iotbox.jar").toString(),
            "dev",
            BoxProcess.root().resolve("sample_module").toString(),
            "--port",
            "0",
            "--data",
            folder.resolve("data").toString());
    try (BoxProcess box = BoxProcess.start(command)) {
      await(box, 0, "played the demonstration's instruments: at 127.0.0.1:");
      await(box, 0, ": opened by BenchScaleDriver");
      await(box, 0, ": opened by ThermometerDriver");
    }
  }

  @Test
  void whatCannotBeginIsOneSentence() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      String data = folder.resolve("data").toString();
      for (List<String> arguments :
          List.of(
              List.of("dev"),
              List.of("dev", "--port", "0"),
              List.of("dev", "absent"),
              List.of("dev", "empty"),
              List.of("dev", "shop", "--colour", "red"),
              List.of("dev", "shop", "--port", port, "--data", data))) {
        BoxProcess.Exit exit = CommandProcess.run(folder, arguments.toArray(new String[0]));
        assertEquals(2, exit.code(), arguments + " " + exit);
        assertEquals(1, exit.stderr().lines().count(), arguments + " " + exit);
        assertTrue(exit.stderr().startsWith("iotbox: "), arguments + " " + exit);
        assertEquals("", exit.stdout(), arguments.toString());
      }
    }
  }
}
