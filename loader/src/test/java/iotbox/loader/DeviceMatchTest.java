package iotbox.loader;

import static iotbox.loader.TestArchive.driverSource;
import static iotbox.loader.TestArchive.handlers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.loader.HandlerStatus.Compiler;
import iotbox.loader.HandlerStatus.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code @Match} says of a driver, from its source to the devices that fit. */
class DeviceMatchTest {
  @Test
  void allThatOneMatchSaysMustBeTrue() {
    DriverType driver = driver("@Match(vendor = 0x0b67, product = 0x555e, name = \"(?i)scale\")");

    assertTrue(driver.isFor(device(0x0b67, 0x555e, "Postal Scale")));
    assertFalse(driver.isFor(device(0x0b68, 0x555e, "Postal Scale")));
    assertFalse(driver.isFor(device(0x0b67, 0x555f, "Postal Scale")));
    assertFalse(driver.isFor(device(0x0b67, 0x555e, "Postal Stamp")));
    assertFalse(driver.isFor(Device.of(Map.of())));
  }

  @Test
  void aVendorAloneFitsAllItsProducts() {
    DriverType driver = driver("@Match(vendor = 0)");

    assertTrue(driver.isFor(device(0, 7, "A")));
    assertTrue(driver.isFor(Device.of(Map.of("vendor_id", 0L))));
    assertFalse(driver.isFor(Device.of(Map.of("product_id", 7))));
    assertFalse(driver.isFor(Device.of(Map.of("vendor_id", "0"))), "a number, as USB counts");
  }

  @ParameterizedTest
  @CsvSource({"name", "product", "model", "description"})
  void aNameIsFoundAnywhereInEachOfFour(String attribute) {
    DriverType driver = driver("@Match(name = \"^Mettler|Ariva$\")");

    assertTrue(driver.isFor(Device.of(Map.of(attribute, "The Ariva"))));
    assertFalse(driver.isFor(Device.of(Map.of(attribute, "The Ariva-S"))));
    assertFalse(driver.isFor(Device.of(Map.of("serial_number", "The Ariva"))));
    assertFalse(driver.isFor(Device.of(Map.of(attribute, 5))));
  }

  @Test
  void ofSeveralMatchesOneIsEnoughAndTheEclipseCompilerMakesThem() {
    HandlerStatus[] status = new HandlerStatus[1];
    DriverType driver =
        load(withMatch("@Match(vendor = 1) @Match(vendor = 2)"), status).drivers("serial").get(0);

    assertEquals(Compiler.ECJ, status[0].compiler());
    assertTrue(driver.isFor(device(1, 9, "x")));
    assertTrue(driver.isFor(device(2, 9, "x")));
    assertFalse(driver.isFor(device(3, 9, "x")));
  }

  @Test
  void janinoTakesOneMatchAndMatchesWrittenOut() {
    HandlerStatus[] status = new HandlerStatus[1];
    DriverType one =
        load(withMatch("@Match(vendor = 1, name = \"x\")"), status).drivers("serial").get(0);
    assertEquals(Compiler.JANINO, status[0].compiler());
    assertTrue(one.isFor(device(1, 9, "x")));

    DriverType several =
        load(withMatch("@Matches({@Match(vendor = 1), @Match(vendor = 0xffff)})"), status)
            .drivers("serial")
            .get(0);
    assertEquals(Compiler.JANINO, status[0].compiler());
    assertTrue(several.isFor(device(0xffff, 9, "x")));
  }

  @Test
  void aDriverMayRecogniseOnlyWhatFitsWhicheverCompilerReadsIt() {
    Map<String, Compiler> sources =
        Map.of(
            "@Matches(value = {@Match(vendor = 1), @Match(name = \"x\")}, only = true)",
            Compiler.JANINO,
            "@Matches(only = true, value = {@Match(vendor = 1), @Match(name = \"x\")})",
            Compiler.ECJ);
    sources.forEach(
        (source, compiler) -> {
          HandlerStatus[] status = new HandlerStatus[1];
          DriverType driver = load(withMatch(source), status).drivers("serial").get(0);
          assertEquals(compiler, status[0].compiler());
          assertTrue(driver.mayRecognise(device(1, 9, "y")));
          assertTrue(driver.mayRecognise(device(2, 9, "x")));
          assertFalse(driver.mayRecognise(device(2, 9, "y")));
        });
    assertTrue(driver("@Match(vendor = 1)").mayRecognise(device(2, 9, "y")), "a mere preference");
  }

  @Test
  void aDriverMayRecogniseNothingByItself() {
    HandlerStatus[] status = new HandlerStatus[1];
    DriverType driver =
        load(withMatch("@Matches(value = {}, only = true)"), status).drivers("serial").get(0);
    assertEquals(Compiler.JANINO, status[0].compiler());
    assertFalse(driver.isFor(device(1, 9, "x")));
    assertFalse(driver.mayRecognise(device(1, 9, "x")));
  }

