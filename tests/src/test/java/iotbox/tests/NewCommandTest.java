package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.simulation.LineScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code iotbox new}: what an author begins with. */
class NewCommandTest {
  @TempDir Path folder;

  private BoxProcess.Exit run(String line) {
    return CommandProcess.run(folder, line.split(" "));
  }

  private void make(String line) {
    BoxProcess.Exit exit = run(line);
    assertEquals(0, exit.code(), exit.toString());
    assertEquals("", exit.stderr());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void aModuleIsOneForOdooAndForTheBox() throws IOException {
    make("new module shop_devices");

    assertEquals(
        List.of(
            "shop_devices/.gitignore",
            "shop_devices/README.md",
            "shop_devices/__init__.py",
            "shop_devices/__manifest__.py",
            "shop_devices/pom.xml"),
        files());
    assertTrue(text("shop_devices/__manifest__.py").contains("\"name\": \"Shop devices\""));
    assertTrue(text("shop_devices/__manifest__.py").contains("\"depends\": [\"iot\"]"));
    BoxProcess.Exit check = run("check shop_devices");
    assertEquals(0, check.code(), check.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "driver CounterGauge --connection serial, drivers/CounterGauge, counter_gauge.line",
    "driver counter-gauge --connection serial --device-type display, drivers/CounterGauge, counter_gauge.line",
    "driver till_scale --connection serial --device-type scale, drivers/TillScale, till_scale.line",
    "driver LANGauge --connection network, drivers/LanGauge, lan_gauge.tcp.line",
    "driver Thing --connection door, drivers/Thing,",
    "driver Tv --connection hdmi --device-type display, drivers/Tv,",
    "interface Lan --connection network, interfaces/Lan,",
    "interface Doors --connection door, interfaces/Doors,"
  })
  void whatIsWrittenIsForJaninoAndItsTestPasses(String arguments, String handler, String device)
      throws Exception {
    make("new module shop");
    make("new " + arguments + " --module shop");

    BoxProcess.Exit check = run("check shop --janino");
    assertEquals(0, check.code(), check.toString());
    String kind = handler.startsWith("drivers") ? "driver" : "interface";
    assertTrue(
        check.stdout().startsWith("shop/iot_handlers/" + handler + ".java: " + kind),
        check.stdout());
    assertFalse(text("shop/iot_handlers/" + handler + ".java").contains("{{"));
    if (device != null) {
      LineScript.read(folder.resolve("shop/tests/devices/" + device));
    }
    assertTestsPass();
  }

  @Test
  void allOfThemTogetherPassTheirTests() {
    make("new module shop");
    make("new driver Gauge --connection serial --module shop");
    make("new driver Scale --connection serial --device-type scale --module shop");
    make("new driver LanGauge --connection network --module shop");
    make("new driver Door --connection door --module shop");
    make("new interface Lan --connection network --module shop");
    make("new interface Doors --connection door --module shop");

    assertTestsPass();
  }

  /** As {@code box/run test} does. */
  private void assertTestsPass() {
    BoxProcess.Exit tests =
        CommandProcess.runJar(
            BoxProcess.root().resolve("loader/testkit/target/iotbox-testkit.jar"),
            folder.resolve("shop"));
    assertEquals(0, tests.code(), tests.toString());
    assertTrue(tests.stdout().matches("(?s).*\\b\\d+ tests? passed.*"), tests.stdout());
  }

  @Test
  void withoutAModuleNamedItIsTheFolderThatOneIsIn() {
    make("new module shop");

    BoxProcess.Exit exit =
        CommandProcess.run(
            folder.resolve("shop"), "new", "driver", "Gauge", "--connection", "serial");

    assertEquals(0, exit.code(), exit.toString());
    assertTrue(Files.exists(folder.resolve("shop/iot_handlers/drivers/Gauge.java")));
    assertTrue(exit.stdout().startsWith("Wrote iot_handlers/drivers/Gauge.java\n"), exit.stdout());
  }

  @Test
  void whatExistsIsNeverOverwritten() throws IOException {
    make("new module shop");
    make("new driver Gauge --connection serial --module shop");
    Path driver = folder.resolve("shop/iot_handlers/drivers/Gauge.java");
    Files.writeString(driver, "// mine\n");
    Files.delete(folder.resolve("shop/tests/devices/gauge.line"));
    List<String> before = files();

    BoxProcess.Exit again = run("new driver Gauge --connection serial --module shop");
    BoxProcess.Exit module = run("new module shop");

    assertRefused(
        again,
        "shop/iot_handlers/drivers/Gauge.java and shop/tests/java/GaugeTest.java exist already");
    assertRefused(module, "shop/__manifest__.py and ");
    assertEquals("// mine\n", Files.readString(driver));
    assertEquals(before, files(), "nothing is half done");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "new | What is to be made",
        "new driver | What is to be made",
        "new printer Epson | nothing called \"printer\"",
        "new module Shop-Devices | \"Shop-Devices\" cannot be the name of an Odoo module",
        "new module shop --connection serial | name alone",
        "new module a_file/shop | cannot be written",
        "new driver Gauge --connection serial | no Odoo module",
        "new driver Gauge --connection serial --module absent | absent is no Odoo module",
        "new driver Gauge --module shop | --connection",
        "new driver 2Gauge --connection serial --module there | \"2Gauge\" cannot be the name",
        "new driver Gäuge --connection serial --module there | cannot be the name",
        "new driver a/b --connection serial --module there | \"a/b\" cannot be the name",
        "new driver Device --connection serial --module there | iotbox.handler.Device already",
        "new driver string --connection serial --module there | java.lang.String already",
        "new driver Gauge --connection RS-232 --module there | \"RS-232\" cannot be a connection",
        "new driver Gauge --connection serial --device-type toaster --module there | \"toaster\"",
        "new interface Ports --connection serial --device-type scale --module there | no device type",
        "new driver Gauge --connection serial --colour red | Unrecognized option",
      })
  void whatCannotBeMadeIsOneSentence(String line, String said) throws IOException {
    make("new module there");
    Files.writeString(folder.resolve("a_file"), "");
    List<String> before = files();

    assertRefused(run(line), said);
    assertEquals(before, files());
  }

  private static void assertRefused(BoxProcess.Exit exit, String said) {
    assertEquals(2, exit.code(), exit.toString());
    assertEquals(1, exit.stderr().lines().count(), exit.stderr());
    assertTrue(exit.stderr().contains(said), exit.stderr());
    assertEquals("", exit.stdout());
  }
}
