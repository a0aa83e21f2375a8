package iotbox.box.odoo;

import static iotbox.box.odoo.DeviceListTest.device;
import static iotbox.box.odoo.FakeOdoo.HANDLERS;
import static iotbox.box.odoo.FakeOdoo.SETUP;
import static iotbox.box.odoo.FakeOdoo.VERSION;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.json.Json;
import iotbox.box.odoo.FakeOdoo.Call;
import iotbox.box.odoo.OdooStatus.State;
import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.pairing.Pairing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@ExtendWith(QuickAwaits.class)
class OdooLinkTest {
  @TempDir Path folder;
  private FakeOdoo odoo = new FakeOdoo();
  private LinkFixture box;

  @AfterEach
  void end() {
    if (box != null) {
      box.close();
    }
    odoo.close();
  }

  @Test
  void isUnpairedUntilItIsPaired() {
    open();
    box.link.start();
    box.link.devicesChanged();
    box.link.reloadHandlers();
    box.settle();
    assertEquals(OdooStatus.UNPAIRED, box.link.status());
    assertEquals("unpaired", box.link.status().state().word());
    assertEquals(Optional.empty(), box.link.serverSerie());
  }

  @Test
  void goesTheWayOfARealBox() throws Exception {
    odoo.serveHandlers(FakeOdoo.zip("drivers/A.java", "class A {}"));
    open();
    box.devices.set(List.of(device("/dev/ttyUSB0", "scale", "serial")));
    box.link.pair(odoo.pairing());
    await().until(() -> box.installed.size() == 1);

    assertEquals(List.of(VERSION, SETUP, HANDLERS), odoo.paths());
    assertEquals(
        Json.MAPPER.readTree(
            """
            {"jsonrpc":"2.0","method":"call","params":{
              "iot_box":{"identifier":"box-1","mac":"02:fc:00:00:00:01","ip":"192.0.2.2",
                "token":"s3cret-t0ken","version":"L1.0","name":"till","serial_number":"box-1"},
              "devices":{"/dev/ttyUSB0":{"name":"Name of /dev/ttyUSB0","type":"scale",
                "manufacturer":"Maker","connection":"serial","subtype":""}}}}
            """),
        odoo.calls(SETUP).get(0).json());
    assertEquals("identifier=box-1&auto=True", odoo.calls(HANDLERS).get(0).body());
    assertNull(odoo.calls(HANDLERS).get(0).header("If-None-Match"));

    OdooStatus status = box.link.status();
    assertEquals(State.CONNECTED, status.state());
    assertEquals(odoo.url(), status.url());
    assertNull(status.detail());
    assertNotNull(status.lastSync());
    assertEquals(Optional.of("18.0"), box.link.serverSerie());

    // The handlers have found another device.
    box.devices.set(
        List.of(device("/dev/ttyUSB0", "scale", "serial"), device("cam", "camera", "usb")));
    box.link.devicesChanged();
    await().until(() -> odoo.calls(SETUP).size() == 2);
    JsonNode devices = odoo.calls(SETUP).get(1).params().path("devices");
    assertEquals(2, devices.size());
    assertEquals("direct", devices.path("cam").path("connection").asText());
  }

  @Test
  void comesBackToTheStoredPairing() throws Exception {
    new CredentialStore(folder).save(odoo.pairing());
    open();
    box.link.start();
    box.awaitState(State.CONNECTED);
    assertEquals(odoo.url(), box.link.status().url());
  }

  @Test
  void storesThePairing() {
    open();
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    assertEquals(Optional.of(odoo.pairing()), new CredentialStore(folder).load());
  }

  @Test
  void worksWithAPairingThatCannotBeStored() throws Exception {
    Path file = Files.createFile(folder.resolve("a-file"));
    box = new LinkFixture(file, LinkFixture.FAST);
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
  }

  @Test
  void changesNothingWhenPairedWithTheSameAgain() {
    open();
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    await().until(() -> odoo.calls(HANDLERS).size() == 1);
    box.link.pair(odoo.pairing());
    box.settle();
    assertEquals(1, odoo.calls(SETUP).size());
    assertEquals(State.CONNECTED, box.link.status().state());
  }

  @Test
  void comparesAPairingFromTheCommandLineWithTheStoredOne() throws Exception {
    new CredentialStore(folder).save(odoo.pairing());
    Object written = Files.getLastModifiedTime(folder.resolve("credentials.json"));
    open();
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    assertEquals(written, Files.getLastModifiedTime(folder.resolve("credentials.json")));
  }

