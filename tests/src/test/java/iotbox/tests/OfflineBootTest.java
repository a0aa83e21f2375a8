package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next boot, from what is kept on disk. */
class OfflineBootTest {
  @TempDir private Path data;

  /** One for each compiler. */
  private static HandlersZip handlers() {
    return HandlersZip.with("interfaces/BenchInterface.java", TestHandlers.INTERFACE)
        .and(
            "drivers/BenchDriver.java",
            TestHandlers.DRIVER.replace(
                "public static", "final Runnable nothing = () -> {};\n  public static"));
  }

  /** A first boot with Odoo; the status it came to. */
  private JsonNode firstBoot(OdooStandIn odoo) {
    try (BoxProcess box = BoxProcess.pairedWith(odoo, "--data", data.toString())) {
      box.client().awaitDevice("bench1");
      assertTrue(compiled(box));
      return box.client().status();
    }
  }

  private static boolean compiled(BoxProcess box) {
    return !box.stderr().contains("nothing compiled");
  }

  private BoxProcess bootAlone() {
    return BoxProcess.start("--data", data.toString());
  }

  /** The handlers, but for the time of this start. */
  private static JsonNode timeless(JsonNode status) {
    JsonNode handlers = status.path("handlers");
    handlers.forEach(file -> ((ObjectNode) file).remove("since"));
    return handlers;
  }

  @Test
  void aBoxWithoutOdooHasTheSameDevicesAndCompilesNothing() {
    JsonNode first;
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers())) {
      first = firstBoot(odoo);
    }
    try (BoxProcess box = bootAlone()) {
      box.client().awaitDevice("bench1");
      JsonNode second = box.client().status();

      assertFalse(compiled(box), box.stderr());
      assertEquals(timeless(first), timeless(second), "compilers included");
      assertEquals(first.path("devices"), second.path("devices"));
    }
  }

  @Test
  void noCompilerIsEvenLoadedAtAnUnchangedBoot() throws IOException {
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers())) {
      Set<String> first = loadedClasses(odoo);
      Set<String> again = loadedClasses(odoo);

      assertTrue(first.contains("org.codehaus.janino.UnitCompiler"), "Janino was there");
      assertTrue(first.contains("org.eclipse.jdt.internal.compiler.Compiler"), "ECJ was there");
      assertTrue(again.contains("BenchDriver"), "the handlers run");
      assertTrue(again.stream().noneMatch(name -> name.startsWith("org.codehaus.")), "Janino");
      assertTrue(again.stream().noneMatch(name -> name.startsWith("org.eclipse.jdt.")), "ECJ");
    }
  }

  /** The classes that the box, and each process that it started, loaded until bench1 was there. */
  private Set<String> loadedClasses(OdooStandIn odoo) throws IOException {
    Path logs = Files.createTempDirectory(data, "logs");
    List<String> command =
        List.of(
            "env",
            "JAVA_TOOL_OPTIONS=-Xlog:class+load:file=" + logs.resolve("%p"),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            BoxProcess.root().resolve("box/target/iotbox.jar").toString(),
            "--bind=127.0.0.1",
            "--port=0",
            "--data=" + data,
            "--odoo=" + odoo.pairingUrl());
    try (BoxProcess box = BoxProcess.start(command)) {
      box.client().awaitDevice("bench1");
    }
    Set<String> names = new HashSet<>();
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          names.add(line.replaceFirst("^(\\[[^]]*\\])+ ", "").split(" ")[0]);
        }
      }
    }
    return names;
  }

  @Test
  void damagedClassesAreCompiledAgain() throws IOException {
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers())) {
      firstBoot(odoo);
    }
    List<Path> kept;
    try (Stream<Path> files = Files.list(data.resolve("classes"))) {
      kept = files.toList();
    }
    assertEquals(2, kept.size());
    for (Path file : kept) {
      byte[] content = Files.readAllBytes(file);
      content[content.length / 2] ^= 1;
      Files.write(file, content);
    }
    try (BoxProcess box = bootAlone()) {
      box.client().awaitDevice("bench1");
      assertTrue(compiled(box));
      assertTrue(box.stderr().contains("compiled again"), box.stderr());
    }
    try (BoxProcess box = bootAlone()) {
      box.client().awaitDevice("bench1");
      assertFalse(compiled(box), "what was damaged is whole again");
    }
  }

  @Test
  void aDamagedArchiveIsFetchedAgain() throws IOException {
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers())) {
      firstBoot(odoo);
      Path archive = data.resolve("handlers.cache");
      byte[] content = Files.readAllBytes(archive);
      Files.write(archive, Arrays.copyOf(content, content.length - 10));
      odoo.breakConnections();
      try (BoxProcess box = bootAlone()) {
        box.client()
            .awaitStatus(
                "without Odoo and without handlers",
                now -> now.path("odoo").path("state").asText().equals("unreachable"));
        assertTrue(
            BoxClient.handler(box.client().status(), "drivers/BenchDriver.java").isMissingNode());

        odoo.recover().serving(handlers());

        box.client().awaitDevice("bench1");
        assertFalse(compiled(box), "the classes were whole");
      }
    }
  }
}
