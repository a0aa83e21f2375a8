package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever anybody sends to any route: it is answered without a fault of the box and without a word
 * of its inside, leaves nothing behind, and what others are answered is right. Some thousand
 * requests in each run, 50,000 with the profile {@code route-fuzz}; {@code -Droute-fuzz.seed}
 * repeats a run.
 */
class RouteFuzzTest {
  private static final int CLIENTS = 4;

  /** Few of what may be wrong are told; the seed gives the others. */
  private static final int TOLD = 5;

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");
  private static final Pattern INSIDE =
      Pattern.compile(
          "\\tat |Exception|java\\.|javax\\.|jakarta\\.|org\\.eclipse|io\\.javalin|kotlin\\."
              + "|fasterxml|StreamRead|iotbox\\.box\\.|a fault of its own");

  /** These tell of classes, since that is what people look there for. */
  private static final Pattern TELLS_CLASSES =
      Pattern.compile(
          "(?i)^\\S+ \\S*(/api/status|/api/events|/api/logs/stream|/download_logs|/homepage/)"
              + "\\S* ");

  private static final Pattern HARMLESS = Pattern.compile("HTTP/1\\.1 100 Continue\r\n\r\n");

  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> statuses = new TreeMap<>(); // guarded by itself
  private BoxProcess box;

  @Test
  void someThousandStrangeRequestsDoNoHarm() {
    fuzz(3_000);
  }

  @Test
  @Tag("long")
  void fiftyThousandStrangeRequestsDoNoHarm() {
    fuzz(50_000);
  }

  private void fuzz(int count) {
    long seed = Long.getLong("route-fuzz.seed", new Random().nextInt(1_000_000));
    System.out.println("route-fuzz.seed=" + seed);
    Path module = module();
    try (BoxProcess running = BoxProcess.start("--handlers", module.toString())) {
      box = running;
      box.client().awaitDevice("bench1");
      StrangeRequests requests = new StrangeRequests(seed, new OwnersLogin(box.client())::headers);
      assertTrue(requests.routes().size() >= 25, "only " + requests.routes().size() + " routes");
      int warm = Math.max(1_000, count / 5);
      send(requests, 0, warm);
      Footprint before = settled(null);
      send(requests, warm, count);
      Footprint after = settled(before);
      System.out.println(
          count + " requests, answers " + statuses + "; before " + before + ", after " + after);

      assertEquals(List.of(), wrong.stream().limit(TOLD).toList(), "route-fuzz.seed=" + seed);
      assertEquals("ping", box.client().get("/hw_proxy/hello").body());
      assertActionsAndEventsWork();
      assertTrue(after.heapKib() < before.heapKib() + 20_000, before + " grew to " + after);
      assertTrue(after.descriptors() < before.descriptors() + 20, before + " grew to " + after);
      assertTrue(after.threads() < before.threads() + 40, before + " grew to " + after);
      assertTrue(statuses.getOrDefault("200", 0) > count / 20, "all refused? " + statuses);
      assertLogIsBounded(count);
    }
  }

  /** A device that does not depend on Odoo, since some requests part the box from it. */
  private static Path module() {
    try {
      Path module = Files.createTempDirectory(BoxProcess.root().resolve("tests/target"), "fuzz");
      Path handlers = module.resolve("iot_handlers");
      Files.createDirectories(handlers.resolve("interfaces"));
      Files.createDirectories(handlers.resolve("drivers"));
      Files.writeString(handlers.resolve("interfaces/BenchInterface.java"), TestHandlers.INTERFACE);
      Files.writeString(handlers.resolve("drivers/BenchDriver.java"), TestHandlers.DRIVER);
      return module;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has in use when all that is over has ended. */
  private Footprint settled(Footprint before) {
    Footprint[] last = new Footprint[1];
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              Footprint now = Footprint.of(box.pid());
              boolean calm =
                  before == null
                      ? last[0] != null && now.descriptors() == last[0].descriptors()
                      : now.descriptors() < before.descriptors() + 10
                          && now.heapKib() < before.heapKib() + 10_000;
              last[0] = now;
              return calm;
            });
    return last[0];
  }

  private void assertActionsAndEventsWork() {
    BoxClient client = box.client();
    double last =
        client
            .action("fuzz", "bench1", Map.of("action", "set", "value", 1))
            .path("result")
            .path("time")
            .asDouble();
    CompletableFuture<com.fasterxml.jackson.databind.JsonNode> poll =
        client.poll("after", last, "bench1");
    client.action("fuzz", "bench1", Map.of("action", "set", "value", "after all"));
    await().until(poll::isDone);
  }

  private void assertLogIsBounded(int count) {
    long lines = box.stderr().lines().count();
    assertTrue(lines < 1_000 + count / 20, lines + " lines in the log");
  }

