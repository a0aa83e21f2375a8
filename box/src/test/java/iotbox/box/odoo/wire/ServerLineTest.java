package iotbox.box.odoo.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.host.BoxIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerLineTest {
  private static final BoxIdentity BOX =
      new BoxIdentity("serial", "02:fc:00:00:00:01", () -> "192.0.2.2", "L1", "till");

  @ParameterizedTest
  @CsvSource({
    // serie, root, params, handlers' fields, identifier, ETag, bus, by token, confirmed at, unsup.
    "13.0,       true,  false, mac,            mac,    false, false, false, printer, false",
    "14.0,       true,  true,  mac,            mac,    false, false, false, printer, false",
    "saas~15.2,  true,  true,  mac,            mac,    false, false, false, printer, false",
    "16.0,       true,  true,  mac,            mac,    false, true,  false, printer, false",
    "saas~16.4,  true,  true,  mac,            mac,    false, true,  false, printer, false",
    "17.0,       false, true,  identifier+mac, mac,    false, true,  false, printer, false",
    "17.0+e,     false, true,  identifier+mac, mac,    false, true,  false, printer, false",
    "saas~17.2,  false, true,  identifier+mac, serial, false, true,  false, printer, false",
    "18.0,       false, true,  identifier,     serial, true,  true,  false, box,     false",
    "saas~18.2,  false, true,  identifier,     serial, true,  true,  false, box,     false",
    "saas-18.3,  false, true,  identifier,     serial, true,  true,  false, box,     false",
    "19.0,       false, true,  identifier,     serial, true,  true,  true,  box,     true",
    "19.0alpha1, false, true,  identifier,     serial, true,  true,  true,  box,     true",
    "saas~19.1,  false, true,  identifier,     serial, true,  true,  true,  box,     true",
    "master,     false, true,  identifier,     serial, true,  true,  true,  box,     true",
  })
  void knowsWhatServersOfEachLineUnderstand(
      String serie,
      boolean root,
      boolean params,
      String fields,
      String identifier,
      boolean etag,
      boolean bus,
      boolean newest,
      String confirmed,
      boolean unsupported) {
    ServerLine line = ServerLine.of(serie);
    assertTrue(line.known());
    assertEquals(serie, line.toString());
    assertEquals(root, line.setupReadsRoot());
    assertEquals(params, line.setupReadsParams());
    assertEquals(List.of(fields.split("\\+")), line.handlersFields());
    assertEquals(identifier.equals("mac") ? BOX.mac() : "serial", line.identifierOf(BOX));
    assertEquals(etag, line.sendsEtag());
    assertEquals(bus, line.hasBus());
    assertEquals(newest, line.subscribesByToken());
    assertEquals(newest, line.singleIdentifiers());
    assertEquals(
        "/iot/" + (confirmed.equals("box") ? "box/send_websocket" : "printer/status"),
        line.confirmationPath());
    assertEquals(unsupported, line.knowsUnsupported());
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"false", "saas~", "Odoo", "123456.0", "-1"})
  void speaksToAServerThatDoesNotTellLikeOneOf18ThatMayBeOlder(String serie) {
    ServerLine line = ServerLine.of(serie);
    assertEquals(ServerLine.UNKNOWN, line);
    assertFalse(line.known());
    assertTrue(line.setupReadsRoot() && line.setupReadsParams());
    assertEquals(List.of("identifier", "mac"), line.handlersFields());
    assertEquals("serial", line.identifierOf(BOX));
    assertTrue(line.hasBus());
    assertFalse(line.subscribesByToken());
    assertFalse(line.knowsUnsupported());
    assertEquals("/iot/box/send_websocket", line.confirmationPath());
  }

  @Test
  void callsABoxWithoutMacByItsIdentifier() {
    BoxIdentity box = new BoxIdentity("serial", "", () -> "192.0.2.2", "L1", "till");
    assertEquals("serial", ServerLine.of("16.0").identifierOf(box));
  }

  @Test
  void isComparedByItsName() {
    assertEquals(ServerLine.of("18.0"), ServerLine.of(" 18.0 "));
    assertEquals(ServerLine.of("18.0").hashCode(), ServerLine.of("18.0").hashCode());
    assertNotEquals(ServerLine.of("18.0"), ServerLine.of("19.0"));
    assertNotEquals(ServerLine.of("18.0"), ServerLine.UNKNOWN);
  }

  @Test
  void linesUpTo190OnlyWantToHearThatADeviceTookTheAction() {
    assertFalse(ServerLine.of("13.0").answersActions());
    assertFalse(ServerLine.of("saas-18.2").answersActions());
    assertFalse(ServerLine.of("19").answersActions());
    assertFalse(ServerLine.of("19.0+e").answersActions());
    assertTrue(ServerLine.of("19.1").answersActions());
    assertTrue(ServerLine.of("saas~19.1").answersActions());
    assertTrue(ServerLine.of("").answersActions());
    assertTrue(ServerLine.of("99999999999.0").answersActions());
  }
}