  @Test
  void showsARefusalAndTriesAgainSlowly() {
    odoo.on(SETUP, call -> FakeOdoo.json("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":null}"));
    open();
    box.link.pair(odoo.pairing());
    box.awaitState(State.REFUSED);
    assertTrue(box.link.status().detail().contains("did not accept the token"));
    assertTrue(box.link.status().detail().contains("Copy a new token"));
    assertFalse(box.link.status().detail().contains("s3cret"));
    assertNull(box.link.status().lastSync());
    int before = odoo.calls(SETUP).size();
    box.link.devicesChanged();
    await().until(() -> odoo.calls(SETUP).size() > before);
    assertEquals(List.of(), odoo.calls(HANDLERS));

    odoo.on(SETUP, call -> FakeOdoo.json("{\"result\":\"channel\"}"));
    box.awaitState(State.CONNECTED);
    assertNull(box.link.status().detail());
  }

  @Test
  void waitsAfterARefusalUnlessAPersonPairsAgain() {
    odoo.on(SETUP, call -> FakeOdoo.json("{\"jsonrpc\":\"2.0\"}"));
    box = new LinkFixture(folder, Pace.NORMAL);
    box.link.pair(odoo.pairing());
    box.awaitState(State.REFUSED);
    box.link.devicesChanged();
    box.settle();
    assertEquals(1, odoo.calls(SETUP).size());
    odoo.on(SETUP, call -> FakeOdoo.json("{\"result\":\"channel\"}"));
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
  }

  @Test
  void isUnreachableWhileTheServerIsDownAndReturnsWithTheFullList() {
    int port = odoo.port();
    Pairing pairing = odoo.pairing();
    odoo.close();
    open();
    box.devices.set(List.of(device("a", "scale", "serial")));
    box.link.pair(pairing);
    box.awaitState(State.UNREACHABLE);
    assertTrue(box.link.status().detail().contains("accepts no connection"));

    odoo = new FakeOdoo(port);
    box.awaitState(State.CONNECTED);
    assertEquals(List.of(VERSION, SETUP), odoo.paths().subList(0, 2));
    assertEquals(1, odoo.calls(SETUP).get(0).params().path("devices").size());
    assertNull(box.link.status().detail());
  }

  @Test
  void noticesThatTheServerHasGoneAndGreetsItAnewWhenItIsBack() {
    open();
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    int port = odoo.port();
    odoo.close();
    box.awaitState(State.UNREACHABLE);
    assertNotNull(box.link.status().lastSync());
    odoo = new FakeOdoo(port);
    odoo.on(VERSION, call -> FakeOdoo.json("{\"result\":{\"server_serie\":\"19.0\"}}"));
    box.awaitState(State.CONNECTED);
    await().until(() -> odoo.paths().contains(HANDLERS));
    assertEquals(List.of(VERSION, SETUP), odoo.paths().subList(0, 2));
    assertEquals(Optional.of("19.0"), box.link.serverSerie());
  }

  @Test
  void noticesAProxyWhoseOdooIsDown() {
    open();
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    odoo.on(VERSION, call -> FakeOdoo.html(502)).on(SETUP, call -> FakeOdoo.html(502));
    box.awaitState(State.UNREACHABLE);
    assertTrue(box.link.status().detail().contains("not running behind its proxy"));
  }

  @Test
  void connectsWithAServerThatDoesNotTellItsVersion() {
    odoo.on(VERSION, call -> FakeOdoo.html(404));
    open();
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    assertEquals(Optional.empty(), box.link.serverSerie());
    // Asking again now and then does not make it unreachable.
    await().until(() -> odoo.calls(VERSION).size() > 1);
    box.settle();
    assertEquals(State.CONNECTED, box.link.status().state());
  }

  @Test
  void connectsWithAServerThatBreaksOffWhenAskedForItsVersion() {
    odoo.on(VERSION, call -> FakeOdoo.json("{").promising(100));
    open();
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    await().until(() -> odoo.calls(VERSION).size() > 1);
    box.settle();
    assertEquals(State.CONNECTED, box.link.status().state());
    odoo.on(VERSION, call -> FakeOdoo.json("{\"result\":{\"server_serie\":\"16.0\"}}"));
    await().until(() -> box.link.serverSerie().isPresent());
  }

  @Test
  void triesUntilTheDevicesAreAccepted() {
    AtomicBoolean broken = new AtomicBoolean(true);
    odoo.on(
        SETUP,
        call ->
            broken.get()
                ? FakeOdoo.json("{\"error\":{\"message\":\"bad token s3cret-t0ken c0de-secret\"}}")
                : FakeOdoo.json("{\"result\":\"channel\"}"));
    open();
    box.link.pair(odoo.pairing());
    await().until(() -> odoo.calls(SETUP).size() > 3);
    assertEquals(State.UNREACHABLE, box.link.status().state());
    assertTrue(
        box.link.status().detail().endsWith("answered an error: bad token *** ***"),
        box.link.status().detail());
    broken.set(false);
    box.awaitState(State.CONNECTED);
  }

  @Test
  void takesNeitherChannelNorNullForAFault() {
    odoo.on(SETUP, call -> FakeOdoo.json("{\"result\":true}"));
    open();
    box.link.pair(odoo.pairing());
    box.awaitState(State.UNREACHABLE);
    assertTrue(box.link.status().detail().contains("neither a channel nor a refusal"));
  }

  @Test
  void makesOneCallOfAHundredChanges() {
    open();
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    assertEquals(1, odoo.calls(SETUP).size());
    List<DeviceStatus> devices = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      devices.add(device("d" + i, "scale", "serial"));
      box.devices.set(List.copyOf(devices));
      box.link.devicesChanged();
    }
    await().until(() -> odoo.calls(SETUP).size() == 2);
    assertEquals(100, odoo.calls(SETUP).get(1).params().path("devices").size());
    box.settle();
    assertEquals(2, odoo.calls(SETUP).size());
  }

