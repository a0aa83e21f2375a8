package iotbox.loader;

import static iotbox.loader.TestArchive.driverSource;
import static iotbox.loader.TestArchive.handlers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import iotbox.loader.ActionParameter.Type;
import iotbox.loader.HandlerStatus.Compiler;
import iotbox.loader.HandlerStatus.State;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code @Parameter} says of an action, from its source to the forms that pages show. */
class ActionParameterTest {
  private static final ActionParameter UNIT =
      new ActionParameter("unit", Type.TEXT, List.of("mm", "in"), true, "what to measure in");

  private static final String UNIT_WRITTEN =
      "@Parameter(name = \"unit\", choices = {\"mm\", \"in\"}, required = true,"
          + " description = \"what to measure in\")";

  private static Handlers load(HandlerCompiler compiler, TestArchive archive) {
    BuiltinHandlers none = BuiltinHandlers.none();
    return new HandlerLoader(
            new HandlerRegistry(none.handlers()), none, Programs.VISIBLE, Platform.LINUX, compiler)
        .reload("odoo", archive.archive())
        .handlers();
  }

  private static Handlers load(String members) {
    return load(
        HandlerCompiler.automatic(),
        handlers().file("drivers/A.java", driverSource("A", "Driver", members)));
  }

  private static Map<String, List<ActionParameter>> parameters(Handlers handlers) {
    assertEquals(State.LOADED, handlers.status().get(0).state(), handlers.status().toString());
    return handlers.drivers("serial").get(0).parameters();
  }

  @ParameterizedTest
  @EnumSource(
      value = Compiler.class,
      names = {"JANINO", "ECJ"})
  void bothCompilersKeepAllOfIt(Compiler compiler) {
    Handlers handlers =
        load(
            compiler == Compiler.JANINO
                ? HandlerCompiler.janinoOnly()
                : HandlerCompiler.eclipseOnly(),
            handlers()
                .file(
                    "drivers/A.java",
                    driverSource(
                        "A",
                        "Driver",
                        "  @Action(\"set_unit\") "
                            + UNIT_WRITTEN
                            + " public void unit() {}\n"
                            + "  @Action(\"calibrate\") @Parameters({@Parameter(name = \"offset\","
                            + " type = \"number\", required = true), @Parameter(name = \"steps\","
                            + " type = \"integer\", choices = {\"1\", \"10\"}),"
                            + " @Parameter(name = \"keep\", type = \"boolean\")})"
                            + " public void calibrate() {}\n"
                            + "  @Action(\"tare\") public void tare() {}\n")));

    assertEquals(compiler, handlers.status().get(0).compiler());
    assertEquals(
        Map.of(
            "set_unit",
            List.of(UNIT),
            "calibrate",
            List.of(
                new ActionParameter("offset", Type.NUMBER, List.of(), true, null),
                new ActionParameter(
                    "steps", Type.INTEGER, List.of(BigInteger.ONE, BigInteger.TEN), false, null),
                new ActionParameter("keep", Type.BOOLEAN, List.of(), false, null))),
        parameters(handlers));
  }

