package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.http.part.HttpsView;
import iotbox.box.http.part.NetworkView;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachTest {
  private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");
  private static final List<String> TWO = List.of("192.168.1.5", "172.17.0.1");

  @Test
  void anotherDeviceOpensThePlainAddressAsLongAsItKnowsNoCertificate() {
    NetworkView view = view("0.0.0.0", TWO, new HttpsView(8443, "self-signed", null, UNTIL, null));

    assertEquals("http://192.168.1.5:8069", view.address());
    assertTrue(view.reachable());
    assertEquals(
        List.of(
            "http://192.168.1.5:8069",
            "http://172.17.0.1:8069",
            "https://192.168.1.5:8443",
            "https://172.17.0.1:8443"),
        view.urls());
  }

  @Test
  void aNameWithACertificateThatEverybodyKnowsIsBest() {
    NetworkView view = view("0.0.0.0", TWO, new HttpsView(443, "odoo", "box.example", UNTIL, null));

    assertEquals("https://box.example", view.address());
    assertEquals("https://box.example", view.urls().get(0));
    assertEquals(5, view.urls().size());
  }

  @Test
  void whereHttpsIsNotServedItIsNotNamed() {
    for (HttpsView none : new HttpsView[] {null, new HttpsView(null, null, null, null, "Soon.")}) {
      assertEquals(
          List.of("http://192.168.1.5:8069", "http://172.17.0.1:8069"),
          view("0.0.0.0", TWO, none).urls());
    }
  }

  @Test
  void aBoxThatServesOneAddressHasNoOther() {
    assertEquals("http://10.0.0.9:8069", view("10.0.0.9", TWO, null).address());
    assertEquals("http://[fd00::1]:8069", view("fd00::1", TWO, null).address());
    for (String own : List.of("127.0.0.1", "localhost", "::1")) {
      assertFalse(view(own, TWO, null).reachable(), own);
    }
  }

  @Test
  void withoutANetworkThereIsThisMachine() {
    NetworkView view = view("0.0.0.0", List.of(), null);

    assertEquals("http://127.0.0.1:8069", view.address());
    assertFalse(view.reachable());
  }

  @Test
  void theUsualPortGoesWithoutSaying() {
    Reach reach = new Reach("10.0.0.9", () -> 80, () -> null, List.of(), List.of(), () -> TWO);
    assertEquals("http://10.0.0.9", reach.now().address());
  }

  @Test
  void namesAreToldWithThoseOfTheOptionsFirst() {
    NetworkView view = view("0.0.0.0", TWO, null);

    assertEquals(List.of("till.example", "box", "box.local"), view.names());
    assertEquals(List.of("till.example"), view.allowedHosts());
  }

  private static NetworkView view(String bind, List<String> addresses, HttpsView https) {
    return new Reach(
            bind,
            () -> 8069,
            () -> https,
            List.of(() -> Set.of("box"), () -> Set.of("box.local", "box")),
            List.of("till.example"),
            () -> addresses)
        .now();
  }
}
