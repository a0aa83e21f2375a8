package iotbox.box.odoo;

import static iotbox.box.odoo.FakeOdoo.HANDLERS;
import static iotbox.box.odoo.FakeOdoo.SETUP;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.odoo.FakeOdoo.Call;
import iotbox.box.odoo.FakeOdoo.Reply;
import iotbox.box.odoo.OdooStatus.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The handlers' part of the link, through the link. */
@ExtendWith(QuickAwaits.class)
class HandlerSyncTest {
  private static final byte[] FIRST = FakeOdoo.zip("drivers/A.java", "class A {}");
  private static final byte[] SECOND = FakeOdoo.zip("drivers/B.java", "class B {}");

  @TempDir Path folder;
  private final FakeOdoo odoo = new FakeOdoo();
  private LinkFixture box;

  @AfterEach
  void end() {
    if (box != null) {
      box.close();
    }
    odoo.close();
  }

  @Test
  void sendsTheTagWithoutQuotesAndInstallsNothingThatItHas() {
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    box.link.reloadHandlers();
    await().until(() -> odoo.calls(HANDLERS).size() >= 2);
    Call second = odoo.calls(HANDLERS).get(1);
    assertEquals(HandlerCache.hash(FIRST), second.header("If-None-Match"));
    box.settle();
    assertEquals(1, box.installed.size());
    assertNull(box.link.status().detail());
  }

  @Test
  void anArchiveThatCouldNotReplaceAllIsNotKeptForAStartWithoutOdoo() {
    HandlerCache cache = new HandlerCache(folder);
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    String key = odoo.pairing().handlersKey("box-1");
    await().until(this::kept);
    assertArrayEquals(FIRST, cache.load(key).orElseThrow().zip());

    box.replacesAll = false;
    odoo.serveHandlers(SECOND);
    box.link.reloadHandlers();
    await().until(() -> box.installed.size() == 2);
    box.settle();
    assertArrayEquals(FIRST, cache.load(key).orElseThrow().zip());

    box.replacesAll = true;
    odoo.serveHandlers(FakeOdoo.zip("drivers/C.java", "class C {}"));
    box.link.reloadHandlers();
    await().until(() -> box.installed.size() == 3);
    await().until(() -> !Arrays.equals(FIRST, cache.load(key).orElseThrow().zip()));
  }

  @Test
  void saysThatAPersonAsks() {
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    box.link.reloadHandlers();
    await()
        .until(
            () ->
                odoo.calls(HANDLERS).stream()
                    .anyMatch(call -> call.body().equals("identifier=box-1&auto=False")));
  }

  @Test
  void whatAPersonAskedForIsAskedAgainWhenTheServerIsBack() {
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    odoo.on(HANDLERS, call -> FakeOdoo.html(502));
    odoo.on(SETUP, call -> FakeOdoo.html(502));
    box.link.reloadHandlers();
    await().until(() -> odoo.calls(HANDLERS).stream().anyMatch(HandlerSyncTest::personal));
    box.address.set("192.0.2.9"); // So that Odoo must be told something.
    box.awaitState(State.UNREACHABLE);
    int before = odoo.calls(HANDLERS).size();

    odoo.on(SETUP, call -> FakeOdoo.json("{\"result\":\"channel\"}"));
    odoo.serveHandlers(FIRST);
    box.awaitState(State.CONNECTED);
    await().until(() -> odoo.calls(HANDLERS).size() > before + 1);

    List<Call> calls = odoo.calls(HANDLERS);
    assertTrue(personal(calls.get(before)), calls.get(before).body());
    // Answered, so the box asks for itself again.
    assertFalse(personal(calls.get(calls.size() - 1)));
  }

  private static boolean personal(Call call) {
    return call.body().endsWith("auto=False");
  }

  @Test
  void withoutAnIntervalItAsksOnlyWhenItConnectsAndWhenTold() {
    odoo.serveHandlers(FIRST);
    box = new LinkFixture(folder, Pace.normal(Duration.ZERO));
    box.link.pair(odoo.pairing());
    await().until(() -> box.installed.size() == 1);
    box.settle();
    assertEquals(1, odoo.calls(HANDLERS).size());
    box.link.reloadHandlers();
    await().until(() -> odoo.calls(HANDLERS).size() == 2);
  }

  @Test
  void installsNewerHandlersByItself() {
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    odoo.serveHandlers(SECOND);
    await().until(() -> box.installed.size() == 2);
    assertArrayEquals(SECOND, box.installed.get(1));
    List<Call> calls = odoo.calls(HANDLERS);
    assertEquals("identifier=box-1&auto=True", calls.get(calls.size() - 1).body());
  }

