package iotbox.box.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import iotbox.box.host.BoxIdentity;
import iotbox.box.odoo.HandlerCache;
import iotbox.box.odoo.HandlerInstaller;
import iotbox.box.odoo.OdooLink;
import iotbox.box.odoo.OdooStatus.State;
import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoOdooTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;
  private final BoxThreads threads = new BoxThreads();
  private final HttpClient http = HttpClient.newHttpClient();
  private byte[] archive;
  private DemoOdoo odoo;

  @BeforeEach
  void start() throws Exception {
    archive = DemoHandlers.zip(Map.of("drivers/A.java", "class A {}".getBytes()));
    odoo = new DemoOdoo(threads, archive);
  }

  @AfterEach
  void end() {
    odoo.close();
    threads.close();
  }

  @Test
  void pairsWithTheBoxByTheRealProtocol() throws Exception {
    List<byte[]> installed = new CopyOnWriteArrayList<>();
    HandlerInstaller installer =
        new HandlerInstaller() {
          @Override
          public void install(byte[] zip) {
            installed.add(zip);
          }

          @Override
          public void remove() {}
        };
    BoxIdentity box = BoxIdentity.of(folder, "box-1", "1.0");
    try (OdooClient client = new OdooClient();
        OdooLink link =
            new OdooLink(
                new CredentialStore(folder),
                box,
                List::of,
                installer,
                new HandlerCache(folder),
                client,
                threads,
                Duration.ofMinutes(1))) {
      link.pair(Pairing.parse(odoo.pairingToken()));
      await().until(() -> installed.size() == 1);
      assertArrayEquals(archive, installed.get(0));
      assertEquals(State.CONNECTED, link.status().state());
      assertEquals(Optional.of("18.0"), link.serverSerie());
      assertEquals(odoo.url(), link.status().url());
    }
    assertTrue(odoo.devices("box-1").isPresent());
  }

  @Test
  void refusesATokenThatIsNotItsOwn() throws Exception {
    JsonNode answer =
        json("/iot/setup", "{\"params\":{\"iot_box\":{\"identifier\":\"b\",\"token\":\"x\"}}}");
    assertTrue(answer.get("result").isNull());
    assertFalse(odoo.devices("b").isPresent());
    assertEquals(401, handlers("b", null).statusCode());
  }

  @Test
  void givesAChannelAndRemembersTheDevices() throws Exception {
    assertTrue(setup("b", "{\"d\":{\"type\":\"scale\"}}").get("result").isTextual());
    assertEquals("scale", odoo.devices("b").orElseThrow().path("d").path("type").asText());
    setup("b", "{}");
    assertEquals(0, odoo.devices("b").orElseThrow().size());
  }

  @Test
  void answersTheIdOfTheCall() throws Exception {
    JsonNode answer = json("/web/webclient/version_info", "{\"id\":7,\"params\":{}}");
    assertEquals(7, answer.get("id").asInt());
    assertEquals("18.0", answer.path("result").path("server_serie").asText());
  }

  @Test
  void comparesThePlainHashAsRealServersDo() throws Exception {
    setup("b", "{}");
    HttpResponse<byte[]> first = handlers("b", null);
    assertEquals(200, first.statusCode());
    assertArrayEquals(archive, first.body());
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertTrue(tag.matches("\"[0-9a-f]{64}\""), tag);
    assertEquals(200, handlers("b", tag).statusCode());
    HttpResponse<byte[]> again = handlers("b", tag.replace("\"", ""));
    assertEquals(304, again.statusCode());
    assertEquals(0, again.body().length);
  }

  @Test
  void refusesWhatIsNotTheProtocol() throws Exception {
    assertEquals(400, post("/iot/setup", "{", "application/json", null).statusCode());
    assertEquals(404, post("/elsewhere", "{}", "application/json", null).statusCode());
    HttpResponse<String> get =
        http.send(
            HttpRequest.newBuilder(URI.create(odoo.url() + "/iot/setup")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(405, get.statusCode());
  }

  @Test
  void listsTheFilesOfAFolderAsAServerWould() throws Exception {
    Path root = folder.resolve("demo/iot_handlers");
    for (String name :
        List.of(
            "drivers/A.java",
            "interfaces/B.java",
            "lib/x.jar",
            "drivers/_private.java",
            "drivers/.hidden",
            "drivers/deep/C.java",
            "Flat.java")) {
      Files.createDirectories(root.resolve(name).getParent());
      Files.writeString(root.resolve(name), name);
    }
    Map<String, byte[]> files = DemoHandlers.read(folder);
    assertEquals(Set.of("drivers/A.java", "interfaces/B.java", "lib/x.jar"), files.keySet());
    assertEquals("lib/x.jar", new String(files.get("lib/x.jar"), StandardCharsets.UTF_8));
    assertArrayEquals(DemoHandlers.zip(files), DemoHandlers.zip(files));
  }

  @Test
  void listsTheFilesOfAJarTheSameWay() throws Exception {
    Path jar = folder.resolve("box.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String name :
          List.of(
              "demo/iot_handlers/",
              "demo/iot_handlers/drivers/",
              "demo/iot_handlers/drivers/A.java",
              "demo/iot_handlers/drivers/deep/C.java",
              "demo/iot_handlers/drivers/_p.java",
              "demo/other/drivers/D.java",
              "iotbox/box/Box.class")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.endsWith("/") ? new byte[0] : name.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    Map<String, byte[]> files = DemoHandlers.read(jar);
    assertEquals(Set.of("drivers/A.java"), files.keySet());
  }

  @Test
  void hasAnArchiveWithoutFilesToo() throws Exception {
    assertEquals(Map.of(), DemoHandlers.read(folder));
    assertEquals('P', DemoHandlers.zip(Map.of())[0]);
  }

  private JsonNode setup(String identifier, String devices) throws Exception {
    String token = odoo.pairingToken().replaceFirst(".*[?&]token=([^&]*).*", "$1");
    return json(
        "/iot/setup",
        "{\"params\":{\"iot_box\":{\"identifier\":\""
            + identifier
            + "\",\"token\":\""
            + token
            + "\"},\"devices\":"
            + devices
            + "}}");
  }

  private JsonNode json(String path, String body) throws Exception {
    HttpResponse<byte[]> answer = post(path, body, "application/json", null);
    assertEquals(200, answer.statusCode());
    return MAPPER.readTree(answer.body());
  }

  private HttpResponse<byte[]> handlers(String identifier, String tag) throws Exception {
    return post(
        "/iot/get_handlers",
        "identifier=" + identifier + "&auto=True",
        "application/x-www-form-urlencoded",
        tag);
  }

  private HttpResponse<byte[]> post(String path, String body, String type, String tag)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(odoo.url() + path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (tag != null) {
      request.header("If-None-Match", tag);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
