package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code GET /metrics}, read as Prometheus would, tells what the test did. */
class MetricsTest {
  private static final String ACTIONS = "iotbox_action_duration_seconds_count";
  private static final String REGISTRY = "io.micrometer.prometheusmetrics";

  private static final String BROKEN = "public class Broken extends Nobody {}";

  private static Exposition scrape(BoxClient client) {
    HttpResponse<String> answer = client.get("/metrics");
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(
        "text/plain; version=0.0.4; charset=utf-8",
        answer.headers().firstValue("Content-Type").orElseThrow());
    return Exposition.of(answer.body());
  }

  @Test
  void whatHappensIsCounted() {
    HandlersZip handlers = TestHandlers.bench().and("drivers/Broken.java", BROKEN);
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      client.awaitStatus(
          "connected", status -> status.at("/odoo/state").asText().equals("connected"));
      Exposition before = scrape(client);
      assertTrue(before.find(ACTIONS, "driver", "BenchDriver", "outcome", "success").isEmpty());
      double told = before.find("iotbox_events_total", "type", "scale").orElse(0);

      for (int i = 0; i < 7; i++) {
        client.action("s", "bench1", Map.of("action", "set", "value", i));
      }
      for (int i = 0; i < 3; i++) {
        client.action("s", "bench1", Map.of("action", "break"));
      }
      client.action("s", "bench1", Map.of("action", "twice"));
      Map<String, ?> once = Map.of("action", "set", "value", 9, "action_unique_id", "u1");
      client.action("s", "bench1", once);
      client.action("s", "bench1", once);
      client.action("s", "nobody", Map.of("action", "set"));
      double last = Instant.now().plusSeconds(60).getEpochSecond();
      client.poll("a", last, "none");
      client.poll("b", last, "none");
      await().until(() -> scrape(client).value("iotbox_polls_held") == 2);

      Exposition page = scrape(client);
      assertEquals(9, page.value(ACTIONS, "driver", "BenchDriver", "outcome", "success"));
      assertEquals(3, page.value(ACTIONS, "driver", "BenchDriver", "outcome", "error"));
      assertEquals(1, page.value(ACTIONS, "driver", "BenchDriver", "outcome", "duplicate"));
      assertEquals(1, page.value(ACTIONS, "driver", "none", "outcome", "disconnected"));
      // Each action that ended is an event, and one of them told two more.
      assertEquals(told + 9 + 3 + 2, page.value("iotbox_events_total", "type", "scale"));
      assertEquals(1, page.value("iotbox_devices", "state", "connected"));
      assertEquals(0, page.value("iotbox_devices", "state", "failed"));
      assertEquals(1, page.value("iotbox_devices_open", "type", "scale"));
      assertEquals(
          client.status().path("interfaces").size(),
          page.value("iotbox_interfaces", "state", "running"));
      assertTrue(
          page.value(
                  "iotbox_detection_duration_seconds_count",
                  "interface",
                  "BenchInterface",
                  "outcome",
                  "success")
              >= 1);
      assertEquals(
          1,
          page.value(
              "iotbox_reload_duration_seconds_count", "source", "odoo", "outcome", "refused"));
      assertTrue(page.value("iotbox_compile_duration_seconds_count", "compiler", "janino") >= 1);
      assertTrue(page.value("iotbox_compile_duration_seconds_count", "compiler", "ecj") >= 1);
      assertTrue(page.value("iotbox_compile_duration_seconds_sum", "compiler", "ecj") > 0);
      double failed =
          List.of("driver", "interface", "library", "other").stream()
              .mapToDouble(kind -> page.value("iotbox_handlers", "kind", kind, "state", "failed"))
              .sum();
      assertEquals(1, failed);
      assertEquals(1, page.value("iotbox_odoo_state", "state", "connected"));
      assertEquals(0, page.value("iotbox_odoo_state", "state", "unreachable"));
      double synced = page.value("iotbox_odoo_last_sync_timestamp_seconds");
      assertEquals(Instant.now().getEpochSecond(), synced, 120);
      assertEquals(0, page.value("iotbox_refusals_total", "bound", "polls"));
      assertTrue(page.value("process_resident_memory_bytes") > 30 << 20);
      assertTrue(page.value("process_cpu_seconds_total") > 0.1);
      assertTrue(page.value("jvm_threads_live_threads") > 5);
      assertEquals("histogram", page.types().get("iotbox_detection_duration_seconds"));

      odoo.breakConnections();
      box.owner().post("/api/handlers/reload", "application/json", "{}");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> scrape(client).value("iotbox_odoo_state", "state", "unreachable") == 1);
      assertEquals(0, scrape(client).value("iotbox_odoo_state", "state", "connected"));
    }
  }

  @Test
  void whatNobodyMayKnowOrCouldMakeUpIsNotThere() {
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      BoxClient client = box.client();
      client.awaitDevice("bench1");
      client.action("session-of-somebody", "bench1", Map.of("action", "made-up-action"));
      client.action("session-of-somebody", "made-up-device", Map.of("action", "set"));

      String page = client.get("/metrics").body();
      for (String word :
          List.of(
              OdooStandIn.TOKEN,
              OdooStandIn.ENTERPRISE_CODE,
              OdooStandIn.CHANNEL,
              BoxProcess.IDENTIFIER,
              "session-of-somebody",
              "made-up",
              "bench1")) {
        assertFalse(page.contains(word), word);
      }
    }
  }

  @Test
  void nothingIsLoadedForItBeforeItIsAskedFor() {
    try (BoxProcess box = BoxProcess.start()) {
      BoxClient client = box.client();
      client.status();
      assertFalse(box.jcmd("GC.class_histogram").contains(REGISTRY));

      scrape(client);

      assertTrue(box.jcmd("GC.class_histogram").contains(REGISTRY), "is this the right name?");
    }
  }

  @Test
  void clientsChooseTheForm() {
    try (BoxProcess box = BoxProcess.start()) {
      BoxClient client = box.client();
      // What Prometheus 3 sends: it would take protocol buffers, which the box does not speak.
      String prometheus =
          "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
              + "encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5,"
              + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";
      HttpResponse<String> open =
          client.send(client.request("/metrics").header("Accept", prometheus).GET());
      assertEquals(200, open.statusCode());
      assertTrue(
          open.headers()
              .firstValue("Content-Type")
              .orElseThrow()
              .startsWith("application/openmetrics-text"));
      assertTrue(open.body().endsWith("# EOF\n"));

      HttpResponse<String> text =
          client.send(client.request("/metrics").header("Accept", "text/html, */*").GET());
      Exposition.of(text.body());
    }
  }

  @Test
  @Tag("alone")
  void aScrapeIsQuickWhileTheBoxIsBusy(@TempDir Path folder) throws IOException {
    int devices = 300;
    String listed =
        IntStream.range(0, devices).mapToObj(i -> "scale" + i).collect(Collectors.joining("\n"));
    Path file = Files.writeString(folder.resolve("devices"), listed);
    HandlersZip handlers =
        HandlersZip.with("interfaces/ListedInterface.java", TestHandlers.interfaceListing(file))
            .and("drivers/BenchDriver.java", TestHandlers.DRIVER);
    ExecutorService clients = Executors.newFixedThreadPool(4);
    AtomicBoolean ended = new AtomicBoolean();
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      BoxClient client = box.client();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> scrape(client).value("iotbox_devices", "state", "connected") == devices);
      for (int i = 0; i < 4; i++) {
        BoxClient busy = box.client();
        clients.execute(
            () -> {
              for (int n = 0; !ended.get(); n++) {
                busy.action("s", "scale" + n % devices, Map.of("action", "set", "value", n));
              }
            });
      }
      long[] millis =
          IntStream.range(0, 21)
              .mapToLong(
                  i -> {
                    long start = System.nanoTime();
                    scrape(client);
                    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                  })
              .sorted()
              .toArray();
      ended.set(true);
      double done = scrape(client).value(ACTIONS, "driver", "BenchDriver", "outcome", "success");
      assertTrue(done > 20, "was the box busy at all? " + done);
      assertTrue(millis[10] < 500, "half of the scrapes took longer than " + millis[10] + " ms");
    } finally {
      ended.set(true);
      clients.shutdownNow();
    }
  }
}