  @Test
  void aRepeatedOneIsForTheEclipseCompilerAndKeepsItsOrder() {
    Handlers handlers =
        load(
            "  @Action(\"a\") @Parameter(name = \"y\") @Parameter(name = \"x\","
                + " type = \"number\", choices = {\"0.5\", \"1e3\"}) public void a() {}\n");

    assertEquals(Compiler.ECJ, handlers.status().get(0).compiler());
    assertEquals(
        List.of(
            new ActionParameter("y", Type.TEXT, List.of(), false, null),
            new ActionParameter(
                "x",
                Type.NUMBER,
                List.of(new BigDecimal("0.5"), new BigDecimal("1e3")),
                false,
                null)),
        parameters(handlers).get("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Parameter(name = \"x\", choices = \"one\")",
        "@Parameter(choices = \"one\", name = \"x\")",
        "@Parameters(@Parameter(name = \"x\", choices = {\"one\"}))",
        "@Parameters(value = @Parameter(name = \"x\", choices = {\"one\"}))",
        "@Parameters({@Parameter(name = \"x\", choices = \"one\")})",
      })
  void aSingleOneWithoutBracesIsForTheEclipseCompiler(String written) {
    Handlers handlers = load("  @Action(\"a\") " + written + " public void a() {}\n");

    assertEquals(Compiler.ECJ, handlers.status().get(0).compiler());
    assertEquals(
        List.of(new ActionParameter("x", Type.TEXT, List.of("one"), false, null)),
        parameters(handlers).get("a"));
  }

  @Test
  void aVariableOfThatNameIsNoReasonToLeaveJanino() {
    Handlers handlers =
        load(
            "  @Action(\"a\") @Parameters({@Parameter(name = \"x\", choices = {\"one\"})})"
                + " public String a() { String choices = \"b\"; choices = \"c\"; return choices; }\n");

    assertEquals(Compiler.JANINO, handlers.status().get(0).compiler());
  }

  @Test
  void whoeverOverridesAnActionKeepsItsParametersUnlessItWritesItsOwnAction() {
    Handlers handlers =
        load(
            HandlerCompiler.automatic(),
            handlers()
                .file(
                    "drivers/A.java",
                    driverSource(
                        "A",
                        "Driver",
                        "  @Action(\"a\") " + UNIT_WRITTEN + " public void a() {}\n"))
                .file("drivers/B.java", driverSource("B", "A", "  public void a() {}\n"))
                .file(
                    "drivers/C.java",
                    driverSource("C", "A", "  @Action(\"a\") public void a() {}\n")));

    Map<String, Map<String, List<ActionParameter>>> byClass =
        handlers.drivers().stream()
            .collect(Collectors.toMap(DriverType::className, DriverType::parameters));
    assertEquals(Map.of("a", List.of(UNIT)), byClass.get("B"));
    assertEquals(Map.of(), byClass.get("C"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "@Parameter(name = \" \") | Write in @Parameter of the action \"a\" the name that callers"
            + " send: @Parameter(name = \"unit\")",
        "@Parameter(name = \"action\") | Rename the parameter \"action\" of the action \"a\": under"
            + " this name callers send which action it is",
        "@Parameters({@Parameter(name = \"x\"), @Parameter(name = \"x\")}) | Two @Parameter of the"
            + " action \"a\" have the name \"x\"; rename one of them",
        "@Parameter(name = \"x\", type = \"float\") | The type of @Parameter(name = \"x\") must be"
            + " text, number, integer or boolean, not \"float\"",
        "@Parameter(name = \"x\", type = \"integer\", choices = {\"1\", \"2.5\"}) | The choices of"
            + " @Parameter(name = \"x\") must be of its type integer, and \"2.5\" is not",
        "@Parameter(name = \"x\", type = \"number\", choices = {\"NaN\"}) | The choices of"
            + " @Parameter(name = \"x\") must be of its type number, and \"NaN\" is not",
        "@Parameter(name = \"x\", type = \"boolean\", choices = {\"yes\"}) | Leave out the choices"
            + " of @Parameter(name = \"x\"): a boolean is true or false",
        "@Parameter(name = \"x\", choices = {\"mm\", \"mm\"}) | The choices of @Parameter(name ="
            + " \"x\") have \"mm\" twice; leave out one of them",
      })
  void nonsenseIsRefusedWithItsPlace(String written, String sentence) {
    Handlers handlers = load("  @Action(\"a\") " + written + " public void a() {}\n");
    assertRefused(handlers, sentence);
  }

  @Test
  void oneWithoutAnActionIsRefused() {
    assertRefused(
        load("  " + UNIT_WRITTEN + " public void unit() {}\n"),
        "Write @Action above unit, too, or leave out its @Parameter, which tells what an action"
            + " takes");
  }

  private static void assertRefused(Handlers handlers, String sentence) {
    HandlerStatus status = handlers.status().get(0);
    assertEquals(State.FAILED, status.state(), status.toString());
    assertEquals(1, status.diagnostics().size(), status.toString());
    Diagnostic fault = status.diagnostics().get(0);
    assertEquals(sentence, fault.message());
    assertEquals(3, fault.line());
    assertEquals(14, fault.column());
    assertFalse(fault.source().isBlank());
  }
}
