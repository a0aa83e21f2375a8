package iotbox.box.odoo.bus;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.http.Context;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.ServerLine;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmationsTest {
  private final BusStandIn odoo = new BusStandIn();
  private final OdooClient client = new OdooClient();
  private final BoxThreads threads = new BoxThreads();
  @TempDir private Path folder;
  private Confirmations confirmations;

  @BeforeEach
  void start() {
    confirmations =
        new Confirmations(
            folder, new LastMessage(folder), threads, Duration.ofMillis(10), Duration.ofMillis(50));
  }

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

  @Test
  void whatWaitsOutlivesTheEndInOrder() {
    confirmations.connected(nowhere("uuid-1"));
    IntStream.rangeClosed(1, 5).forEach(this::answer);
    killAndRestart();
    confirmations.connected(nowhere("uuid-1"));
    assertEquals(5, confirmations.waiting());
    answer(6);
    killAndRestart();
    confirmations.connected(server("uuid-1"));
    answer(7);

    await().until(() -> confirmations.waiting() == 0);
    assertEquals(List.of(1, 2, 3, 4, 5, 6, 7), numbers());
  }

  @Test
  void whatWasTakenIsNotSentAgain() {
    confirmations.connected(server("uuid-1"));
    IntStream.rangeClosed(1, 5).forEach(this::answer);
    await().until(() -> confirmations.waiting() == 0);
    killAndRestart();
    confirmations.connected(server("uuid-1"));
    answer(6);

    await().until(() -> confirmations.waiting() == 0);
    assertEquals(List.of(1, 2, 3, 4, 5, 6), numbers());
  }

  @Test
  void whatWasRefusedForGoodIsNotSentAgain() {
    odoo.answerConfirmations(
        ctx ->
            ctx.contentType("application/json")
                .result("{\"jsonrpc\":\"2.0\",\"error\":{\"message\":\"Odoo Server Error\"}}"));
    confirmations.connected(server("uuid-1"));
    answer(1);
    await().until(() -> confirmations.dropped() == 1);
    killAndRestart();
    confirmations.connected(server("uuid-1"));

    assertEquals(0, confirmations.waiting());
  }

  @Test
  void whatADeviceToldByItselfIsKeptWhileTheServerIsAway() {
    confirmations.connected(nowhere("uuid-1"));
    add(1);
    await().until(() -> size() > 0); // It was tried in vain.
    answer(2);
    add(3);
    killAndRestart();
    confirmations.connected(server("uuid-1"));

    await().until(() -> confirmations.waiting() == 0);
    assertEquals(List.of(1, 2, 3), numbers());
  }

  @Test
  void whatADeviceTellsByItselfDoesNotWearOutTheDisk() {
    confirmations.connected(server("uuid-1"));
    IntStream.rangeClosed(1, 20).forEach(this::add);
    await().until(() -> confirmations.waiting() == 0);

    assertEquals(0, size());
  }

  @Test
  void anOrderlyEndKeepsAllThatWaitsAndWhatComesAfterIt() {
    CountDownLatch gate = new CountDownLatch(1);
    odoo.answerConfirmations(ctx -> gate.await());
    confirmations.connected(server("uuid-1"));
    add(1);
    await().until(() -> odoo.confirmations().size() == 1);
    add(2);
    confirmations.close();
    answer(3);
    gate.countDown();
    odoo.answerConfirmations(ctx -> ctx.contentType("application/json").result(BusStandIn.TAKEN));
    killAndRestart();
    confirmations.connected(server("uuid-1"));

    await().until(() -> confirmations.waiting() == 0);
    assertEquals(List.of(1, 1, 2, 3), numbers());
  }

  @Test
  void anActionWhoseResultIsNotKnownIsToldOfAsInterrupted() {
    remember(7);
    confirmations.connected(nowhere("uuid-1"));
    Interrupted done = confirmations.begin(5, BusStandIn.CONFIRM, Map.of("number", -5));
    confirmations.begin(7, BusStandIn.CONFIRM, Map.of("number", -7));
    confirmations.begin(8, BusStandIn.CONFIRM, Map.of("number", -8));
    confirmations.answer(done, BusStandIn.CONFIRM, Map.of("number", 5));
    killAndRestart();
    confirmations.connected(server("uuid-1"));

    await().until(() -> confirmations.waiting() == 0);
    assertEquals(List.of(-7, 5), numbers(), "message 8 comes again");
    killAndRestart();
    confirmations.connected(server("uuid-1"));
    assertEquals(0, confirmations.waiting(), "told once");
  }

  @Test
  void anotherDatabaseHearsNothingOfIt() throws IOException {
    confirmations.connected(nowhere("uuid-1"));
    answer(1);
    killAndRestart();
    confirmations.connected(server("uuid-2"));
    assertEquals(0, confirmations.waiting());
    answer(2);
    await().until(() -> confirmations.waiting() == 0);
    killAndRestart();
    confirmations.connected(server("uuid-1"));

    assertEquals(0, confirmations.waiting());
    assertEquals(List.of(2), numbers());
  }

  @Test
  void aBoxThatBelongsToNobodyForgets() {
    confirmations.connected(nowhere("uuid-1"));
    answer(1);
    killAndRestart();
    confirmations.forget();

    assertEquals(0, size());
  }

  @Test
  void theFileIsTheUsersAloneAndCarriesNoSecrets() throws IOException {
    confirmations.connected(nowhere("uuid-1"));
    answer(1);

    Path file = folder.resolve("confirmations");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertTrue(Files.readString(file).contains("uuid-1"));
    assertFalse(Files.readString(file).contains("s3cret-t0ken"));
  }

  @Test
  void theFileIsBoundedHoweverLongTheServerIsAway() {
    confirmations.connected(nowhere("uuid-1"));
    String document = "x".repeat(1000);
    for (int i = 0; i < 10 * Confirmations.MOST; i++) {
      confirmations.answer(null, BusStandIn.CONFIRM, Map.of("number", i, "document", document));
    }

    assertTrue(size() < 6 * Confirmations.MOST * 1000, size() + " bytes");
    killAndRestart();
    confirmations.connected(nowhere("uuid-1"));
    assertTrue(confirmations.waiting() >= Confirmations.MOST, confirmations.waiting() + " wait");
    assertTrue(confirmations.waiting() <= Confirmations.MOST + 1, confirmations.waiting() + "");
  }

  @Test
  void theFileIsSmallAgainWhenTheServerHasTakenAll() {
    confirmations.connected(server("uuid-1"));
    String document = "x".repeat(50_000);
    for (int i = 0; i < 10; i++) {
      confirmations.answer(null, BusStandIn.CONFIRM, Map.of("number", i, "document", document));
    }
    await().until(() -> confirmations.waiting() == 0);

    assertTrue(size() < 70_000, size() + " bytes");
  }

  @Test
  void aDamagedFileCostsOnlyWhatIsDamaged() throws IOException {
    confirmations.connected(nowhere("uuid-1"));
    answer(1);
    answer(2);
    Path file = folder.resolve("confirmations");
    byte[] all = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(all, all.length - 5));
    Files.write(file, "\nrubbish\n".getBytes(), StandardOpenOption.APPEND);
    killAndRestart();
    confirmations.connected(server("uuid-1"));

    await().until(() -> confirmations.waiting() == 0);
    assertEquals(List.of(1), numbers());
  }

  @Test
  void aDiskThatTakesNothingDoesNotStopTheBox() throws IOException {
    Files.createDirectory(folder.resolve("confirmations"));
    Files.createFile(folder.resolve("confirmations").resolve("in-the-way"));
    confirmations.connected(server("uuid-1"));
    answer(1);
    answer(2);

    await().until(() -> confirmations.waiting() == 0);
    assertEquals(List.of(1, 2), numbers());
  }

  /** As after a {@code kill -9}: nobody closed anything. */
  private void killAndRestart() {
    try {
      // The former one must do nothing more to the file, and cannot be killed.
      Path file = folder.resolve("confirmations");
      byte[] content = Files.exists(file) ? Files.readAllBytes(file) : null;
      confirmations.close();
      Files.deleteIfExists(file);
      if (content != null) {
        Files.write(file, content);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    start();
  }

  private void remember(long message) {
    LastMessage last = new LastMessage(folder);
    last.begin("key");
    last.take("key", message);
    last.keep();
  }

  private long size() {
    try {
      Path file = folder.resolve("confirmations");
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void answer(int number) {
    confirmations.answer(null, BusStandIn.CONFIRM, Map.of("number", number));
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
