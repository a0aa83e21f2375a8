package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What handlers see of the box as it is shipped, in one jar: the documented libraries only. */
class HandlerViewTest {
  private static final String LIBRARIES =
      """
      import com.fasterxml.jackson.databind.JsonNode;
      import com.fasterxml.jackson.databind.ObjectMapper;
      import com.fazecast.jSerialComm.SerialPort;
      import iotbox.handler.*;
      import okhttp3.OkHttpClient;
      import okhttp3.Request;
      import okhttp3.Response;

      @ConnectionType("bench")
      public class Uses extends Driver {
        public static boolean supported(Device device) { return true; }
        public Uses(String identifier, Device device) throws Exception {
          super(identifier, device);
          OkHttpClient client = new OkHttpClient();
          Response response =
              client.newCall(new Request.Builder().url("@URL@").build()).execute();
          JsonNode answer = new ObjectMapper().readTree(response.body().string());
          response.close();
          deviceType("device");
          deviceConnection("serial");
          deviceName(shop.lib.Units.of(answer.get("weight").asInt()));
          deviceManufacturer(SerialPort.class.getSimpleName());
        }
      }
      """;

  @Test
  void librariesThatAreDocumentedOrShippedWorkAndTheHostsAreRefused(@TempDir Path folder)
      throws Exception {
    HttpServer shop =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"weight\": 7}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    shop.start();
    Path module = folder.resolve("module");
    write(module, "interfaces/BenchInterface.java", TestHandlers.INTERFACE);
    String url = "http://127.0.0.1:" + shop.getAddress().getPort() + "/";
    write(module, "drivers/Uses.java", LIBRARIES.replace("@URL@", url));
    write(
        module,
        "drivers/Nosy.java",
        "import org.eclipse.jetty.server.Server;\n"
            + TestHandlers.DRIVER.replace("BenchDriver", "Nosy"));
    Files.createDirectories(module.resolve("iot_handlers/lib"));
    Files.write(module.resolve("iot_handlers/lib/units.jar"), units(folder));
    try (BoxProcess box = BoxProcess.start("--handlers", module.toString())) {
      JsonNode device = box.client().awaitDevice("bench1");
      assertEquals("7 kg", device.path("name").asText(), device.toString());
      assertEquals("SerialPort", device.path("manufacturer").asText());

      JsonNode status = box.client().status();
      JsonNode nosy = BoxClient.handler(status, "drivers/Nosy.java");
      assertEquals("failed", nosy.path("state").asText());
      String message = nosy.path("diagnostics").path(0).path("message").asText();
      assertTrue(message.startsWith("org.eclipse.jetty.server.Server belongs to the box"), message);
      assertEquals(1, nosy.path("diagnostics").path(0).path("line").asInt());
      assertTrue(status.path("leftovers").isArray() && status.path("leftovers").isEmpty());
    } finally {
      shop.stop(0);
    }
  }

  private static byte[] units(Path folder) throws Exception {
    Path source = folder.resolve("Units.java");
    Files.writeString(
        source,
        "package shop.lib; public class Units {"
            + " public static String of(int kg) { return kg + \" kg\"; } }");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "17", "-d", folder.toString(), source.toString());
    assertEquals(0, failed);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      jar.putNextEntry(new ZipEntry("shop/lib/Units.class"));
      jar.write(Files.readAllBytes(folder.resolve("shop/lib/Units.class")));
    }
    return bytes.toByteArray();
  }

  private static void write(Path module, String file, String source) throws Exception {
    Path path = module.resolve("iot_handlers").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, source);
  }
}
