package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code iotbox check}, as an author or a machine that builds runs it. */
class CheckCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void makeModule() throws IOException {
    write("shop/__manifest__.py", "{'name': 'Shop'}\n");
    write("shop/iot_handlers/drivers/Plain.java", driver("Plain", ""));
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String driver(String name, String members) {
    return """
        import iotbox.handler.*;
        @ConnectionType("serial")
        public class %1$s extends Driver {
          public static boolean supported(Device device) { return false; }
          public %1$s(String identifier, Device device) { super(identifier, device); }
          %2$s
        }
        """
        .formatted(name, members);
  }

  private BoxProcess.Exit check(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "check";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandProcess.run(folder, all);
  }

  @Test
  void aModuleThatIsFineIsToldOfFileByFile() throws IOException {
    write("shop/iot_handlers/drivers/old.py", "import os\n");

    BoxProcess.Exit exit = check("shop");

    assertEquals(0, exit.code(), exit.toString());
    assertEquals(
        List.of(
            "shop/iot_handlers/drivers/Plain.java: driver, by Janino",
            "shop/iot_handlers/drivers/old.py: skipped: Python, not run here",
            "2 files: 1 by Janino, 0 by the Eclipse compiler, 0 refused; 0 errors."),
        exit.stdout().lines().toList());
    assertEquals("", exit.stderr());
  }

  @Test
  void everyErrorIsToldInTheFormThatEditorsJumpTo() throws IOException {
    write(
        "shop/iot_handlers/drivers/Broken.java",
        driver("Broken", "int a = \"one\";\n  String b = 2;\n"));
    write("shop/iot_handlers/drivers/Wrong.java", "public class Wrong extends Nothing {}\n");

    BoxProcess.Exit exit = check("shop");

    assertEquals(1, exit.code(), exit.toString());
    List<String> errors = exit.stdout().lines().filter(l -> l.contains(": error: ")).toList();
    assertEquals(3, errors.size(), exit.stdout());
    assertTrue(
        errors.get(0).startsWith("shop/iot_handlers/drivers/Broken.java:6:11: error: "),
        exit.stdout());
    assertTrue(
        errors.get(1).startsWith("shop/iot_handlers/drivers/Broken.java:7:14: error: "),
        exit.stdout());
    assertTrue(
        errors.get(2).startsWith("shop/iot_handlers/drivers/Wrong.java:1:28: error: "),
        exit.stdout());
    assertTrue(exit.stdout().contains("Broken.java: refused"), exit.stdout());
    assertTrue(exit.stdout().endsWith("2 refused; 3 errors.\n"), exit.stdout());
  }

  @Test
  void whatBreaksTheRulesForHandlersIsAnErrorToo() throws IOException {
    write(
        "shop/iot_handlers/drivers/Mute.java",
        "public class Mute extends iotbox.handler.Driver {"
            + " public Mute(String i, iotbox.handler.Device d) { super(i, d); } }\n");

    BoxProcess.Exit exit = check("shop");

    assertEquals(1, exit.code(), exit.toString());
    assertTrue(exit.stdout().contains("public static boolean supported(Device device)"));
  }

  @Test
  void whatKeepsAFileFromJaninoIsANoteAndOnDemandAnError() throws IOException {
    write(
        "shop/iot_handlers/drivers/Modern.java",
        driver("Modern", "Runnable a = () -> {};\n  void f() { var x = 1; }\n"));

    BoxProcess.Exit exit = check("shop");
    BoxProcess.Exit strict = check("shop", "--janino");

    assertEquals(0, exit.code(), exit.toString());
    String path = "shop/iot_handlers/drivers/Modern.java";
    for (String line :
        List.of(
            path + ": driver, by the Eclipse compiler",
            path + ":6:16: note: Not for Janino: a lambda",
            path + ":7:14: note: Not for Janino: a variable declared with var")) {
      assertTrue(exit.stdout().lines().anyMatch(line::equals), line + " in " + exit.stdout());
    }
    assertEquals(1, strict.code(), strict.toString());
    assertTrue(
        strict.stdout().contains(path + ":6:16: error: Not for Janino: a lambda"), strict.stdout());
  }

  @Test
  void nothingOfTheHandlersRuns() throws IOException {
    Path trace = folder.resolve("ran");
    write(
        "shop/iot_handlers/drivers/Eager.java",
        driver(
            "Eager",
            "static { try { java.nio.file.Files.createFile(java.nio.file.Path.of(\""
                + trace
                + "\")); } catch (Exception e) { throw new Error(e); } }"));

    assertEquals(0, check("shop").code());
    assertFalse(Files.exists(trace));
    assertEquals(List.of("shop"), names(folder));
  }

