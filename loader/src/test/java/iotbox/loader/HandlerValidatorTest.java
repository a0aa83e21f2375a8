package iotbox.loader;

import static iotbox.loader.TestArchive.driverSource;
import static iotbox.loader.TestArchive.handlers;
import static iotbox.loader.TestArchive.interfaceSource;
import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.loader.HandlerStatus.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about classes that compile and yet are no valid handlers. */
class HandlerValidatorTest {
  private static final String SUPPORTED =
      "  public static boolean supported(Device device) { return true; }\n";
  private static final String CONSTRUCTOR =
      "(String identifier, Device device) { super(identifier, device); }\n";

  private static HandlerStatus load(String path, String source) {
    BuiltinHandlers none = BuiltinHandlers.none();
    return new HandlerLoader(
            new HandlerRegistry(none.handlers()), none, Programs.VISIBLE, Platform.LINUX)
        .reload("odoo", handlers().file(path, source).archive())
        .handlers()
        .status()
        .get(0);
  }

  /** What is said and where, without the source's line, which the loader adds. */
  private static List<Diagnostic> places(HandlerStatus status) {
    return status.diagnostics().stream()
        .map(said -> Diagnostic.error(said.line(), said.column(), said.message()))
        .toList();
  }

  private static void assertFault(int line, int column, String message, String source) {
    HandlerStatus status = load("drivers/A.java", source);
    assertEquals(State.FAILED, status.state(), status.toString());
    assertEquals(List.of(Diagnostic.error(line, column, message)), places(status));
  }