  @Test
  void aChildInheritsThatItRecognisesNoOthersUnlessItWritesItsOwn() {
    Map<String, DriverType> drivers =
        loadAll(
            Map.of(
                "A", withMatch("@Matches(value = {@Match(vendor = 1)}, only = true)"),
                "B", driverSource("B", "A", ""),
                "C",
                    driverSource("C", "A", "")
                        .replace("public class", "@Match(vendor = 3) public class"),
                "D",
                    driverSource("D", "C", "")
                        .replace(
                            "public class", "@Matches(value = {}, only = true) public class")));

    assertFalse(drivers.get("B").mayRecognise(device(2, 9, "x")));
    assertTrue(drivers.get("B").mayRecognise(device(1, 9, "x")));
    assertTrue(drivers.get("C").mayRecognise(device(2, 9, "x")));
    assertFalse(drivers.get("D").mayRecognise(device(3, 9, "x")));
  }

  @Test
  void aSingleMatchWrittenOutWithoutBracesIsForTheEclipseCompiler() {
    HandlerStatus[] status = new HandlerStatus[1];
    DriverType driver =
        load(withMatch("@Matches(@Match(vendor = 1))"), status).drivers("serial").get(0);

    assertEquals(Compiler.ECJ, status[0].compiler());
    assertTrue(driver.isFor(device(1, 9, "x")));
  }

  @Test
  void aChildInheritsThemUnlessItWritesItsOwn() {
    Map<String, DriverType> drivers =
        loadAll(
            Map.of(
                "A", withMatch("@Match(vendor = 1) @Match(vendor = 2)"),
                "B", driverSource("B", "A", ""),
                "C",
                    driverSource("C", "A", "")
                        .replace("public class", "@Match(vendor = 3) public class")));

    assertTrue(drivers.get("B").isFor(device(2, 9, "x")));
    assertTrue(drivers.get("C").isFor(device(3, 9, "x")));
    assertFalse(drivers.get("C").isFor(device(2, 9, "x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vendor = 0x10000 | The vendor of @Match must be from 0 to 0xffff, as USB counts, not 0x10000",
        "vendor = -2 | The vendor of @Match must be from 0 to 0xffff, as USB counts, not -2",
        "vendor = 1, product = 70000 | The product of @Match must be from 0 to 0xffff, as USB counts, not 0x11170",
        "product = 0x12 | Write @Match(vendor = …, product = 0x0012): each vendor counts its products anew",
        "name = \"\" | Write in @Match what fits: (vendor = 0x0b67, product = 0x555e) or (name = \"a regular expression\")",
        "name = \"Scale (3 kg\" | The name of @Match must be a regular expression, and \"Scale (3 kg\" is none: Unclosed group. A backslash before a special character makes it an ordinary one",
      })
  void whatCannotFitIsRefusedAtItsPlace(String match, String sentence) {
    HandlerStatus[] status = new HandlerStatus[1];
    load(withMatch("@Match(" + match + ")"), status);

    assertEquals(State.FAILED, status[0].state());
    Diagnostic said = status[0].diagnostics().get(0);
    assertEquals(sentence, said.message());
    assertEquals(3, said.line());
    assertEquals("drivers/A.java", status[0].file());
  }

  @Test
  void anExpressionThatTakesForEverFitsNothingInNoTime() {
    DriverType driver = driver("@Match(name = \"(a+)+b\")");

    assertTimeout(
        Duration.ofSeconds(5),
        () -> assertFalse(driver.isFor(Device.of(Map.of("name", "a".repeat(60))))));
    assertTrue(driver.isFor(Device.of(Map.of("name", "aab"))));
    assertFalse(
        driver("@Match(name = \"(a|b)*c\")")
            .isFor(Device.of(Map.of("name", "ab".repeat(100_000)))));
  }

  private static Device device(int vendor, int product, String name) {
    return Device.of(Map.of("vendor_id", vendor, "product_id", product, "product", name));
  }

  private static String withMatch(String match) {
    return driverSource("A", "Driver", "").replace("public class", match + " public class");
  }

  private static DriverType driver(String match) {
    return load(withMatch(match), new HandlerStatus[1]).drivers("serial").get(0);
  }

  /** Loads the sources of drivers by their names. */
  private static Map<String, DriverType> loadAll(Map<String, String> sources) {
    TestArchive archive = handlers();
    sources.forEach((name, source) -> archive.file("drivers/" + name + ".java", source));
    BuiltinHandlers none = BuiltinHandlers.none();
    Map<String, DriverType> drivers = new HashMap<>();
    new HandlerLoader(new HandlerRegistry(none.handlers()), none, Programs.VISIBLE, Platform.LINUX)
        .reload("odoo", archive.archive())
        .handlers()
        .drivers("serial")
        .forEach(driver -> drivers.put(driver.className(), driver));
    return drivers;
  }

  /** Loads a driver {@code A} of this source. */
  private static Handlers load(String source, HandlerStatus[] status) {
    BuiltinHandlers none = BuiltinHandlers.none();
    Handlers handlers =
        new HandlerLoader(
                new HandlerRegistry(none.handlers()), none, Programs.VISIBLE, Platform.LINUX)
            .reload("odoo", handlers().file("drivers/A.java", source).archive())
            .handlers();
    status[0] = handlers.status().get(0);
    assertEquals(List.of(), handlers.status().subList(1, handlers.status().size()));
    return handlers;
  }
}