  private static List<String> names(Path folder) throws IOException {
    try (var all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatOdooWouldNotSeeIsTold() throws IOException {
    Files.delete(folder.resolve("shop/__manifest__.py"));
    write("shop/iot_handlers/Lost.java", driver("Lost", ""));
    write("shop/iot_handlers/drivers/deep/Deeper.java", driver("Deeper", ""));

    BoxProcess.Exit exit = check("shop");

    assertEquals(1, exit.code(), exit.toString());
    assertTrue(exit.stdout().contains("shop/__manifest__.py:1:1: error: "), exit.stdout());
    assertTrue(
        exit.stdout().contains("shop/iot_handlers/Lost.java:1:1: warning: Odoo does not send"),
        exit.stdout());
    assertTrue(
        exit.stdout().contains("shop/iot_handlers/drivers/deep/Deeper.java:1:1: warning: "),
        exit.stdout());
  }

  @Test
  void aDamagedJarAndATooLargeSourceAreRefused() throws IOException {
    write("shop/iot_handlers/lib/broken.jar", "no zip");
    write("shop/iot_handlers/drivers/Huge.java", "// " + "x".repeat(1 << 20) + "\n");

    BoxProcess.Exit exit = check("shop");

    assertEquals(1, exit.code(), exit.toString());
    assertTrue(exit.stdout().contains("lib/broken.jar:1:1: error: "), exit.stdout());
    assertTrue(exit.stdout().contains("drivers/Huge.java:1:1: error: The source is larger"));
    assertTrue(exit.stdout().endsWith("2 refused; 2 errors.\n"), exit.stdout());
  }

  @Test
  void programsGetJsonAndGitHubItsNotes() throws IOException {
    write("shop/iot_handlers/drivers/Broken.java", driver("Broken", "int a = \"one\";"));

    BoxProcess.Exit json = check("shop", "--format", "json");
    BoxProcess.Exit github = check("shop", "--format", "github");

    assertEquals(1, json.code(), json.toString());
    JsonNode report = new ObjectMapper().readTree(json.stdout());
    JsonNode finding = report.path("findings").path(0);
    assertEquals("shop/iot_handlers/drivers/Broken.java", finding.path("file").asText());
    assertEquals(6, finding.path("line").asInt());
    assertEquals(11, finding.path("column").asInt());
    assertEquals("error", finding.path("severity").asText());
    assertEquals("failed", report.path("files").path(0).path("state").asText());
    assertEquals("janino", report.path("files").path(1).path("compiler").asText());
    assertTrue(
        github
            .stdout()
            .startsWith("::error file=shop/iot_handlers/drivers/Broken.java,line=6,col=11::"),
        github.stdout());
  }

  @Test
  void severalModulesAreCheckedAtOnce() throws IOException {
    write("till/__manifest__.py", "{'name': 'Till'}\n");
    write("till/iot_handlers/drivers/Till.java", driver("Till", ""));

    BoxProcess.Exit exit = check("shop", "till");

    assertEquals(0, exit.code(), exit.toString());
    assertTrue(exit.stdout().startsWith("shop/iot_handlers/"), exit.stdout());
    assertTrue(exit.stdout().contains("till/iot_handlers/drivers/Till.java: driver, by Janino"));
    assertTrue(
        exit.stdout()
            .endsWith("2 files: 2 by Janino, 0 by the Eclipse compiler, 0 refused; 0 errors.\n"));
  }

  @Test
  void whatCannotBeCheckedIsOneSentence() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    for (List<String> arguments :
        List.of(
            List.of("check"),
            List.of("check", "absent"),
            List.of("check", "empty"),
            List.of("check", "shop/__manifest__.py"),
            List.of("check", "shop", "--format", "xml"),
            List.of("check", "shop", "--colour"))) {
      BoxProcess.Exit exit = CommandProcess.run(folder, arguments.toArray(new String[0]));
      assertEquals(2, exit.code(), arguments + " " + exit);
      assertEquals(1, exit.stderr().lines().count(), arguments + " " + exit);
      assertTrue(exit.stderr().startsWith("iotbox: "), arguments + " " + exit);
      assertEquals("", exit.stdout(), arguments.toString());
    }
  }
}