  @Test
  void recognisesTheSameHandlersWithoutATag() {
    odoo.on(HANDLERS, call -> new Reply(200, FIRST));
    pairAndInstall();
    box.link.reloadHandlers();
    box.link.reloadHandlers();
    await().until(() -> odoo.calls(HANDLERS).size() == 3);
    box.settle();
    assertEquals(1, box.installed.size());
    // Nor does it fetch the whole archive again and again.
    assertEquals(3, odoo.calls(HANDLERS).size());
    assertTrue(
        odoo.calls(HANDLERS).stream().allMatch(call -> call.header("If-None-Match") == null));
    odoo.on(HANDLERS, call -> new Reply(200, SECOND));
    box.link.reloadHandlers();
    await().until(() -> box.installed.size() == 2);
  }

  @Test
  void remembersANewTagOfTheSameHandlers() {
    odoo.on(HANDLERS, call -> new Reply(200, FIRST).with("ETag", "\"one\""));
    pairAndInstall();
    odoo.on(HANDLERS, call -> new Reply(200, FIRST).with("ETag", "\"two\""));
    await()
        .until(
            () ->
                odoo.calls(HANDLERS).stream()
                    .anyMatch(call -> "two".equals(call.header("If-None-Match"))));
    assertEquals(1, box.installed.size());
  }

  @Test
  void installsAnEmptyArchiveSinceTheServerHasNoHandlersLeft() {
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    odoo.serveHandlers(FakeOdoo.zip());
    await().until(() -> box.installed.size() == 2);
  }

  static Stream<Arguments> answersThatAreNoHandlers() {
    byte[] cut = Arrays.copyOf(SECOND, SECOND.length - 30);
    return Stream.of(
        answer("does not know this box", () -> new Reply(401, new byte[0])),
        answer("does not know this box", () -> FakeOdoo.html(401)),
        answer("does not know this box", () -> new Reply(200, new byte[0])),
        answer("answered JSON instead of handlers", () -> FakeOdoo.json("{\"status\":\"none\"}")),
        answer("(No box)", () -> FakeOdoo.json("{\"error\":{\"message\":\"No box\"}}")),
        answer("answered JSON instead", () -> FakeOdoo.json("{broken")),
        answer("answered a web page", () -> FakeOdoo.html(200)),
        answer("something that is not an archive", () -> FakeOdoo.text(200, "", "hello")),
        answer("something that is not an archive", () -> FakeOdoo.text(200, "", "PK")),
        answer("an archive that is cut short", () -> new Reply(200, cut)),
        answer("broke off", () -> new Reply(200, cut).promising(SECOND.length)),
        answer("is the IoT app installed", () -> FakeOdoo.html(404)),
        answer("HTTP 500", () -> FakeOdoo.html(500)),
        answer("not running behind its proxy", () -> FakeOdoo.html(502)),
        answer(
            "to the page /web/login",
            () -> new Reply(303, new byte[0]).with("Location", "/web/login")));
  }

  private static Arguments answer(String detail, Supplier<Reply> reply) {
    return Arguments.of(detail, reply);
  }

  @ParameterizedTest
  @MethodSource("answersThatAreNoHandlers")
  void keepsTheInstalledHandlersWhateverElseComes(String detail, Supplier<Reply> reply) {
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    odoo.on(HANDLERS, call -> reply.get());
    await().until(() -> String.valueOf(box.link.status().detail()).contains(detail));
    assertEquals(State.CONNECTED, box.link.status().state());
    assertEquals(1, box.installed.size());
    assertEquals(0, box.removed.get());

    // And it recovers, still knowing what it has.
    odoo.serveHandlers(FIRST);
    await().until(() -> box.link.status().detail() == null);
    odoo.serveHandlers(SECOND);
    await().until(() -> box.installed.size() == 2);
  }

  @Test
  void tellsAPersonWhoAskedThatTheBoxIsUnknown() {
    odoo.on(HANDLERS, call -> new Reply(401, new byte[0]));
    open();
    box.link.pair(odoo.pairing());
    await().until(() -> String.valueOf(box.link.status().detail()).contains("switched off there"));
    box.link.reloadHandlers();
    await().until(() -> String.valueOf(box.link.status().detail()).contains("know this box."));
  }

