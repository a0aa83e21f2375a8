package iotbox.testkit.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, in the folder of a module. */
@Timeout(120)
class ModuleTestsTest {
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

        @Action("greet")
        public Object greet() {
          return "hello";
        }
      }
      """;

  private static final String TEST =
      """
      import static org.junit.jupiter.api.Assertions.assertEquals;

      import iotbox.handler.Device;
      import iotbox.testkit.HandlerKit;
      import java.nio.file.Path;
      import java.util.Map;
      import org.junit.jupiter.api.Test;
      import org.junit.jupiter.api.extension.RegisterExtension;

      class GreeterTest {
        @RegisterExtension final HandlerKit kit = HandlerKit.ofModule(Path.of("."));

        @Test
        void itGreets() {
          assertEquals("hello", kit.plug("a", Device.of(Map.of())).act("greet"));
        }

        @Test
        void itIsAClassOfItsOwn() {
          assertEquals("b", new Greeter("b", Device.of(Map.of())).identifier());
        }
      }
      """;

  @TempDir Path folder;
  private Path module;

  private record Outcome(int code, String out, String err) {}

  @BeforeEach
  void write() throws IOException {
    module = folder.resolve("greetings");
    write("iot_handlers/drivers/Greeter.java", DRIVER);
  }

  @Test
  void testsThatPassAreCounted() throws Exception {
    write("tests/java/GreeterTest.java", TEST);
    Outcome outcome = run();
    assertEquals(0, outcome.code, outcome.toString());
    assertTrue(outcome.out.matches("2 tests passed \\(\\d+\\.\\d s\\)\n"), outcome.out);
    assertEquals("", outcome.err);
  }

  @Test
  void aTestThatFailsIsToldWithItsLine() throws Exception {
    write("tests/java/GreeterTest.java", TEST.replace("\"hello\", kit", "\"hi\", kit"));
    Outcome outcome = run();
    assertEquals(1, outcome.code, outcome.toString());
    assertEquals(
        List.of(
            "greetings/tests/java/GreeterTest.java:15: error: itGreets(): expected: <hi> but was:"
                + " <hello>",
            "1 of 2 tests failed"),
        outcome.out.replaceAll(" \\(\\d.*", "").lines().toList());
  }

  @Test
  void whatDoesNotCompileIsToldWithItsPlace() throws Exception {
    write("tests/java/GreeterTest.java", TEST.replace("Greeter(\"b\"", "Gretter(\"b\""));
    Outcome outcome = run();
    assertEquals(1, outcome.code, outcome.toString());
    assertEquals(
        "greetings/tests/java/GreeterTest.java:20:27: error: cannot find symbol; symbol:   class"
            + " Gretter; location: class GreeterTest\n",
        outcome.out);
  }

  @Test
  void whatOnlyTheBoxRefusesIsToldOnce() throws Exception {
    write(
        "iot_handlers/drivers/Greeter.java",
        DRIVER
            .replace("\"hello\")", "\"hello\") @Deprecated")
            .replace("static boolean supported", "static boolean supports"));
    write("tests/java/GreeterTest.java", TEST);
    Outcome outcome = run();
    assertEquals(1, outcome.code, outcome.toString());
    assertEquals(
        List.of(
            "greetings/iot_handlers/drivers/Greeter.java:4:14: error: Add to class Greeter: public"
                + " static boolean supported(Device device) { ... }",
            "2 of 2 tests failed"),
        outcome.out.replaceAll(" \\(\\d.*", "").lines().toList());
  }

  @Test
  void aFileForOneSystemMayHaveAnotherName() throws Exception {
    Files.delete(module.resolve("iot_handlers/drivers/Greeter.java"));
    write("iot_handlers/drivers/Greeter_L.java", DRIVER);
    write("iot_handlers/drivers/Greeter_W.java", "this is for Windows");
    write("tests/java/GreeterTest.java", TEST);
    assertEquals(0, run().code);
  }

  @Test
  void withoutTestsThereIsNothingToRun() throws Exception {
    Outcome outcome = run();
    assertEquals(2, outcome.code, outcome.toString());
    assertEquals(
        "iotbox: greetings/tests/java has no tests. A driver with a test to begin with: ./box/run"
            + " new driver\n",
        outcome.err);
  }

  @Test
  void aClassWithoutTestsIsToldToo() throws Exception {
    write("tests/java/GreeterTest.java", "class GreeterTest {}");
    Outcome outcome = run();
    assertEquals(1, outcome.code, outcome.toString());
    assertTrue(outcome.out.startsWith("There are no tests: "), outcome.out);
  }

  @Test
  void theLogIsShownOnlyToWhoWantsIt() throws Exception {
    write("tests/java/GreeterTest.java", TEST);
    assertTrue(run("--log").err.contains("a is driven by Greeter"));
    Outcome outcome = run("--verbose");
    assertEquals(2, outcome.code);
    assertEquals("iotbox: Only --log may follow the module's folder.\n", outcome.err);
  }

  private void write(String file, String text) throws IOException {
    Path path = module.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Outcome run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Diotbox.testkit.from=" + folder.toRealPath(), "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(ModuleTests.class.getName());
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .directory(module.toRealPath().toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int code = process.waitFor();
    return new Outcome(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
