package iotbox.box.odoo;

import static iotbox.box.odoo.FakeOdoo.HANDLERS;
import static iotbox.box.odoo.FakeOdoo.SETUP;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.odoo.OdooStatus.State;
import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.pairing.Pairing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pairing that a person wants: Odoo is asked first, and the present one stays if it refuses. */
class ProposedPairingTest {
  private static final String NULL = "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":null}";
  private static final FakeOdoo.Reply LATE = FakeOdoo.json("{\"result\":\"late\"}");

  @TempDir Path folder;
  private final FakeOdoo odoo = new FakeOdoo();
  private final FakeOdoo other = new FakeOdoo();
  private LinkFixture box;

  @BeforeEach
  void open() {
    box = new LinkFixture(folder, LinkFixture.FAST);
  }

  @AfterEach
  void end() {
    box.close();
    odoo.close();
    other.close();
  }

  @Test
  void isStoredAndConnectedOnceItsServerHasAcceptedTheBox() throws Exception {
    assertEquals(Optional.empty(), propose(odoo.pairing()));
    assertEquals(State.CONNECTED, box.state());
    assertEquals(Optional.of(odoo.pairing()), new CredentialStore(folder).load());
    await().until(() -> !odoo.calls(HANDLERS).isEmpty());
    assertEquals(1, odoo.calls(SETUP).size());
  }

  @Test
  void spendsATokenThatCountsOnceOnOneCall() throws Exception {
    singleUse(odoo, "s3cret-t0ken");
    assertEquals(Optional.empty(), propose(odoo.pairing()));
    assertEquals(State.CONNECTED, box.state());

    // The token is used up, yet the server knows the box by now.
    box.close();
    box = new LinkFixture(folder, LinkFixture.FAST);
    box.link.start();
    box.awaitState(State.CONNECTED);
    assertEquals(Optional.empty(), propose(odoo.pairing()));
  }

  @Test
  void aRefusalLeavesThePresentPairingAtWork() throws Exception {
    propose(odoo.pairing());
    other.on(SETUP, call -> FakeOdoo.json(NULL));
    int before = odoo.calls(SETUP).size();

    String why = propose(other.pairing()).orElseThrow();

    assertTrue(why.contains("did not accept the token"), why);
    assertTrue(why.contains("Copy a new token"), why);
    assertStillPaired();
    assertEquals(before, odoo.calls(SETUP).size());
    assertEquals(0, box.removed.get());
  }

  @Test
  void aServerThatCannotBeReachedLeavesThePresentPairingAtWork() throws Exception {
    propose(odoo.pairing());
    Pairing nobody = other.pairing();
    other.close();
    String why = propose(nobody).orElseThrow();
    assertTrue(why.contains("accepts no connection"), why);
    assertStillPaired();
  }

  @Test
  void whatTheServerSaysIsToldWithoutTheSecrets() throws Exception {
    other.on(
        SETUP, call -> FakeOdoo.json("{\"error\":{\"message\":\"no s3cret-t0ken c0de-secret\"}}"));
    String why = propose(other.pairing()).orElseThrow();
    assertTrue(why.contains("answered an error: no *** ***"), why);
    assertEquals(OdooStatus.UNPAIRED, box.link.status());
    assertEquals(Optional.empty(), new CredentialStore(folder).load());
  }

  @Test
  void aTokenWithoutADatabaseIsToldOfThatWhereTheServerDoesNotUnderstand() throws Exception {
    other.on(SETUP, call -> FakeOdoo.html(404));
    Pairing fourParts = Pairing.parse(other.url() + "|token|uuid|code");
    assertTrue(propose(fourParts).orElseThrow().contains("add &db_name=…"));
    Pairing named = Pairing.parse(other.url() + "?token=t0ken&db_name=shop");
    assertFalse(propose(named).orElseThrow().contains("add &db_name=…"));
  }

  @Test
  void theOneAtWorkIsNotAskedForAgain() throws Exception {
    propose(odoo.pairing());
    assertEquals(Optional.empty(), propose(odoo.pairing()));
    box.settle();
    assertEquals(1, odoo.calls(SETUP).size());
  }

  @Test
  void replacesAPairingWhoseServerIsSilent() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    odoo.on(SETUP, call -> FakeOdoo.held(never, LATE));
    box.link.pair(odoo.pairing());
    await().until(() -> odoo.calls(SETUP).size() == 1);

    assertEquals(Optional.empty(), propose(other.pairing()));

    assertEquals(other.url(), box.link.status().url());
    assertEquals(State.CONNECTED, box.state());
    assertEquals(Optional.of(other.pairing()), new CredentialStore(folder).load());
    never.countDown();
  }

  @Test
  void isGivenUpWhenAnotherOneOrNoneIsWanted() throws Exception {
    propose(odoo.pairing());
    CountDownLatch never = new CountDownLatch(1);
    other.on(SETUP, call -> FakeOdoo.held(never, LATE));
    CompletableFuture<Optional<String>> first = box.link.propose(other.pairing());
    await().until(() -> other.calls(SETUP).size() == 1);
    CompletableFuture<Optional<String>> second =
        box.link.propose(new Pairing(other.url(), "another", null, null, null));
    assertTrue(first.get(5, TimeUnit.SECONDS).isPresent());
    await().until(() -> other.calls(SETUP).size() == 2);
    assertStillPaired();

    box.link.unpair();

    assertTrue(second.get(5, TimeUnit.SECONDS).isPresent());
    box.awaitState(State.UNPAIRED);
    never.countDown();
    box.settle();
    assertEquals(State.UNPAIRED, box.state());
    assertEquals(Optional.empty(), new CredentialStore(folder).load());
  }

  @Test
  void anInsistentOneReplacesTheStoredOneOnlyWhenAccepted() throws Exception {
    propose(odoo.pairing());
    AtomicBoolean known = new AtomicBoolean();
    other.on(SETUP, call -> FakeOdoo.json(known.get() ? "{\"result\":\"channel\"}" : NULL));
    box.link.pair(other.pairing());
    box.awaitState(State.REFUSED);
    assertEquals(Optional.of(odoo.pairing()), new CredentialStore(folder).load());
    known.set(true);
    box.awaitState(State.CONNECTED);
    assertEquals(Optional.of(other.pairing()), new CredentialStore(folder).load());
  }

  @Test
  void oneThatCannotBeStoredIsNotTaken() throws Exception {
    propose(odoo.pairing());
    Path obstacle = obstruct("credentials.json.new");

    String why = propose(other.pairing()).orElseThrow();

    assertTrue(why.contains("cannot be stored. Nothing was changed, as the data folder"), why);
    assertFalse(why.contains("s3cret"), why);
    box.settle();
    assertStillPaired();

    remove(obstacle);
    assertEquals(Optional.empty(), propose(other.pairing()));
    assertEquals(other.url(), box.link.status().url());
    assertEquals(Optional.of(other.pairing()), new CredentialStore(folder).load());
  }

  /** As {@code --odoo} is: nobody waits for an answer, so the status tells. */
  @Test
  void anInsistentOneThatCannotBeStoredWorksSaysSoAndIsStoredLater() throws Exception {
    Path obstacle = obstruct("credentials.json.new");
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    String detail = box.link.status().detail();
    assertTrue(
        detail.matches(
            "The pairing works until the box stops, but cannot be stored, as the data folder cannot"
                + " be written \\(.+\\): see to its disk\\. The box tries again by itself\\."),
        detail);

    remove(obstacle);
    await().until(() -> box.link.status().detail() == null);
    assertEquals(Optional.of(odoo.pairing()), new CredentialStore(folder).load());
  }

  @Test
  void oneThatCannotBeDeletedIsNotSaidToBeForgotten() throws Exception {
    propose(odoo.pairing());
    Files.delete(folder.resolve("credentials.json"));
    obstruct("credentials.json");
    CompletableFuture<Void> unpaired = box.link.unpair();
    assertThrows(ExecutionException.class, () -> unpaired.get(10, TimeUnit.SECONDS));
    assertEquals(State.UNPAIRED, box.state());
  }

  /** A folder that is not empty, in the way of a file: what a full disk is to whoever writes. */
  private Path obstruct(String file) throws IOException {
    return Files.createFile(Files.createDirectory(folder.resolve(file)).resolve("in the way"));
  }

  private static void remove(Path obstacle) throws IOException {
    Files.delete(obstacle);
    Files.delete(obstacle.getParent());
  }

  private void assertStillPaired() {
    assertEquals(State.CONNECTED, box.state());
    assertEquals(odoo.url(), box.link.status().url());
    assertEquals(Optional.of(odoo.pairing()), new CredentialStore(folder).load());
  }

  private Optional<String> propose(Pairing pairing) throws Exception {
    return box.link.propose(pairing).get(10, TimeUnit.SECONDS);
  }

  /** As servers up to 18.2: the token creates one box, which is known by its identifier then. */
  private static void singleUse(FakeOdoo server, String token) {
    AtomicBoolean used = new AtomicBoolean();
    Set<String> boxes = ConcurrentHashMap.newKeySet();
    server.on(
        SETUP,
        call -> {
          String identifier = call.params().path("iot_box").path("identifier").asText();
          boolean opens = call.params().path("iot_box").path("token").asText().equals(token);
          if (opens && used.compareAndSet(false, true)) {
            boxes.add(identifier);
          }
          return FakeOdoo.json(boxes.contains(identifier) ? "{\"result\":\"channel\"}" : NULL);
        });
  }
}