  private void send(StrangeRequests requests, int from, int to) {
    AtomicInteger next = new AtomicInteger(from);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS + 1);
    try {
      CompletableFuture<Void> proper =
          CompletableFuture.runAsync(() -> askProperly(() -> next.get() < to), clients);
      CompletableFuture.allOf(
              IntStream.range(0, CLIENTS)
                  .mapToObj(
                      i ->
                          CompletableFuture.runAsync(
                              () -> {
                                int number;
                                while ((number = next.getAndIncrement()) < to) {
                                  judge(number, requests.request(number));
                                }
                              },
                              clients))
                  .toArray(CompletableFuture[]::new))
          .join();
      proper.join();
    } finally {
      clients.shutdownNow();
    }
  }

  /** Whatever comes from others meanwhile, an answer belongs to its question, told by the id. */
  private void askProperly(BooleanSupplier goOn) {
    BoxClient client = box.client();
    for (int number = 0; goOn.getAsBoolean(); number++) {
      String question = "{\"jsonrpc\":\"2.0\",\"id\":\"proper-" + number + "\",\"params\":{}}";
      var answer = client.post("/hw_proxy/handshake", "application/json", question);
      if (answer.statusCode() != 200 || !answer.body().contains("\"proper-" + number + "\"")) {
        wrong.add(question + " was answered " + answer.statusCode() + " " + answer.body());
      }
    }
  }

  private void judge(int number, byte[] request) {
    String answer;
    try {
      answer = HARMLESS.matcher(answer(number, request)).replaceAll("");
    } catch (IOException e) {
      note("none");
      return; // Reset, since the box had not read everything: no answer is one, too.
    }
    if (answer.isEmpty()) {
      note("none");
      return;
    }
    String asked = new String(request, StandardCharsets.ISO_8859_1);
    var status = STATUS.matcher(answer);
    String code = status.lookingAt() ? status.group(1) : "???";
    note(code);
    if (code.startsWith("3") && !code.equals("304")) {
      complain(number, "is sent elsewhere", asked, answer);
    } else if (code.equals("???")
        || code.startsWith("5") && !(code.equals("503") && answer.contains("Retry-After: "))) {
      complain(number, "answers " + code, asked, answer);
    } else if (!answer.contains("X-Content-Type-Options: nosniff")
        || !answer.contains("Content-Security-Policy: default-src 'none'")) {
      complain(number, "is answered without security headers", asked, answer);
    } else if (!TELLS_CLASSES.matcher(asked).find() && INSIDE.matcher(answer).find()) {
      complain(number, "tells of the box's inside", asked, answer);
    }
  }

  /** The owner's session, and a new one now and then, as some requests end it. */
  private static final class OwnersLogin {
    private static final int REQUESTS = 200;

    private final BoxClient client;
    private int count;
    private List<String> headers = List.of();

    OwnersLogin(BoxClient client) {
      this.client = client;
    }

    synchronized List<String> headers() {
      if (count++ % REQUESTS == 0) {
        headers = client.asOwner().loginHeaders();
      }
      return headers;
    }
  }

  private void note(String status) {
    synchronized (statuses) {
      statuses.merge(status, 1, Integer::sum);
    }
  }

  private void complain(int number, String what, String request, String answer) {
    wrong.add(
        "request " + number + " " + what + ":\n" + shown(request) + "\nanswer:\n" + shown(answer));
  }

  private static String shown(String text) {
    String start = text.length() > 2_000 ? text.substring(0, 2_000) + " …" : text;
    StringBuilder shown = new StringBuilder();
    for (char c : start.toCharArray()) {
      if (c >= ' ' && c < 127 || c == '\n') {
        shown.append(c);
      } else if (c != '\r') {
        shown.append(String.format("\\x%02x", (int) c));
      }
    }
    return shown.toString();
  }

  /**
   * Most clients say that nothing follows, as those do that have gone, so that nothing is held for
   * them; the others wait a moment.
   */
  private String answer(int number, byte[] request) throws IOException {
    URI url = box.url();
    // Of another address than the owner's, for whom wrong passwords from there must not matter.
    InetAddress from = InetAddress.getByName("127.0.0.2");
    try (Socket socket = new Socket(url.getHost(), url.getPort(), from, 0)) {
      boolean waits = number % 8 == 0;
      socket.setSoTimeout(waits ? 200 : 20_000);
      socket.getOutputStream().write(request);
      if (!waits) {
        socket.shutdownOutput();
      }
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8_192];
      try {
        for (int n; (n = in.read(buffer)) >= 0 && answer.size() < 100_000; ) {
          answer.write(buffer, 0, n);
        }
      } catch (SocketTimeoutException e) {
        if (!waits) {
          complain(number, "is not answered", new String(request, StandardCharsets.ISO_8859_1), "");
        }
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }
}
