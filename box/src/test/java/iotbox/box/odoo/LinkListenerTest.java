package iotbox.box.odoo;

import static iotbox.box.odoo.FakeOdoo.HANDLERS;
import static iotbox.box.odoo.FakeOdoo.SETUP;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import iotbox.box.odoo.OdooStatus.State;
import iotbox.box.odoo.pairing.BadPairingException;
import iotbox.box.odoo.wire.OdooConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the bus hears of the link, and what it may ask of it. */
class LinkListenerTest {
  @TempDir private Path folder;
  private final FakeOdoo odoo = new FakeOdoo();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private LinkFixture box;

  @BeforeEach
  void pair() {
    box = new LinkFixture(folder, LinkFixture.FAST);
    box.link.tell(
        new LinkListener() {
          @Override
          public void connected(OdooConnection connection) {
            heard.add(
                connection.pairing().url() + " " + connection.channel() + " " + connection.line());
          }

          @Override
          public void lost() {
            heard.add("lost");
          }

          @Override
          public void parted() {
            heard.add("parted");
          }

          @Override
          public void unpaired() {
            heard.add("unpaired");
          }
        });
    box.link.pair(odoo.pairing());
    await().until(() -> heard.size() == 2);
  }

  @AfterEach
  void end() {
    box.close();
    odoo.close();
  }

  private String connected(FakeOdoo server) {
    return server.url() + " iot_channel-1 18.0";
  }

  @Test
  void hearsTheChannelTheServerAndItsLine() {
    assertEquals(List.of("parted", connected(odoo)), heard);
  }

  @Test
  void hearsOfARefusal() {
    odoo.on(SETUP, call -> FakeOdoo.json("{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":null}"));
    box.address.set("192.0.2.9");

    await().until(() -> heard.size() >= 3);
    assertEquals("parted", heard.get(2));
  }

  @Test
  void hearsOfALossAndOfTheReturn() {
    odoo.on(SETUP, call -> FakeOdoo.html(502));
    box.address.set("192.0.2.9");
    await().until(() -> heard.size() >= 3);
    odoo.on(SETUP, call -> FakeOdoo.json("{\"jsonrpc\":\"2.0\",\"result\":\"iot_channel-1\"}"));

    await().until(() -> heard.get(heard.size() - 1).equals(connected(odoo)));
    assertEquals(Set.of("lost"), Set.copyOf(heard.subList(2, heard.size() - 1)));
  }

  @Test
  void hearsOfUnpairing() {
    box.link.unpair();

    await().until(() -> heard.contains("unpaired"));
    assertEquals(State.UNPAIRED, box.state());
  }

  @Test
  void followsTheDatabaseToAnotherAddress() throws Exception {
    try (FakeOdoo elsewhere = new FakeOdoo()) {
      box.link.moved(elsewhere.url() + "/");

      await().until(() -> heard.contains(connected(elsewhere)));
      assertEquals("parted", heard.get(2));
      assertEquals(
          odoo.pairing().token(),
          elsewhere.calls(SETUP).get(0).json().at("/params/iot_box/token").asText());
    }
  }

  @Test
  void staysWhereItIsIfTheAddressIsNone() {
    for (String url : List.of("", "ftp://new.example", "new.example", "http://", "http://a b")) {
      assertThrows(BadPairingException.class, () -> box.link.moved(url), url);
    }
    box.settle();
    assertEquals(2, heard.size());
    assertEquals(State.CONNECTED, box.state());
  }

  @Test
  void hasNowhereToMoveWhileUnpaired() throws Exception {
    box.link.unpair();
    await().until(() -> heard.contains("unpaired"));
    box.link.moved("http://192.0.2.1");
    box.settle();

    assertEquals(State.UNPAIRED, box.state());
  }

  @Test
  void restartTellsEverythingAnew() {
    await().until(() -> !odoo.calls(HANDLERS).isEmpty());
    box.link.restart();

    await().until(() -> odoo.calls(SETUP).size() == 2);
    await().until(() -> heard.size() == 4);
    assertEquals(List.of("parted", connected(odoo)), heard.subList(2, 4));
    await().until(() -> odoo.calls(HANDLERS).stream().anyMatch(c -> c.body().contains("False")));
  }

  @Test
  void otherHandlersAreFetchedWhenOdooSaysSo() {
    await().until(() -> !odoo.calls(HANDLERS).isEmpty());
    int before = odoo.calls(HANDLERS).size();
    box.link.handlersChanged();

    await().until(() -> odoo.calls(HANDLERS).size() > before);
  }
}
