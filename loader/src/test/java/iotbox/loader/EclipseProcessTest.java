package iotbox.loader;

import static iotbox.loader.TestArchive.driverSource;
import static iotbox.loader.TestArchive.handlers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.loader.HandlerStatus.Compiler;
import iotbox.loader.HandlerStatus.State;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Eclipse compiler at work in a process of its own. */
class EclipseProcessTest {
  private static final String MODERN = "  final Runnable nothing = () -> {};\n";

  private final HandlerCompiler compiler = HandlerCompiler.apart();
  private final BuiltinHandlers builtins = BuiltinHandlers.none();
  private final HandlerRegistry registry = new HandlerRegistry(builtins.handlers());
  private final HandlerLoader loader =
      new HandlerLoader(registry, builtins, Programs.VISIBLE, Platform.LINUX, compiler);

  @AfterEach
  void end() {
    compiler.close();
    Awaitility.await().until(() -> workers().isEmpty());
  }

  @Test
  void compilesModernJavaThere() {
    HandlerStatus status = reload(MODERN);

    assertEquals(State.LOADED, status.state(), status.toString());
    assertEquals(Compiler.ECJ, status.compiler());
    assertEquals(1, workers().size());
  }

  @Test
  void whatJaninoTakesNeedsNoProcess() {
    assertEquals(Compiler.JANINO, reload("").compiler());
    assertEquals(List.of(), workers());
  }

  @Test
  void errorsComeBackWithTheirPlaces() {
    HandlerStatus status = reload(MODERN + "  int a = \"ä\";\n  int b = missing;\n");

    assertEquals(State.FAILED, status.state());
    assertEquals(
        List.of("7:11", "8:11"),
        status.diagnostics().stream().map(d -> d.line() + ":" + d.column()).toList());
  }

  @Test
  void theSecondGroupGoesToTheSameProcess() {
    reload(MODERN);
    List<Long> first = workers();
    reload(MODERN + "  int more;\n");

    assertEquals(first, workers());
  }

  @Test
  void aProcessThatEndedIsReplaced() {
    reload(MODERN);
    long first = workers().get(0);
    ProcessHandle.of(first).orElseThrow().destroyForcibly();
    Awaitility.await().until(() -> workers().isEmpty());

    assertEquals(State.LOADED, reload(MODERN + "  int more;\n").state());
    assertFalse(workers().contains(first));
  }

  @Test
  void aSourceThatIsTooMuchIsRefusedAndTheNextIsTaken() {
    String deep = "~".repeat(100_000) + "1";
    HandlerStatus status = reload(MODERN + "  int a = " + deep + ";\n");

    assertEquals(State.FAILED, status.state());
    assertTrue(
        status.diagnostics().get(0).message().contains("nested too deeply"),
        () -> status.diagnostics().toString());
    assertEquals(State.LOADED, reload(MODERN).state());
  }

  private HandlerStatus reload(String members) {
    String source = driverSource("Lamp", "Driver", members);
    return loader
        .reload("odoo", handlers().file("drivers/Lamp.java", source).archive())
        .handlers()
        .status()
        .get(0);
  }

  private static List<Long> workers() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(child -> child.info().commandLine().orElse("").contains("EclipseWorker"))
        .map(ProcessHandle::pid)
        .toList();
  }
}
