package iotbox.box.odoo.bus;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.http.Context;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.ServerLine;
import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationsTest {
  private final BusStandIn odoo = new BusStandIn();
  private final OdooClient client = new OdooClient();
  private final BoxThreads threads = new BoxThreads();
  private final Confirmations confirmations =
      new Confirmations(threads, Duration.ofMillis(10), Duration.ofMillis(50));

  @AfterEach
  void stop() {
    confirmations.close();
    client.close();
    threads.close();
    odoo.close();
  }

  @Test
  void keepsNothingBeforeThereIsAServer() {
    add(1);
    confirmations.connected(server("uuid-1"));
    add(2);

    await().until(() -> odoo.confirmations().size() == 1);
    assertEquals(List.of(2), numbers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"502 html", "200 html", "200 garbage", "200 other JSON", "500"})
  void sendsInOrderAndOnceWhenTheFaultEnds(String fault) {
    AtomicInteger faulty = new AtomicInteger(4);
    odoo.answerConfirmations(
        ctx -> {
          if (faulty.getAndDecrement() > 0) {
            fail(ctx, fault);
          } else {
            ctx.contentType("application/json").result(BusStandIn.TAKEN);
          }
        });
    confirmations.connected(server("uuid-1"));
    IntStream.rangeClosed(1, 5).forEach(this::add);

    await().until(() -> confirmations.waiting() == 0);
    assertEquals(List.of(1, 1, 1, 1, 1, 2, 3, 4, 5), numbers());
    assertEquals(0, confirmations.dropped());
  }

  private static void fail(Context ctx, String fault) {
    switch (fault) {
      case "502 html" -> ctx.status(502).html("<html>Bad gateway</html>");
      case "200 html" -> ctx.html("<html>Back soon</html>");
      case "200 garbage" -> ctx.contentType("application/json").result("{\"jsonrpc\":");
      case "200 other JSON" -> ctx.contentType("application/json").result("{\"ok\":true}");
      default -> ctx.status(500);
    }
  }

  @Test
  void givesUpWhatOdooDoesNotWantAndSendsTheRest() {
    odoo.answerConfirmations(
        ctx -> {
          boolean bad = ctx.body().contains("\"number\":1}");
          ctx.contentType("application/json")
              .result(
                  bad
                      ? "{\"jsonrpc\":\"2.0\",\"error\":{\"message\":\"Odoo Server Error\"}}"
                      : BusStandIn.TAKEN);
        });
    confirmations.connected(server("uuid-1"));
    add(1);
    add(2);

    await().until(() -> numbers().contains(2));
    assertEquals(List.of(1, 1, 1, 2), numbers());
    await().until(() -> confirmations.waiting() == 0);
    assertEquals(1, confirmations.dropped());
  }

  @Test
  void dropsTheOldestAndCountsThem() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    odoo.answerConfirmations(
        ctx -> {
          gate.await();
          ctx.contentType("application/json").result(BusStandIn.TAKEN);
        });
    confirmations.connected(server("uuid-1"));
    add(0);
    await().until(() -> odoo.confirmations().size() == 1);
    IntStream.rangeClosed(1, Confirmations.MOST + 7).forEach(this::add);

    assertEquals(Confirmations.MOST + 1, confirmations.waiting());
    assertEquals(7, confirmations.dropped());
    gate.countDown();
    await().atMost(Duration.ofSeconds(30)).until(() -> confirmations.waiting() == 0);
    List<Integer> expected =
        IntStream.rangeClosed(0, Confirmations.MOST + 7)
            .filter(number -> number == 0 || number > 7)
            .boxed()
            .toList();
    assertEquals(expected, numbers());
  }

  @Test
  void boundsTheMemoryToo() {
    CountDownLatch gate = new CountDownLatch(1);
    odoo.answerConfirmations(
        ctx -> {
          gate.await();
          ctx.contentType("application/json").result(BusStandIn.TAKEN);
        });
    confirmations.connected(server("uuid-1"));
    add(0);
    await().until(() -> odoo.confirmations().size() == 1);
    String document = "x".repeat(Confirmations.MOST_CHARACTERS / 4);
    IntStream.rangeClosed(1, 6)
        .forEach(
            number ->
                confirmations.add(
                    BusStandIn.CONFIRM, Map.of("number", number, "document", document)));

    assertEquals(3, confirmations.dropped());
    gate.countDown();
    await().until(() -> confirmations.waiting() == 0);
    assertEquals(List.of(0, 4, 5, 6), numbers());
  }

  @Test
  void theSameDatabaseElsewhereGetsWhatWaits() {
    confirmations.connected(nowhere("uuid-1"));
    add(1);
    confirmations.connected(server("uuid-1"));

    await().until(() -> odoo.confirmations().size() == 1);
  }

  @Test
  void anotherDatabaseDoesNot() {
    confirmations.connected(nowhere("uuid-1"));
    add(1);
    await().until(() -> confirmations.waiting() == 1);
    confirmations.connected(server("uuid-2"));
    add(2);

    await().until(() -> confirmations.waiting() == 0);
    assertEquals(List.of(2), numbers());
  }

  @Test
  void whatADriverPutIntoItsDataCannotBreakTheQueue() {
    confirmations.connected(server("uuid-1"));
    confirmations.add(
        BusStandIn.CONFIRM,
        Map.of("number", 1, "odd", Double.NaN, "thread", Thread.currentThread()));

    await().until(() -> odoo.confirmations().size() == 1);
    assertTrue(odoo.confirmations().get(0).path("odd").isNull());
  }

  private void add(int number) {
    confirmations.add(BusStandIn.CONFIRM, Map.of("number", number));
  }

  private List<Integer> numbers() {
    return odoo.confirmations().stream().map(each -> each.path("number").asInt()).toList();
  }

  private OdooConnection server(String database) {
    return connection(odoo.url(), database);
  }

  private OdooConnection nowhere(String database) {
    return connection("http://127.0.0.1:1", database);
  }

  private OdooConnection connection(String url, String database) {
    Pairing pairing = new Pairing(url, "s3cret-t0ken", database, null, null);
    return new OdooConnection(pairing, client.server(pairing), "channel", ServerLine.of("19.0"));
  }
}