  @Test
  void doesNotRememberTheTagOfHandlersThatCouldNotBeInstalled() {
    odoo.serveHandlers(FIRST);
    open();
    box.installFailure.set(new IOException("entry ../x leaves the archive"));
    box.link.pair(odoo.pairing());
    await()
        .until(
            () ->
                String.valueOf(box.link.status().detail())
                    .equals(
                        "The handlers that Odoo sent could not be installed:"
                            + " entry ../x leaves the archive"));
    assertTrue(Files.notExists(folder.resolve("handlers.cache")));
    box.installFailure.set(null);
    await().until(() -> box.installed.size() == 1);
    await().until(() -> box.link.status().detail() == null);
    assertNull(odoo.calls(HANDLERS).get(1).header("If-None-Match"));
  }

  @Test
  void keepsTheOldTagWhenNewerHandlersCouldNotBeInstalled() {
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    box.installFailure.set(new IOException());
    odoo.serveHandlers(SECOND);
    await().until(() -> String.valueOf(box.link.status().detail()).contains("IOException"));
    box.installFailure.set(null);
    await().until(() -> box.installed.size() == 2);
    assertTrue(
        odoo.calls(HANDLERS).stream()
            .filter(call -> call.header("If-None-Match") != null)
            .limit(2)
            .allMatch(call -> call.header("If-None-Match").equals(HandlerCache.hash(FIRST))));
  }

  @Test
  void startsWithoutOdooFromWhatItKept() {
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    await().until(this::kept);
    box.close();
    odoo.close();

    open();
    box.link.start();
    await().until(() -> box.installed.size() == 1);
    assertArrayEquals(FIRST, box.installed.get(0));
    box.awaitState(State.UNREACHABLE);
  }

  @Test
  void usesTheKeptTagAfterARestart() {
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    await().until(this::kept);
    box.close();
    int before = odoo.calls(HANDLERS).size();

    open();
    box.link.start();
    await().until(() -> odoo.calls(HANDLERS).size() > before);
    assertEquals(
        HandlerCache.hash(FIRST), odoo.calls(HANDLERS).get(before).header("If-None-Match"));
    box.settle();
    assertEquals(1, box.installed.size());
  }

  @Test
  void fetchesEverythingWhenWhatItKeptIsDamaged() throws Exception {
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    await().until(this::kept);
    box.close();
    int before = odoo.calls(HANDLERS).size();
    Files.writeString(folder.resolve("handlers.cache"), "junk", StandardCharsets.UTF_8);

    open();
    box.link.start();
    await().until(() -> box.installed.size() == 1);
    assertNull(odoo.calls(HANDLERS).get(before).header("If-None-Match"));
    await().until(this::kept);
  }

  @Test
  void doesNotInstallWhatItKeptOfAnotherServer() throws Exception {
    new HandlerCache(folder)
        .save(new HandlerCache.Entry("http://other|uuid-1||box-1", "tag", FIRST));
    odoo.serveHandlers(SECOND);
    pairAndInstall();
    assertArrayEquals(SECOND, box.installed.get(0));
    assertNull(odoo.calls(HANDLERS).get(0).header("If-None-Match"));
  }

  @Test
  void fetchesEverythingWhenWhatItKeptCanNoLongerBeInstalled() {
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    await().until(this::kept);
    box.close();
    int before = odoo.calls(HANDLERS).size();

    open();
    box.installFailure.set(new IOException("no"));
    box.link.start();
    await().until(() -> odoo.calls(HANDLERS).size() > before);
    box.installFailure.set(null);
    await().until(() -> box.installed.size() == 1);
    assertNull(odoo.calls(HANDLERS).get(before).header("If-None-Match"));
  }

  @Test
  void makesTheLinkLookWhetherTheServerIsThere() {
    // With the pauses of real life the link alone would look a minute later.
    box = new LinkFixture(folder, Pace.NORMAL);
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    await().until(() -> odoo.calls(HANDLERS).size() == 1);
    odoo.close();
    box.link.reloadHandlers();
    box.awaitState(State.UNREACHABLE);
  }

  @Test
  void runsHandlersThatCannotBeKept() throws Exception {
    Files.createDirectories(folder.resolve("handlers.cache/x"));
    odoo.serveHandlers(FIRST);
    pairAndInstall();
    assertNull(box.link.status().detail());
    await().until(() -> odoo.calls(SETUP).size() == 1);
  }

  private boolean kept() {
    return new HandlerCache(folder).load(odoo.pairing().handlersKey("box-1")).isPresent();
  }

  private void pairAndInstall() {
    open();
    box.link.pair(odoo.pairing());
    await().until(() -> box.installed.size() == 1);
    await().until(() -> box.link.status().detail() == null);
  }

  private void open() {
    box = new LinkFixture(folder, LinkFixture.FAST);
  }
}
