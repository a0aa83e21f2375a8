package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import iotbox.box.device.Source;
import iotbox.box.http.part.BusView;
import iotbox.box.http.part.HttpsView;
import iotbox.box.http.part.OdooView;
import iotbox.handler.Device;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusReportTest {
  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox();
  }

  @AfterEach
  void stop() {
    box.close();
  }

  @Test
  void theContractIsKeptToTheLetter() {
    box.odoo.view =
        new OdooView(
            "https://odoo.example",
            "connected",
            null,
            Instant.parse("2026-11-22T10:00:00Z"),
            "ABC1",
            true);
    box.https =
        new HttpsView(
            443, "odoo", "192-0-2-7.abc.odoo-iot.com", Instant.parse("2027-02-22T10:00:00Z"), null);
    box.odoo.bus = new BusView(true, Instant.parse("2026-11-22T09:00:00Z"), 3, 2);
    box.plug("dev1", "scale");
    await().until(() -> status().at("/interfaces/0/devices").asInt() == 1);
    ObjectNode status = (ObjectNode) status();
    JsonNode uptime = ((ObjectNode) status.get("box")).remove("uptimeSeconds");
    assertTrue(uptime.isIntegralNumber() && uptime.asLong() < 60, uptime.toString());
    JsonNode reloaded = ((ObjectNode) status.at("/reloads/0")).remove("at");
    assertTrue(Instant.parse(reloaded.asText()).isAfter(Instant.now().minusSeconds(60)));
    JsonNode detection = ((ObjectNode) status.at("/interfaces/0")).remove("lastDetection");
    assertTrue(Instant.parse(detection.asText()).isAfter(Instant.now().minusSeconds(60)));
    assertEquals(
        box.json(
            """
            {"box": {"identifier": "box-1", "version": "L1.0", "addresses": ["192.0.2.7"], "setUp": false},
             "odoo": {"url": "https://odoo.example", "state": "connected", "detail": null,
                      "lastSync": "2026-11-22T10:00:00Z", "pairingCode": "ABC1", "insecure": true,
                      "bus": {"connected": true, "since": "2026-11-22T09:00:00Z",
                              "waiting": 3, "dropped": 2}},
             "https": {"port": 443, "certificate": "odoo", "domain": "192-0-2-7.abc.odoo-iot.com",
                       "validUntil": "2027-02-22T10:00:00Z", "detail": null},
             "generation": 4,
             "handlers": [
               {"file": "drivers/TestDriver.java", "className": "iotbox.box.http.TestDriver",
                "kind": "driver", "state": "loaded", "since": null, "hash": null,
                "compiler": "janino",
                "connectionType": "test", "priority": 3, "diagnostics": [],
                "running": null},
               {"file": "drivers/Broken.java", "className": null, "kind": "other",
                "state": "failed", "since": "2026-11-22T09:45:00Z",
                "hash": "44f419244559ce433288e5b39bfa9fe3cdabf8893d32222970dbcd15b6a418de",
                "compiler": null, "connectionType": null, "priority": null,
                "diagnostics": [{"line": 7, "column": 12, "severity": "error",
                                 "message": "Write a semicolon.", "source": "int a = 1"}],
                "running": {"className": "iotbox.box.http.TestDriver", "compiler": "ecj",
                            "since": "2026-11-22T09:30:00Z",
                            "hash":
                              "f9d474b81d62f2dbd45efbb01be01794f9f77b523c1be2ddce417d2d1208ff4c",
                            "diagnostics": []}}],
             "reloads": [
               {"source": "shop", "millis": 45, "compileMillis": 30, "compiled": 2,
                "loaded": 1, "refused": 1,
                "files": [{"file": "drivers/TestDriver.java", "change": "added"},
                          {"file": "drivers/Broken.java", "change": "added"}],
                "moreFiles": 0, "devices": [], "moreDevices": 0}],
             "interfaces": [
               {"className": "iotbox.box.http.TestInterface", "connectionType": "test",
                "state": "running", "devices": 1, "detail": null,
                "since": null, "faults": 0, "retryAt": null, "stack": []}],
             "actionForms": {"iotbox.box.http.TestDriver": [
               {"name": "", "parameters": []}, {"name": "fail", "parameters": []},
               {"name": "read_once", "parameters": []},
               {"name": "show", "parameters": [
                 {"name": "weight", "type": "number", "choices": [0.5, 20], "required": true,
                  "description": "in kg"},
                 {"name": "note", "type": "text", "choices": [], "required": false,
                  "description": null}]},
               {"name": "twice", "parameters": []}, {"name": "wait", "parameters": []}]},
             "devices": [
               {"identifier": "dev1", "name": "Test dev1", "type": "scale",
                "connection": "direct", "manufacturer": "Tester", "subtype": "",
                "driver": "iotbox.box.http.TestDriver", "state": "connected", "detail": null,
                "actions": ["", "fail", "read_once", "show", "twice", "wait"],
                "since": null, "faults": 0, "retryAt": null, "stack": [],
                "connectionType": "test",
                "chosen": "The driver recognised it; there is no other one to ask.",
                "declined": [], "pin": null,
                "probing": {"allowed": true, "by": null, "next": null}}],
             "overdue": [],
             "access": {"origins": [
               {"origin": "https://allowed.example", "state": "option", "since": null,
                "lastAsked": null},
               {"origin": "https://odoo.example", "state": "paired", "since": null,
                "lastAsked": null}]},
             "leftovers": []}
            """),
        status);
  }

  @Test
  void noDeviceIsShownWithoutTheHandlersThatItCameWith() {
    Device late = Device.of(Map.of("identifier", "late"));
    box.meanwhile = () -> box.devices.detected(new Source("late", "test"), Map.of("late", late));
    assertFalse(status().path("devices").toString().contains("late"));
    box.meanwhile = () -> {};
    assertTrue(status().path("devices").toString().contains("late"));
  }

  @Test
  void whatIsUnknownIsThereAsNull() {
    assertEquals(
        box.json(
            """
            {"url": null, "state": "unpaired", "detail": null, "lastSync": null,
             "pairingCode": null, "insecure": false,
             "bus": {"connected": false, "since": null, "waiting": 0, "dropped": 0}}
            """),
        status().get("odoo"));
    assertTrue(status().get("https").isNull());
  }

  @Test
  void aHandlerThatFailsWhileItRunsHasFailed() {
    Instant before = Instant.now();
    box.plug("dev1", Map.of("broken", "wrong firmware"));
    await().until(() -> status().at("/handlers/0/state").asText().equals("failed"));
    Instant since = Instant.parse(status().at("/handlers/0/since").asText());
    assertTrue(!since.isBefore(before) && !since.isAfter(Instant.now()), since.toString());
    JsonNode fault = status().at("/handlers/0/diagnostics/0");
    assertEquals("error", fault.get("severity").asText());
    assertTrue(fault.get("message").asText().contains("wrong firmware"), fault.toString());
    assertTrue(fault.get("line").asInt() > 1, fault.toString());
    assertEquals(1, fault.get("column").asInt());
    assertEquals(fault, status().at("/handlers/1/running/diagnostics/0"), "an earlier version");
    assertEquals(1, status().at("/handlers/1/diagnostics").size());
    JsonNode device = status().at("/devices/0");
    assertEquals("failed", device.get("state").asText());
    assertTrue(device.get("driver").isNull());
    assertEquals("", device.get("type").asText());
  }

  private JsonNode status() {
    HttpResponse<String> response = box.get("/api/status");
    assertEquals(200, response.statusCode());
    assertEquals(
        "application/json;charset=utf-8", response.headers().firstValue("Content-Type").get());
    return box.json(response.body());
  }
}