  @Test
  void supportedIsMissing() {
    assertFault(
        3,
        14,
        "Add to class A: public static boolean supported(Device device) { ... }",
        driverSource("A", "Driver", "").replace(SUPPORTED, "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public boolean supported(Device device) { return true; }",
        "static boolean supported(Device device) { return true; }",
        "public static boolean supported(String device) { return true; }",
        "public static int supported(Device device) { return 1; }",
        "public static boolean supported() { return true; }"
      })
  void supportedIsNotAsItMustBe(String supported) {
    assertFault(
        3,
        14,
        "Add to class A: public static boolean supported(Device device) { ... }",
        driverSource("A", "Driver", "").replace(SUPPORTED, supported + "\n"));
  }

  @Test
  void theConnectionTypeIsMissingOrEmpty() {
    String message =
        "Write @ConnectionType(\"serial\"), with the word that the interface and its drivers share,"
            + " above class A";
    String source = driverSource("A", "Driver", "");

    assertFault(3, 14, message, source.replace("@ConnectionType(\"serial\")", ""));
    assertFault(3, 14, message, source.replace("serial", " "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A() { super(null); }", "A(String i) { super(i, null); }"})
  void theConstructorIsWrong(String constructor) {
    assertFault(
        3,
        14,
        "Add a constructor: public A(String identifier, Device device) { super(identifier, device);"
            + " }",
        driverSource("A", "Driver", "").replace("A" + CONSTRUCTOR, constructor + "\n"));
  }

  @Test
  void theConstructorIsNotPublic() {
    assertFault(
        3,
        14,
        "Add a constructor: public A(String identifier, Device device) { super(identifier, device);"
            + " }",
        driverSource("A", "Driver", "").replace("public A(", "A("));
  }

  @Test
  void theConstructorOfOdoo13IsFine() {
    HandlerStatus status =
        load(
            "A.java",
            driverSource("A", "Driver", "")
                .replace("A" + CONSTRUCTOR, "A(Device device) { super(device); }\n"));

    assertEquals(State.LOADED, status.state(), status.toString());
  }

  @Test
  void anActionCannotBeCalled() {
    assertFault(
        3,
        14,
        "The method of @Action(\"go\") must be: public Object go(ActionData data), or without"
            + " parameters",
        driverSource("A", "Driver", "  @Action(\"go\") public void go(String s) {}\n"));
    assertFault(
        3,
        14,
        "The method of @Action(\"go\") must be: public Object go(ActionData data), or without"
            + " parameters",
        driverSource("A", "Driver", "  @Action(\"go\") void go() {}\n"));
  }

  @Test
  void twoActionsHaveOneName() {
    HandlerStatus status =
        load(
            "drivers/A.java",
            driverSource(
                "A",
                "Driver",
                "  @Action(\"go\") public void go() {}\n  @Action(\"go\") public void on() {}\n"));

    assertEquals(State.FAILED, status.state());
    assertEquals(
        true,
        status.diagnostics().get(0).message().startsWith("Two methods have @Action(\"go\"): "));
  }

  @Test
  void aSecondPublicClassIsRefused() {
    assertFault(
        7,
        14,
        "A is this file's public class already; move B to a file of its own, or leave out its"
            + " public",
        driverSource("A", "Driver", "") + "public class B {}\n");
  }

  @Test
  void aHandlerThatIsNotPublicIsRefused() {
    assertFault(
        3,
        7,
        "Make class A public, in a file of its own",
        driverSource("A", "Driver", "").replace("public class A", "class A"));
  }

  @Test
  void aSecondHandlerThatIsNotPublicIsRefused() {
    assertFault(
        7,
        7,
        "Make class B public, in a file of its own",
        driverSource("A", "Driver", "")
            + "class B extends A { public B(String i, Device d) { super(i, d); } }\n");
  }

  @Test
  void anInterfaceNeedsAConstructorWithoutParameters() {
    HandlerStatus status =
        load("interfaces/A.java", interfaceSource("A", "  public A(int port) {}\n"));

    assertEquals(HandlerStatus.Kind.INTERFACE, status.kind());
    assertEquals(
        List.of(
            Diagnostic.error(
                4,
                14,
                "Give A a public constructor without parameters, or leave out its constructors")),
        places(status));
  }

  @ParameterizedTest
  @CsvSource({
    "supported = 0, supported, 60, 0",
    "supported = 61, supported, 60, 61",
    "constructor = 121, constructor, 120, 121",
    "getDevices = 601, getDevices, 600, 601",
    "action = -1, action, 3600, -1",
    "disconnect = 31, disconnect, 30, 31",
  })
  void aDeadlineIsOutOfBounds(String written, String name, int most, int value) {
    String message =
        "Write a number of seconds from 1 to "
            + most
            + " in @Deadlines("
            + name
            + " = …), not "
            + value;
    String deadlines = "@Deadlines(" + written + ") public class";

    assertFault(
        3,
        27 + written.length(),
        message,
        driverSource("A", "Driver", "").replace("public class", deadlines));
    assertEquals(
        List.of(message),
        load("interfaces/A.java", interfaceSource("A", "").replace("public class", deadlines))
            .diagnostics()
            .stream()
            .map(Diagnostic::message)
            .toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3601})
  void theDeadlineOfAnActionIsOutOfBounds(int seconds) {
    String action = "  @Action(value = \"go\", deadline = " + seconds + ") public void go() {}\n";
    assertFault(
        3,
        14,
        "Write a number of seconds from 1 to 3600 in @Action(value = \"go\", deadline = …), not "
            + seconds,
        driverSource("A", "Driver", action));
  }

  @Test
  void deadlinesWithinBoundsAreFineAndAreNoReasonToLeaveJanino() {
    HandlerStatus status =
        load(
            "drivers/A.java",
            driverSource(
                    "A", "Driver", "  @Action(value = \"go\", deadline = 90) public void go() {}\n")
                .replace(
                    "public class A", "@Deadlines(supported = 2, action = 3600) public class A"));

    assertEquals(State.LOADED, status.state(), status.toString());
    assertEquals(HandlerStatus.Compiler.JANINO, status.compiler());
  }

  @Test
  void allFaultsAreSaidAtOnce() {
    HandlerStatus status =
        load(
            "drivers/A.java",
            "import iotbox.handler.*;\npublic class A extends Driver { A() { super(null); } }");

    assertEquals(3, status.diagnostics().size(), status.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "// nothing\n", "package shop;\n"})
  void aFileWithoutAClassSaysSo(String source) {
    assertEquals(
        "The file declares no class",
        load("drivers/A.java", source).diagnostics().get(0).message());
  }
}
