package iotbox.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import iotbox.tests.BoxProcess;
import iotbox.tests.OdooStandIn;
import iotbox.tests.TestHandlers;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a box does for many at once: requests, listeners, devices. All the while one driver hangs,
 * and another throws, as often as the box lets it.
 */
final class TrafficBench {
  private static final int[] DEVICES = {1, 100, 1_000};
  private static final int[] TABS = {1, 200, 1_000, 5_000, 10_000};
  private static final int HELLO_SECONDS = 5;
  private static final int HELLO_WARM_UP_SECONDS = 5;
  private static final int ROUNDS = 1_000;
  private static final Pattern REQUESTS = Pattern.compile("Requests/sec:\\s*([\\d.]+)");
  private static final Pattern ERRORS =
      Pattern.compile("(Socket errors|Non-2xx)[^\\n]*", Pattern.MULTILINE);

  private static final Pattern THROWN = Pattern.compile("IllegalStateException: again");

  private final ObjectMapper json = new ObjectMapper();

  void measure(Table table) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("bench");
    Path plugged = Files.writeString(data.resolve("plugged"), "");
    try (OdooStandIn odoo =
            OdooStandIn.start().serving(TestHandlers.troubled(plugged, "hanging1", "throwing1"));
        BoxProcess box = LoadBench.start(odoo, data.resolve("box"));
        WireClient client = new WireClient(box.url())) {
      // The two that give trouble, from now on.
      await(client, "\"identifier\":\"hanging1\"");
      await(client, "\"driver\":\"ThrowingDriver\"");
      requireLoaded(client.get("/api/status"));
      for (int devices : DEVICES) {
        detect(table, client, plugged, devices);
      }
      for (int connections : new int[] {8, 64}) {
        hello(table, box, connections);
      }
      Figures latency = new LatencyBench().rounds(box.url(), ROUNDS);
      table.row(
          "action to event in traffic, p50 / p99",
          millis(latency.percentile(0.5)) + " / " + millis(latency.percentile(0.99)) + " ms",
          "5.0 / 18.4 ms",
          ROUNDS
              + " rounds, with "
              + DEVICES[DEVICES.length - 1]
              + " devices; wanted at most 1 / 5 ms");
      String odooPages = odoo.pairingUrl().split("\\?")[0];
      for (int tabs : TABS) {
        fanOut(table, box, client, odooPages, tabs);
      }
      checkTrouble(table, box, client);
    }
  }

  /** Whether there really was the trouble that the figures are to be seen with. */
  private static void checkTrouble(Table table, BoxProcess box, WireClient client)
      throws IOException {
    long thrown = THROWN.matcher(box.stderr()).results().count();
    String status = client.get("/api/status");
    boolean hangs = status.contains("HangingDriver.supported");
    if (!hangs || thrown < 3) {
      throw new IOException("Thrown " + thrown + " times, hanging: " + hangs + "\n" + status);
    }
    table.row(
        "  meanwhile", thrown + " × thrown", "", "by one driver; another hung when it was asked");
  }

  /** That only those handlers failed that are to, at the latest by now. */
  private void requireLoaded(String status) throws IOException {
    for (JsonNode handler : json.readTree(status).path("handlers")) {
      boolean troubled = handler.path("file").asText().matches(".*/(Hanging|Throwing)Driver.java");
      if (handler.path("state").asText().equals("failed") && !troubled) {
        throw new IOException("Not all handlers were loaded: " + status);
      }
    }
  }

  private void detect(Table table, WireClient client, Path plugged, int devices)
      throws IOException {
    Files.writeString(plugged, "");
    awaitOpen(client, 0);
    String all =
        IntStream.range(0, devices)
            .mapToObj(i -> i == 0 ? "bench1" : "device" + i)
            .collect(Collectors.joining("\n"));
    long begun = System.nanoTime();
    Path next = Files.writeString(plugged.resolveSibling("plugged.new"), all);
    Files.move(next, plugged, StandardCopyOption.ATOMIC_MOVE);
    awaitOpen(client, devices);
    table.row(
        "detect " + devices + (devices == 1 ? " device" : " devices"),
        Math.round((System.nanoTime() - begun) / 1e6) + " ms",
        "",
        "plugged at once, until the last has its driver; looked for every 100 ms");
  }

  /** Waits until so many devices are open with the driver that does not give trouble. */
  private static void awaitOpen(WireClient client, int devices) throws IOException {
    String open = "\"driver\":\"BenchDriver\"";
    while (true) {
      String status = client.get("/api/status");
      if ((status.length() - status.replace(open, "").length()) / open.length() == devices) {
        return;
      }
      pause(20);
    }
  }

  private static void await(WireClient client, String inStatus) throws IOException {
    while (!client.get("/api/status").contains(inStatus)) {
      pause(50);
    }
  }

  private static void hello(Table table, BoxProcess box, int connections)
      throws IOException, InterruptedException {
    wrk(box, connections, HELLO_WARM_UP_SECONDS);
    String output = wrk(box, connections, HELLO_SECONDS);
    Matcher requests = REQUESTS.matcher(output);
    if (!requests.find() || ERRORS.matcher(output).find()) {
      throw new IOException("wrk says: " + output);
    }
    table.row(
        "hello, " + connections + " connections",
        Math.round(Double.parseDouble(requests.group(1))) + " /s",
        connections == 8 ? "771 /s" : "867 /s",
        "wrk for "
            + HELLO_SECONDS
            + " s after "
            + HELLO_WARM_UP_SECONDS
            + " s to warm up; wanted at least 20000 /s");
  }

  private static String wrk(BoxProcess box, int connections, int seconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "wrk",
                "--threads=1",
                "--connections=" + connections,
                "--duration=" + seconds + "s",
                box.url() + "/hw_proxy/hello")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private void fanOut(Table table, BoxProcess box, WireClient client, String odooPages, int tabs)
      throws IOException, InterruptedException {
    int value = 1_000_000 + tabs;
    Process crowd =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-classpath",
                System.getProperty("java.class.path"),
                Crowd.class.getName(),
                String.valueOf(box.url().getPort()),
                String.valueOf(tabs),
                lastEvent(client, -tabs),
                String.valueOf(value),
                odooPages)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = crowd.inputReader(StandardCharsets.UTF_8)) {
      if (!"sent".equals(lines.readLine())) {
        throw new IOException("The crowd of " + tabs + " could not connect");
      }
      TimeUnit.SECONDS.sleep(2); // All are held by now.
      long resident = Math.round(BootBench.residentMebibytes(box.pid()));
      long begun = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      set(client, value);
      String[] result = lines.readLine().split(" ");
      if (Integer.parseInt(result[0]) != tabs) {
        throw new IOException("Only " + result[0] + " of " + tabs + " got the event");
      }
      table.row(
          "one event to " + tabs + (tabs == 1 ? " poller" : " pollers"),
          String.format(
              Locale.ROOT,
              "%s of %d in %s ms",
              result[0],
              tabs,
              millis((Long.parseLong(result[1]) - begun) / 1e3)),
          tabs == 200 ? "1 of 200" : tabs > 200 ? "refused" : "",
          "from the action to the last answer" + (tabs == 10_000 ? "; wanted within 2 s" : ""));
      table.row(
          "  memory with " + tabs + " held",
          resident + " MiB",
          "",
          "VmRSS" + (tabs == 10_000 ? "; wanted at most 400 MiB" : ""));
    } finally {
      crowd.destroy();
      crowd.waitFor();
    }
  }

  private static void set(WireClient client, int value) throws IOException {
    client.post(
        "/iot_drivers/action",
        "{\"params\":{\"session_id\":\"bench\",\"device_identifier\":\"bench1\","
            + "\"data\":{\"action\":\"set\",\"value\":"
            + value
            + "}}}");
    client.receive();
  }

  /** The time of an event that has just been, so that pollers get only what comes after it. */
  private String lastEvent(WireClient client, int value) throws IOException {
    set(client, value);
    String after = "0";
    for (int i = 0; i < 2 * ROUNDS; i++) {
      client.post(
          "/iot_drivers/event",
          "{\"params\":{\"listener\":{\"session_id\":\"bench\",\"last_event\":"
              + after
              + ",\"devices\":[\"bench1\"]}}}");
      String answer = client.receive();
      after = json.readTree(answer).path("result").path("time").asText();
      if (answer.contains("\"value\":" + value + ",")) {
        return after;
      }
    }
    throw new IOException("The event did not come");
  }

  private static String millis(double millis) {
    return String.format(Locale.ROOT, "%.2f", millis);
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
