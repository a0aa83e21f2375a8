package iotbox.box.odoo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.host.BoxIdentity;
import iotbox.box.odoo.FakeOdoo.Call;
import iotbox.box.odoo.FakeOdoo.Reply;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.ServerLine;
import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogShipperTest {
  private static final String LOG = "/iot/log";
  private static final Reply TAKEN = FakeOdoo.text(200, "text/plain", "");

  private final BoxThreads threads = new BoxThreads();
  private final FakeOdoo odoo = new FakeOdoo().on(LOG, call -> TAKEN);
  private final OdooClient client = new OdooClient(Duration.ofSeconds(2));
  private final BoxIdentity box =
      new BoxIdentity("box-1", "02:fc:00:00:00:01", () -> "192.0.2.7", "L1.0", "till");
  private final LogShipper shipper =
      new LogShipper(
          box,
          threads,
          Duration.ofMillis(20),
          new BackOff(Duration.ofMillis(20), Duration.ofMillis(50)));

  @AfterEach
  void close() {
    shipper.close();
    client.close();
    threads.close();
    odoo.close();
  }

  private void connect(String serie) {
    Pairing pairing = odoo.pairing();
    shipper.connected(
        new OdooConnection(pairing, client.server(pairing), "channel", ServerLine.of(serie)));
  }

  private List<String> records() {
    List<String> records = new ArrayList<>();
    for (Call call : odoo.calls(LOG)) {
      String[] parts = call.body().split("<log/>\n");
      records.addAll(List.of(parts).subList(1, parts.length));
    }
    return records;
  }

  @Test
  void linesGoInOneCallThatBeginsWithTheBox() {
    shipper.offer(20, "one");
    shipper.offer(40, "two\nat Somewhere.java:1");

    connect("18.0");

    await().until(() -> !odoo.calls(LOG).isEmpty());
    Call call = odoo.calls(LOG).get(0);
    assertEquals(
        "identifier "
            + box.identifier()
            + "<log/>\n20,one<log/>\n40,two\nat Somewhere.java:1<log/>\n",
        call.body());
    assertEquals("POST", call.method());
    assertEquals("chunked", call.header("Transfer-Encoding"));
  }

  @Test
  void aServerOf17KnowsTheBoxByItsMac() {
    shipper.offer(30, "low paper");

    connect("17.0");

    await().until(() -> !odoo.calls(LOG).isEmpty());
    assertEquals(
        "mac " + ServerLine.of("17.0").identifierOf(box) + "<log/>\n30,low paper<log/>\n",
        odoo.calls(LOG).get(0).body());
  }

  @Test
  void noCallHasMoreThanFiftyRecordsAndNoneIsLost() {
    connect("18.0");
    List<String> expected = IntStream.range(0, 240).mapToObj(i -> "10,line " + i).toList();

    IntStream.range(0, 240).forEach(i -> shipper.offer(10, "line " + i));

    await().until(() -> records().size() >= 240);
    assertEquals(expected, records());
    assertTrue(
        odoo.calls(LOG).stream().allMatch(call -> call.body().split("<log/>\n").length <= 51));
  }

  @Test
  void ofTooManyLinesTheLatestAreKeptAndOdooIsToldHowManyAreMissing() {
    IntStream.range(0, 1010).forEach(i -> shipper.offer(20, "line " + i));

    connect("18.0");

    await().until(() -> records().size() >= 1001);
    assertEquals("30,10 older lines of the box's log could not be sent", records().get(0));
    assertEquals("20,line 10", records().get(1));
    assertEquals("20,line 1009", records().get(1000));
  }

  @Test
  void offeringDoesNotWaitForASilentServer() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    odoo.on(
        LOG,
        call -> {
          asked.countDown();
          return FakeOdoo.held(over, TAKEN);
        });
    connect("18.0");
    shipper.offer(20, "first");
    asked.await();

    long start = System.nanoTime();
    IntStream.range(0, 5000).forEach(i -> shipper.offer(20, "line " + i));
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertTrue(took.compareTo(Duration.ofSeconds(1)) < 0, "took " + took);
    over.countDown();
  }

  @Test
  void whatAServerDidNotTakeIsSentAgainBeforeTheRest() {
    AtomicInteger attempts = new AtomicInteger();
    odoo.on(LOG, call -> attempts.incrementAndGet() < 3 ? FakeOdoo.html(502) : TAKEN);
    connect("18.0");

    shipper.offer(20, "one");
    await().until(() -> attempts.get() >= 1);
    shipper.offer(20, "two");

    await().until(() -> records().contains("20,two"));
    assertEquals(List.of("20,one", "20,one", "20,one", "20,two"), records());
  }

  @Test
  void aServerWithoutSuchAnAddressIsAskedOnce() {
    odoo.on(LOG, call -> FakeOdoo.html(404));
    connect("16.0");
    shipper.offer(20, "one");
    await().until(() -> odoo.calls(LOG).size() == 1);

    shipper.offer(20, "two");
    FakeOdoo other = new FakeOdoo().on(LOG, call -> TAKEN);
    try (other) {
      Pairing pairing = other.pairing();
      shipper.connected(
          new OdooConnection(pairing, client.server(pairing), "channel", ServerLine.of("18.0")));

      await().until(() -> !other.calls(LOG).isEmpty());
      assertTrue(other.calls(LOG).get(0).body().endsWith("20,two<log/>\n"));
      assertEquals(1, odoo.calls(LOG).size());
    }
  }

  @Test
  void anUnpairedBoxForgetsWhatItWouldHaveSent() {
    shipper.offer(20, "of the former server");
    shipper.unpaired();
    shipper.offer(20, "new");

    connect("18.0");

    await().until(() -> !records().isEmpty());
    assertEquals(List.of("20,new"), records());
  }

  @Test
  void aLineCannotEndARecordOrBeEndless() {
    connect("18.0");

    shipper.offer(20, "a<log/>\n40,forged");
    shipper.offer(20, "x".repeat(100_000));

    await().until(() -> records().size() >= 2);
    assertEquals("20,a<log />\n40,forged", records().get(0));
    assertEquals(8_005, records().get(1).length());
  }
}