  @Test
  void makesAHandfulOfCallsOfAHundredChangesOneByOne() throws Exception {
    box = new LinkFixture(folder, Pace.NORMAL);
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    List<DeviceStatus> devices = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      devices.add(device("d" + i, "scale", "serial"));
      box.devices.set(List.copyOf(devices));
      box.link.devicesChanged();
      Thread.sleep(20);
    }
    await()
        .until(
            () ->
                odoo.calls(SETUP).stream()
                    .anyMatch(call -> call.params().path("devices").size() == 100));
    assertTrue(odoo.calls(SETUP).size() <= 7, odoo.calls(SETUP).size() + " calls");
    assertTrue(odoo.calls(SETUP).size() >= 3, "none waits for the last one");
  }

  @Test
  void tellsOfAChangeWithinASecond() {
    box = new LinkFixture(folder, Pace.NORMAL);
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    box.devices.set(List.of(device("a", "scale", "serial")));
    box.link.devicesChanged();
    await().atMost(Duration.ofSeconds(1)).until(() -> odoo.calls(SETUP).size() == 2);
  }

  @Test
  void tellsNothingWhenNothingChanged() {
    open();
    box.devices.set(List.of(device("a", "scale", "serial")));
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    for (int i = 0; i < 5; i++) {
      box.link.devicesChanged();
      box.settle();
    }
    assertEquals(1, odoo.calls(SETUP).size());
  }

  @Test
  void tellsOfAnotherAddressByItself() {
    open();
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    box.address.set("192.0.2.77");
    await().until(() -> odoo.calls(SETUP).size() == 2);
    assertEquals(
        "192.0.2.77", odoo.calls(SETUP).get(1).params().path("iot_box").path("ip").asText());
  }

  @Test
  void countsTheDevicesThatOdooWouldDrop() {
    open();
    box.devices.set(List.of(device("a", "toaster", "serial"), device("b", "scale", "serial")));
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    assertEquals(1, odoo.calls(SETUP).get(0).params().path("devices").size());
    String detail = box.link.status().detail();
    assertTrue(detail.startsWith("1 device is not shown in Odoo"), detail);
    assertTrue(detail.contains("a (type toaster, connection serial)"), detail);
    box.devices.set(List.of(device("b", "scale", "serial")));
    box.link.devicesChanged();
    await()
        .until(() -> !String.valueOf(box.link.status().detail()).contains("is not shown in Odoo"));
  }

  @Test
  void neverMakesItsCallersWait() {
    CountDownLatch never = new CountDownLatch(1);
    odoo.on(SETUP, call -> FakeOdoo.held(never, FakeOdoo.json("{\"result\":\"late\"}")));
    open();
    box.link.pair(odoo.pairing());
    await().until(() -> odoo.calls(SETUP).size() == 1);
    long begun = System.nanoTime();
    box.link.devicesChanged();
    box.link.reloadHandlers();
    box.link.status();
    box.link.pair(odoo.pairing());
    assertTrue(System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(100));
    assertEquals(State.CONNECTING, box.link.status().state());

    // A change of mind does not wait for the slow server either.
    try (FakeOdoo other = new FakeOdoo()) {
      box.link.pair(other.pairing());
      await().atMost(Duration.ofSeconds(2)).until(() -> box.state() == State.CONNECTED);
      assertEquals(other.url(), box.link.status().url());
    }
    never.countDown();
  }

  @Test
  void forgetsEverythingWhenUnpaired() {
    odoo.serveHandlers(FakeOdoo.zip("drivers/A.java", "class A {}"));
    open();
    box.link.pair(odoo.pairing());
    await().until(() -> box.installed.size() == 1);
    box.link.unpair();
    await().until(() -> box.removed.get() == 1);
    assertEquals(OdooStatus.UNPAIRED, box.link.status());
    assertEquals(Optional.empty(), box.link.serverSerie());
    assertEquals(Optional.empty(), new CredentialStore(folder).load());
    await().until(() -> Files.notExists(folder.resolve("handlers.cache")));
    int before = odoo.calls.size();
    box.link.devicesChanged();
    box.link.reloadHandlers();
    box.settle();
    assertEquals(before, odoo.calls.size());

    box.link.pair(odoo.pairing());
    await().until(() -> box.installed.size() == 2);
    box.awaitState(State.CONNECTED);
    assertNull(odoo.calls(HANDLERS).get(odoo.calls(HANDLERS).size() - 1).header("If-None-Match"));
  }

  @Test
  void movesToAnotherServerWithAllThatBelongsToIt() {
    odoo.serveHandlers(FakeOdoo.zip("drivers/A.java", "class A {}"));
    open();
    box.link.pair(odoo.pairing());
    await().until(() -> box.installed.size() == 1);
    try (FakeOdoo other = new FakeOdoo()) {
      other.on(VERSION, call -> FakeOdoo.json("{\"result\":{\"server_serie\":\"17.0\"}}"));
      other.serveHandlers(FakeOdoo.zip("drivers/B.java", "class B {}"));
      box.link.pair(other.pairing());
      await().until(() -> box.installed.size() == 2);
      assertEquals(1, box.removed.get());
      assertNull(other.calls(HANDLERS).get(0).header("If-None-Match"));
      assertEquals(Optional.of("17.0"), box.link.serverSerie());
      assertEquals(other.url(), box.link.status().url());
      int before = odoo.calls.size();
      box.link.devicesChanged();
      box.settle();
      assertEquals(before, odoo.calls.size());
    }
  }

  @Test
  void keepsTheHandlersWhenOnlyTheTokenIsNew() {
    odoo.serveHandlers(FakeOdoo.zip("drivers/A.java", "class A {}"));
    open();
    box.link.pair(odoo.pairing());
    await().until(() -> box.installed.size() == 1);
    box.link.pair(new Pairing(odoo.url(), "new-token", "uuid-1", "c0de-secret", null));
    await().until(() -> odoo.calls(HANDLERS).size() == 2);
    assertNotNull(odoo.calls(HANDLERS).get(1).header("If-None-Match"));
    box.settle();
    assertEquals(1, box.installed.size());
    assertEquals(0, box.removed.get());
    List<Call> setups = odoo.calls(SETUP);
    assertEquals(
        "new-token", setups.get(setups.size() - 1).params().path("iot_box").path("token").asText());
  }

  @Test
  void tellsNoSecretToTheLog() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    try {
      String echo = "{\"error\":{\"message\":\"s3cret-t0ken c0de-secret\"}}";
      odoo.on(VERSION, call -> FakeOdoo.json(echo)).on(HANDLERS, call -> FakeOdoo.json(echo));
      odoo.on(
          SETUP,
          call ->
              odoo.calls.size() < 8
                  ? FakeOdoo.json(odoo.calls.size() < 4 ? echo : "{\"result\":null}")
                  : FakeOdoo.json("{\"result\":\"channel\"}"));
      open();
      box.link.pair(odoo.pairing());
      box.awaitState(State.CONNECTED);
      await().until(() -> box.link.status().detail() != null);
      box.link.unpair();
      box.awaitState(State.UNPAIRED);
    } finally {
      root.detachAppender(log);
    }
    List<ILoggingEvent> lines = List.copyOf(log.list);
    assertTrue(
        lines.stream().anyMatch(line -> line.getFormattedMessage().contains("*** ***")),
        "What the server echoed was logged");
    for (ILoggingEvent line : lines) {
      assertFalse(line.getFormattedMessage().matches("(?s).*(s3cret-t0ken|c0de-secret).*"));
    }
  }

  @Test
  void survivesASupplierThatThrows() {
    open();
    AtomicReference<RuntimeException> failure = new AtomicReference<>(new RuntimeException("no"));
    box.failure = failure;
    box.link.pair(odoo.pairing());
    box.awaitState(State.UNREACHABLE);
    failure.set(null);
    box.awaitState(State.CONNECTED);
  }

  @Test
  void doesNothingMoreOnceClosed() {
    open();
    box.link.pair(odoo.pairing());
    box.awaitState(State.CONNECTED);
    box.link.close();
    int before = odoo.calls.size();
    box.link.devicesChanged();
    box.link.pair(odoo.pairing());
    box.link.reloadHandlers();
    box.link.unpair();
    box.settle();
    assertTrue(odoo.calls.size() <= before + 1);
  }

  private void open() {
    box = new LinkFixture(folder, LinkFixture.FAST);
  }
}
