package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.WireMock;
import iotbox.box.odoo.bus.BusStandIn;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, as systemd sends it. */
class ShutdownTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PART_OF_A_REQUEST =
      "POST /iot_drivers/action HTTP/1.1\r\nHost: localhost\r\n"
          + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"params\":";

  @Test
  void answersPollsDisconnectsDevicesAndEndsInTime(@TempDir Path folder) throws Exception {
    Path goodbye = folder.resolve("goodbye");
    String driver =
        TestHandlers.DRIVER.replaceFirst(
            "@Action\\(\"set\"\\)",
            "public void disconnect() { try { new java.io.File(\""
                + goodbye
                + "\").createNewFile(); }"
                + " catch (java.io.IOException e) { throw new IllegalStateException(e); } }\n\n"
                + "  @Action(\"set\")");
    try (OdooStandIn odoo =
            OdooStandIn.start()
                .serving(
                    HandlersZip.with("interfaces/BenchInterface.java", TestHandlers.INTERFACE)
                        .and("drivers/BenchDriver.java", driver));
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      CompletableFuture<JsonNode> poll = client.poll("s", 0, "nobody");
      await("the poll is held")
          .atMost(SOON)
          .until(() -> client.get("/metrics").body().contains("\niotbox_polls_held 1.0\n"));

      box.terminate();

      JsonNode answer = poll.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertTrue(answer.path("result").isMissingNode() || answer.path("result").isNull());
      assertTrue(box.waitFor(LIMIT), "ends within " + LIMIT);
      assertTrue(Files.exists(goodbye), "the driver was told to disconnect");
    }
  }

  @Test
  void aHandlerThatHangsDoesNotHoldItUp() {
    HandlersZip handlers =
        TestHandlers.bench()
            .and(
                "interfaces/Sleeper.java",
                TestHandlers.interfaceThat(
                    "Sleeper",
                    "other",
                    "for (;;) { try { Thread.sleep(60000); }"
                        + " catch (InterruptedException e) { continue; } }"));
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      box.client().awaitDevice("bench1");
      box.client().action("s", "bench1", Map.of("action", "set", "value", 1));

      box.terminate();

      assertTrue(box.waitFor(LIMIT), "ends within " + LIMIT);
    }
  }

  @Test
  void aSilentOdooDoesNotHoldItUp() {
    try (OdooStandIn odoo = OdooStandIn.start().hang(30_000);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      assertEquals("ping", box.client().get("/hw_proxy/hello").body());

      box.terminate();

      assertTrue(box.waitFor(LIMIT), "ends within " + LIMIT);
    }
  }

  @Test
  void aBoxThatIsEndedWhileItStartsDoesNotSayThatItIsReady(@TempDir Path folder) throws Exception {
    // Read when the port is open: the start goes no further until somebody writes.
    Path rules = folder.resolve("devices.json");
    assertEquals(0, new ProcessBuilder("mkfifo", rules.toString()).start().waitFor());
    List<Socket> clients = new ArrayList<>();
    try (BoxProcess box = BoxProcess.begin("--data", folder.toString())) {
      URI url = box.awaitOpenPort();
      BoxClient client = new BoxClient(url);
      await().ignoreExceptions().until(() -> client.get("/hw_proxy/hello").statusCode() == 200);
      // A request that goes on, so that the box cannot end before the start does.
      client(url, clients, PART_OF_A_REQUEST);
      await()
          .atMost(SOON)
          .until(() -> client.get("/metrics").body().contains("\niotbox_http_requests 2.0\n"));

      box.terminate();
      await().until(() -> client.get("/hw_proxy/hello").statusCode() == 503);
      goOn(rules);

      await().until(() -> !box.isAlive() || box.stderr().contains("before it had started"));
      for (Socket each : clients) {
        each.close();
      }
      assertTrue(box.waitFor(LIMIT), "ends within " + LIMIT);
      assertEquals("", box.stdout());
      assertFalse(box.stderr().matches("(?s).*\\b(WARN|ERROR)\\b.*"), box.stderr());
      assertEquals(143, box.exitCode());
    }
  }

  /** Ends the waiting of whoever reads this pipe; does not wait itself if nobody does. */
  private static void goOn(Path pipe) throws IOException {
    try (RandomAccessFile writer = new RandomAccessFile(pipe.toFile(), "rw")) {
      writer.writeBytes("{}");
    }
  }

  private static final String DEAF =
      "while (true) { try { Thread.sleep(60_000); } catch (InterruptedException e) { } }";

  /** Every call that a handler can hold, each held for good, and a hook that never ends. */
  private static HandlersZip stubborn(Path folder) {
    HandlersZip handlers =
        TestHandlers.bench()
            .and(
                "drivers/BenchDriver.java",
                TestHandlers.DRIVER.replaceFirst(
                    "@Action\\(\"set\"\\)",
                    "public void disconnect() throws Exception { new java.io.File(\""
                        + folder
                        + "/\" + identifier()).createNewFile(); }\n\n  @Action(\"set\")"))
            .and("interfaces/Asleep.java", TestHandlers.interfaceThat("Asleep", "none", DEAF));
    Map<String, String> holding = new LinkedHashMap<>();
    holding.put("run", "public void run() { " + DEAF + " }");
    holding.put("disconnect", "public void disconnect() { " + DEAF + " }");
    holding.put("act", "@iotbox.handler.Action(\"hold\") public Object hold() { " + DEAF + " }");
    holding.put("supported", "");
    holding.put("create", "");
    holding.put("hook", "");
    for (Map.Entry<String, String> each : holding.entrySet()) {
      String name = each.getKey();
      String type = "Holding" + name;
      String constructor =
          switch (name) {
            case "create" -> "if (isStopped() || !identifier.isEmpty()) " + DEAF;
            case "hook" ->
                "Runtime.getRuntime().addShutdownHook(new Thread(() -> { " + DEAF + " }));";
            default -> "deviceName(identifier);";
          };
      String driver =
          TestHandlers.driverThat(
                  type, name.equals("supported") ? DEAF : "return true;", constructor)
              .replace("\"bench\"", "\"" + name + "\"")
              .replace(
                  "  public static boolean",
                  "  " + each.getValue() + "\n\n  public static boolean");
      handlers =
          handlers
              .and("drivers/" + type + ".java", driver)
              .and(
                  "interfaces/Only" + name + ".java",
                  TestHandlers.interfaceThat(
                      "Only" + name,
                      name,
                      "return Map.of(\"" + name + "1\", Device.of(Map.of()));"));
    }
    return handlers;
  }

  @Test
  @Tag("alone")
  void whateverHandlersAndClientsDoItEndsInTime(@TempDir Path folder) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.write(data.resolve("iotbox.log"), new byte[4_500_000]);
    List<Socket> clients = new ArrayList<>();
    try (OdooStandIn odoo = OdooStandIn.start().serving(stubborn(folder));
        BoxProcess box = BoxProcess.pairedWith(odoo, "--data", data.toString())) {
      BoxClient client = box.client();
      for (String device : List.of("bench1", "run1", "disconnect1", "act1", "hook1")) {
        client.awaitDevice(device);
      }
      client.awaitStatus(
          "all others hang",
          status ->
              status.path("interfaces").toString().contains("Asleep")
                  && status.path("devices").toString().contains("supported1")
                  && status.path("devices").toString().contains("create1"));
      List<CompletableFuture<JsonNode>> polls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        polls.add(client.poll("tab" + i, 0, "nobody"));
      }
      CompletableFuture<JsonNode> held =
          CompletableFuture.supplyAsync(
              () -> client.call("/iot_drivers/action", action("act1", "hold")));
      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> box.jcmd("Thread.print").contains("Holdingact.action(hold)"));
      CompletableFuture<JsonNode> behind =
          CompletableFuture.supplyAsync(
              () -> client.call("/iot_drivers/action", action("act1", "next")));
      Socket stream = client(box, clients, "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
      client(
          box,
          clients,
          "GET /hw_drivers/download_logs HTTP/1.1\r\nHost: localhost\r\n"
              + String.join("\r\n", box.owner().loginHeaders())
              + "\r\n\r\n");
      client(box, clients, "GET /hw_proxy/hello HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(2_000));
      client(box, clients, PART_OF_A_REQUEST);
      client(box, clients, "GET /hw_proxy/hel");
      odoo.hang(30_000);
      box.owner().post("/api/handlers/reload", "application/json", "{}");

      long begun = System.nanoTime();
      box.terminate();
      CompletableFuture.allOf(polls.toArray(new CompletableFuture<?>[0]))
          .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      long answered = System.nanoTime() - begun;
      assertTrue(box.waitFor(LIMIT), "ends within " + LIMIT + "\n" + box.stderr());
      long ended = System.nanoTime() - begun;

      System.out.printf(
          "polls answered after %d ms, ended after %d ms%n",
          answered / 1_000_000, ended / 1_000_000);
      assertTrue(ended < LIMIT.toNanos(), ended / 1e9 + " s");
      for (CompletableFuture<JsonNode> poll : polls) {
        assertTrue(poll.get().path("result").isMissingNode() || poll.get().path("result").isNull());
      }
      assertTrue(Files.exists(folder.resolve("bench1")), "the driver was told to disconnect");
      assertEquals("disconnected", behind.get().at("/result/status").asText(), "was not begun");
      assertTrue(held.isCompletedExceptionally(), "nobody knows what became of it");
      assertTrue(
          new String(stream.getInputStream().readAllBytes()).endsWith("0\r\n\r\n"), "ended well");
      assertEquals(143, box.exitCode());
    } finally {
      for (Socket each : clients) {
        each.close();
      }
    }
  }

  private static Map<String, Object> action(String device, String action) {
    return Map.of("session_id", "s", "device_identifier", device, "data", Map.of("action", action));
  }

  /** One that sends this and reads nothing. */
  private static Socket client(BoxProcess box, List<Socket> clients, String request)
      throws IOException {
    return client(box.url(), clients, request);
  }

  private static Socket client(URI box, List<Socket> clients, String request) throws IOException {
    Socket socket = new Socket();
    clients.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress("127.0.0.1", box.getPort()));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void whatOdooIsStillToBeToldIsKept() throws Exception {
    Path data = Files.createTempDirectory("iotbox");
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench())) {
      odoo.answer(OdooStandIn.CONFIRM, WireMock.aResponse().withStatus(502));
      try (BoxProcess box = BoxProcess.pairedWith(odoo, "--data", data.toString())) {
        box.client().awaitDevice("bench1");
        box.client()
            .awaitStatus(
                "connected", status -> status.at("/odoo/state").asText().equals("connected"));
        for (int i = 1; i <= 3; i++) {
          Map<String, ?> set = Map.of("action", "set", "value", i);
          box.client().action("browser", "bench1", set);
        }
        await().atMost(SOON).until(() -> odoo.requests(OdooStandIn.CONFIRM).size() > 0);
        box.client().awaitStatus("all wait", now -> now.at("/odoo/bus/waiting").asInt() == 3);
        box.terminate();
        assertTrue(box.waitFor(LIMIT), "ends within " + LIMIT);
      }
      odoo.forgetRequests();
      odoo.answer(OdooStandIn.CONFIRM, WireMock.okJson(BusStandIn.TAKEN));
      try (BoxProcess box = BoxProcess.start("--data", data.toString())) {
        await().atMost(SOON).until(() -> odoo.requests(OdooStandIn.CONFIRM).size() == 3);
        box.client().awaitStatus("told", now -> now.at("/odoo/bus/waiting").asInt() == 0);
      }
      List<Integer> told =
          odoo.requests(OdooStandIn.CONFIRM).stream()
              .map(each -> BoxClient.json(each.getBodyAsString()).at("/params/result").asInt())
              .toList();
      assertEquals(List.of(1, 2, 3), told);
    }
  }
}
