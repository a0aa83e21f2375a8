package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyRoutesTest {
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
  void statusNamesTheKindsThatAPointOfSaleLooksFor() {
    assertEquals(
        box.json(
            "{\"scale\":{\"status\":\"disconnected\",\"messages\":[]},"
                + "\"printer\":{\"status\":\"disconnected\",\"messages\":[]},"
                + "\"scanner\":{\"status\":\"disconnected\",\"messages\":[]}}"),
        status());
  }

  @Test
  void statusTellsWhatIsConnectedAndWhatIsWrong() {
    box.plug("scale1", "scale");
    box.plug("camera1", "camera");
    box.plug("printer1", Map.of("type", "printer", "dies", "no paper"));
    await().until(() -> status().at("/printer/status").asText().equals("error"));
    assertEquals("connected", status().at("/scale/status").asText());
    assertEquals("connected", status().at("/camera/status").asText());
    assertEquals("disconnected", status().at("/scanner/status").asText());
    String message = status().at("/printer/messages/0").asText();
    assertTrue(message.startsWith("Test printer1: ") && message.contains("no paper"), message);

    box.plug("printer2", "printer");
    assertEquals("connected", status().at("/printer/status").asText());
    assertEquals(1, status().at("/printer/messages").size());
  }

  @Test
  void scaleReadGivesTheWeight() {
    box.plug("scale1", Map.of("type", "scale", "weight", 1.25));
    await().until(() -> box.devices.isOpen("scale1"));
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{\"weight\":1.25}}",
        box.post("/hw_proxy/scale_read", "{}").body());
  }

  @Test
  void scaleReadIsNullWithoutAScale() {
    box.plug("dev1", "device");
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":null}",
        box.post("/hw_proxy/scale_read", "{}").body());
  }

  @Test
  void scaleReadSaysWhenTheScaleGaveNoWeight() {
    box.plug("scale1", "scale");
    assertEquals(
        "The scale Test scale1 gave no weight: ",
        box.call("/hw_proxy/scale_read", "{}").at("/error/data/message").asText());
  }

  @Test
  void aPrinterAtTheBoxTakesTheJobOfAPointOfSale() {
    box.plug("network", Map.of("type", "printer", "connection", "network"));
    await().until(() -> box.devices.isOpen("network"));
    String job = "{\"params\":{\"data\":{\"document\":\"JVBERi0=\"}}}";
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":false}",
        box.post("/hw_proxy/default_printer_action", job).body());
    box.plug("usb", "printer");
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":true}",
        box.post("/hw_proxy/default_printer_action", job).body());
    assertEquals(
        "The parameter data is missing.",
        box.call("/hw_proxy/default_printer_action", "{}").at("/error/data/message").asText());
  }

  private JsonNode status() {
    return box.call("/hw_proxy/status_json", "{\"params\":{}}").get("result");
  }
}
