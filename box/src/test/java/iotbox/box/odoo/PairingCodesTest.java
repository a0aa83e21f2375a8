package iotbox.box.odoo;

import static iotbox.box.odoo.FakeOdoo.SETUP;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.odoo.FakeOdoo.Call;
import iotbox.box.odoo.OdooStatus.State;
import iotbox.box.odoo.PairingCodes.Rhythm;
import iotbox.box.odoo.PairingCodes.Shown;
import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.thread.BoxThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairingCodesTest {
  private static final String PATH = "/connect-box";
  private static final Rhythm FAST =
      new Rhythm(Duration.ofMillis(15), Duration.ofMillis(40), Duration.ofMillis(100));

  @TempDir Path folder;
  private final FakeOdoo service = new FakeOdoo();
  private final FakeOdoo odoo = new FakeOdoo();
  private final BoxThreads threads = new BoxThreads();
  private final OdooClient client = new OdooClient();
  private final AtomicInteger given = new AtomicInteger();
  private volatile String typed = "{\"jsonrpc\":\"2.0\",\"result\":{}}";
  private LinkFixture box;
  private PairingCodes codes;

  @BeforeEach
  void open() {
    service.on(PATH, this::connectBox);
    box = new LinkFixture(folder, LinkFixture.FAST);
    codes =
        PairingCodes.of(
            new PairingProxy(client, service.url() + PATH, "box-1"), box.link, threads, FAST);
  }

  @AfterEach
  void end() {
    box.close();
    codes.close();
    client.close();
    threads.close();
    service.close();
    odoo.close();
  }

  @Test
  void asksForACodeAndThenWhetherItWasTyped() {
    box.link.start();
    await().until(() -> service.calls(PATH).size() >= 3);
    assertEquals(new Shown("CODE1", null), codes.shown());
    List<Call> calls = service.calls(PATH);
    JsonNode first = calls.get(0).params();
    assertEquals("box-1", first.path("serial_number").asText());
    assertTrue(first.path("pairing_code").isBoolean());
    for (Call later : calls.subList(1, 3)) {
      assertEquals("CODE1", later.params().path("pairing_code").asText());
      assertEquals("uuid-of-CODE1", later.params().path("pairing_uuid").asText());
    }
    assertFalse(codes.shown().toString().contains("uuid"));
  }

  @Test
  void pairsWithWhatComesWhenTheCodeWasTyped() {
    box.link.start();
    await().until(() -> codes.shown().code() != null);
    typed = pairing("t0ken-of-the-proxy");
    box.awaitState(State.CONNECTED);
    assertEquals(
        Optional.of(new Pairing(odoo.url(), "t0ken-of-the-proxy", "uuid-9", "ent-9", null)),
        new CredentialStore(folder).load());
    assertEquals(Shown.NOTHING, codes.shown());
    int before = service.calls.size();
    box.settle();
    assertEquals(before, service.calls.size());
  }

  @Test
  void aServerThatRefusesIsToldBesideANewCode() {
    odoo.on(SETUP, call -> FakeOdoo.json("{\"jsonrpc\":\"2.0\",\"result\":null}"));
    box.link.start();
    await().until(() -> codes.shown().code() != null);
    typed = pairing("t0ken-of-the-proxy");
    await().until(() -> given.get() == 2);
    typed = "{\"result\":{}}";
    await().until(() -> codes.shown().detail() != null);
    assertTrue(codes.shown().detail().contains("did not accept the token"));
    assertEquals(State.UNPAIRED, box.state());
    assertEquals(Optional.empty(), new CredentialStore(folder).load());
  }

  @Test
  void anExpiredCodeIsFollowedByANewOne() {
    box.link.start();
    await().until(() -> "CODE1".equals(codes.shown().code()));
    typed = "{\"jsonrpc\":\"2.0\",\"error\":\"expired\"}";
    await().until(() -> given.get() >= 2);
    typed = "{\"result\":{}}";
    await().until(() -> ("CODE" + given.get()).equals(codes.shown().code()));
    assertNull(codes.shown().detail());
  }

  @Test
  void aServiceThatCannotBeReachedIsSaidAndTriedAgain() {
    service.on(PATH, call -> FakeOdoo.html(503));
    box.link.start();
    await().until(() -> codes.shown().detail() != null);
    assertTrue(codes.shown().detail().contains("HTTP 503"), codes.shown().detail());
    assertTrue(codes.shown().detail().contains("keeps trying"));
    assertNull(codes.shown().code());
    service.on(PATH, this::connectBox);
    await().until(() -> new Shown("CODE1", null).equals(codes.shown()));
  }

  @Test
  void nonsenseIsNoCode() {
    for (String nonsense : List.of("{}", "<html>", "[]", "{\"result\":{\"pairing_code\":\"A\"}}")) {
      service.on(PATH, call -> FakeOdoo.json(nonsense));
      box.link.start();
      await().until(() -> codes.shown().detail() != null);
      assertNull(codes.shown().code());
    }
  }

  @Test
  void anAddressThatCannotBeUsedLeavesTheCodeShown() {
    box.link.start();
    await().until(() -> codes.shown().code() != null);
    typed = pairing("t").replace(odoo.url(), "ftp://odoo.example");
    int before = service.calls.size();
    await().until(() -> service.calls.size() > before + 2);
    assertEquals("CODE1", codes.shown().code());
    assertEquals(State.UNPAIRED, box.state());
  }

  @Test
  void aPairedBoxAsksForNoneUntilItIsUnpaired() {
    box.link.pair(odoo.pairing());
    box.link.start();
    box.awaitState(State.CONNECTED);
    box.settle();
    assertEquals(List.of(), service.calls);
    box.link.unpair();
    await().until(() -> "CODE1".equals(codes.shown().code()));
  }

  @Test
  void pausesGrowFrom15To40Seconds() {
    Duration pause = Rhythm.NORMAL.first();
    assertEquals(Duration.ofSeconds(15), pause);
    for (int i = 0; i < 300; i++) {
      Duration next = Rhythm.NORMAL.after(pause);
      assertTrue(next.compareTo(pause) >= 0);
      pause = next;
    }
    assertEquals(Duration.ofSeconds(40), pause);
  }

  private FakeOdoo.Reply connectBox(Call call) {
    if (call.params().path("pairing_code").isTextual()) {
      return FakeOdoo.json(typed);
    }
    String code = "CODE" + given.incrementAndGet();
    return FakeOdoo.json(
        "{\"result\":{\"pairing_code\":\""
            + code
            + "\",\"pairing_uuid\":\"uuid-of-"
            + code
            + "\"}}");
  }

  private String pairing(String token) {
    return "{\"result\":{\"url\":\""
        + odoo.url()
        + "/\",\"token\":\""
        + token
        + "\",\"db_uuid\":\"uuid-9\",\"enterprise_code\":\"ent-9\"}}";
  }
}
