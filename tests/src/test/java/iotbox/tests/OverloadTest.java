package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that want more than there is: the others are served all the same. */
class OverloadTest {
  private static final String HELLO = "GET /hw_proxy/hello HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String POST =
      "POST /hw_drivers/action HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  private final List<Socket> open = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket each : open) {
      each.close();
    }
  }

  @Test
  @Tag("alone")
  void slowClientsOfAllKindsDoNotSlowOthers() throws Exception {
    try (BoxProcess box = BoxProcess.start()) {
      byte[] many =
          "GET /homepage/style.css HTTP/1.1\r\nHost: localhost\r\n\r\n"
              .repeat(200)
              .getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 100; i++) {
        send(connect(box.url()), POST + "Content-Length: 1000\r\n\r\n{");
        send(connect(box.url()), POST + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
        send(connect(box.url()), "GET / HTTP/1.1\r\nHost: loc");
        connect(box.url());
        connect(box.url()).getOutputStream().write(many);
      }
      BoxClient client = box.client();
      double[] millis = new double[200];
      for (int i = 0; i < millis.length; i++) {
        long begun = System.nanoTime();
        assertEquals("ping", client.get("/hw_proxy/hello").body());
        millis[i] = (System.nanoTime() - begun) / 1e6;
      }
      Arrays.sort(millis);
      System.out.printf(
          "hello among 500 slow clients: p50 %.1f ms, p99 %.1f ms%n", millis[100], millis[198]);
      assertTrue(millis[198] < 1_000, "p99 is " + millis[198] + " ms");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Footprint.of(box.pid()).descriptors() < 100);
    }
  }

  @Test
  void longBodiesOfManyDoNotUseUpTheMemory() throws Exception {
    byte[] piece = new byte[1 << 20];
    Arrays.fill(piece, (byte) 'x');
    String begin =
        "{\"params\":{\"session_id\":\"s\",\"device_identifier\":\"none\",\"data\":{\"d\":\"";
    String end = "\"}}}";
    int length = begin.length() + 24 * piece.length + end.length();
    try (BoxProcess box = BoxProcess.start()) {
      ExecutorService clients = Executors.newFixedThreadPool(32);
      List<CompletableFuture<String>> answers =
          IntStream.range(0, 32)
              .mapToObj(
                  i ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            try (Socket client = new Socket()) {
                              client.connect(address(box.url()));
                              client.setSoTimeout(60_000);
                              OutputStream out = client.getOutputStream();
                              send(client, POST + "Content-Length: " + length + "\r\n\r\n" + begin);
                              for (int k = 0; k < 24; k++) {
                                out.write(piece);
                              }
                              send(client, end);
                              byte[] status = client.getInputStream().readNBytes(12);
                              return new String(status, StandardCharsets.US_ASCII);
                            } catch (IOException e) {
                              return "refused meanwhile";
                            }
                          },
                          clients))
              .toList();
      List<String> all = answers.stream().map(CompletableFuture::join).toList();
      clients.shutdown();
      assertTrue(all.contains("HTTP/1.1 200"), all::toString);
      assertTrue(
          all.stream()
              .allMatch(
                  answer ->
                      answer.equals("HTTP/1.1 200")
                          || answer.equals("HTTP/1.1 503")
                          || answer.equals("refused meanwhile")),
          all::toString);
      assertTrue(all.stream().anyMatch(answer -> !answer.equals("HTTP/1.1 200")), all::toString);
      assertEquals("ping", box.client().get("/hw_proxy/hello").body());
      assertFalse(box.stderr().contains("OutOfMemory"), box.stderr());
    }
  }

  /** Forty answers of 12 MB each, in a heap of 256 MB. */
  @Test
  void aPictureReachesAllWhoListenForIt() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      List<CompletableFuture<Integer>> lengths =
          IntStream.range(0, 40)
              .mapToObj(
                  i ->
                      client
                          .poll("tab" + i, 0, "bench1")
                          .thenApply(event -> event.at("/result/value").asText().length()))
              .toList();
      int picture = 6 << 20;
      client.actionAsText("bench1", Map.of("action", "set", "value", "x".repeat(picture)));
      for (CompletableFuture<Integer> each : lengths) {
        assertEquals(picture, each.orTimeout(60, TimeUnit.SECONDS).join());
      }
      assertFalse(box.stderr().contains("OutOfMemory"), box.stderr());
    }
  }

  @Test
  void connectionsDoNotUseUpFewDescriptors(@TempDir Path data) throws Exception {
    try (BoxProcess box = withDescriptors(300, data)) {
      int answered = 0;
      for (int i = 0; i < 200; i++) {
        answered += saysHello(connect(box.url())) ? 1 : 0;
      }
      assertEquals(100, answered);
      assertTrue(
          box.stderr().contains("All 100 connections are taken, so more are refused"),
          box.stderr());
      assertServesWhenOthersHaveGone(box);
    }
  }

  /** Files and devices took more of them than was thought. */
  @Test
  void descriptorsThatAreUsedUpAreSaidAndWaitedFor(@TempDir Path data) throws Exception {
    try (BoxProcess box = withDescriptors(90, data)) {
      for (int i = 0; i < 100; i++) {
        connect(box.url());
      }
      await().until(() -> box.stderr().contains("does the box have enough file descriptors"));
      long before = processorTicks(box.pid());
      Thread.sleep(3_000);
      long ticks = processorTicks(box.pid()) - before;
      assertTrue(ticks < 150, "it tries without a pause: " + ticks + " of 300 ticks");
      assertServesWhenOthersHaveGone(box);
    }
  }

  private void assertServesWhenOthersHaveGone(BoxProcess box) throws IOException {
    close();
    open.clear();
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> box.client().get("/hw_proxy/hello").body().equals("ping"));
  }

  private static BoxProcess withDescriptors(int count, Path data) {
    return BoxProcess.start(
        List.of(
            "bash",
            "-c",
            "ulimit -n " + count + " && exec \"$@\"",
            "box",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-jar",
            BoxProcess.root().resolve("box/target/iotbox.jar").toString(),
            "--bind",
            "127.0.0.1",
            "--port",
            "0",
            "--data",
            data.toString()));
  }

  private static long processorTicks(long pid) {
    try {
      String[] stat = Files.readString(Path.of("/proc/" + pid + "/stat")).split(" ");
      return Long.parseLong(stat[13]) + Long.parseLong(stat[14]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Socket connect(URI url) throws IOException {
    Socket client = new Socket();
    open.add(client);
    client.setReceiveBufferSize(8 << 10);
    client.setSoTimeout(20_000);
    client.connect(address(url));
    return client;
  }

  private static InetSocketAddress address(URI url) {
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean saysHello(Socket client) {
    try {
      send(client, HELLO);
      return client.getInputStream().read() >= 0;
    } catch (IOException e) {
      return false;
    }
  }
}
