package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.loader.BuiltinHandlers;
import iotbox.loader.HandlerArchive;
import iotbox.loader.HandlerCompiler;
import iotbox.loader.HandlerLoader;
import iotbox.loader.HandlerRegistry;
import iotbox.loader.HandlerStatus;
import iotbox.loader.Handlers;
import iotbox.loader.Platform;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the authors' guide promises of the box's libraries, for each compiler and at run time. */
class VisibleToHandlersTest {
  private static Handlers load(HandlerCompiler compiler, String imports, String member)
      throws Exception {
    String source =
        imports
            + "import iotbox.handler.*;\n@ConnectionType(\"test\")\n"
            + "public class Uses extends Driver {\n"
            + "public static boolean supported(Device device) { return true; }\n"
            + "public Uses(String identifier, Device device) { super(identifier, device); }\n"
            + member
            + "\n}\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("drivers/Uses.java"));
      zip.write(source.getBytes(StandardCharsets.UTF_8));
    }
    BuiltinHandlers builtins = BuiltinHandlers.none();
    HandlerRegistry registry = new HandlerRegistry(builtins.handlers());
    return new HandlerLoader(registry, builtins, StockHandlers.visible(), Platform.LINUX, compiler)
        .reload("test", HandlerArchive.ofZip(bytes.toByteArray()))
        .handlers();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new okhttp3.Request.Builder().url(\"http://shop.example/\").build().url().host()",
        "new com.fasterxml.jackson.databind.ObjectMapper().createObjectNode().put(\"a\", 1)",
        "com.fazecast.jSerialComm.SerialPort.class.getName()",
        "org.usb4java.LibUsbException.class.getName()",
        "org.slf4j.LoggerFactory.getLogger(\"shop\").getName()",
        "iotbox.stock.serial.SerialDriver.class.getName()",
        "java.net.http.HttpClient.class.getName()",
        "javax.net.ssl.SSLContext.class.getName()"
      })
  void isThereForBothCompilersAndAtRunTime(String expression) throws Exception {
    String member = "public String toString() { return \"\" + " + expression + "; }";
    for (HandlerCompiler compiler :
        new HandlerCompiler[] {HandlerCompiler.janinoOnly(), HandlerCompiler.eclipseOnly()}) {
      Handlers handlers = load(compiler, "", member);

      HandlerStatus status = handlers.status().get(0);
      assertEquals(HandlerStatus.State.LOADED, status.state(), status.toString());
      Object driver =
          handlers
              .drivers("test")
              .get(0)
              .type()
              .getConstructor(String.class, Device.class)
              .newInstance("id", Device.of(Map.of()));
      assertTrue(driver.toString().length() > 3, driver.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "iotbox.box.Box",
    "iotbox.loader.HandlerLoader",
    "org.codehaus.janino.Parser",
    "org.eclipse.jdt.internal.compiler.Compiler",
    "org.eclipse.jetty.server.Server",
    "io.javalin.Javalin",
    "ch.qos.logback.classic.LoggerContext",
    "org.apache.commons.cli.Options"
  })
  void isHiddenFromBothCompilersAndAtRunTime(String name) throws Exception {
    for (HandlerCompiler compiler :
        new HandlerCompiler[] {HandlerCompiler.janinoOnly(), HandlerCompiler.eclipseOnly()}) {
      HandlerStatus imported = load(compiler, "import " + name + ";\n", "").status().get(0);
      assertEquals(HandlerStatus.State.FAILED, imported.state());
      assertTrue(
          imported.diagnostics().get(0).message().startsWith(name + " belongs to the box"),
          imported.toString());
      assertEquals(1, imported.diagnostics().get(0).line());
      assertEquals(8, imported.diagnostics().get(0).column());

      HandlerStatus named = load(compiler, "", "Object o = " + name + ".class;").status().get(0);
      assertEquals(HandlerStatus.State.FAILED, named.state(), named.toString());
    }
    Handlers handlers =
        load(
            HandlerCompiler.automatic(),
            "",
            "public String toString() { try { return Class.forName(\""
                + name
                + "\").getName(); } catch (ClassNotFoundException e) { return \"hidden\"; } }");
    Object driver =
        handlers
            .drivers("test")
            .get(0)
            .type()
            .getConstructor(String.class, Device.class)
            .newInstance("id", Device.of(Map.of()));
    assertEquals("hidden", driver.toString());
  }
}
