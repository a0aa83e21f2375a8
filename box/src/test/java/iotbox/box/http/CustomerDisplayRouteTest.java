package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CustomerDisplayRouteTest {
  private static final String DATA = "{\"amount\":\"3.50 at HDMI-1\"}";

  private final TestDriver.Taken taken = new TestDriver.Taken();
  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox();
    box.plug("HDMI-1", Map.of("type", "display", "takes", taken));
    await().until(() -> box.devices.isOpen("HDMI-1"));
  }

  @AfterEach
  void stop() {
    box.close();
  }

  private String answer(String params) {
    return box.post("/hw_proxy/customer_facing_display", "{\"params\":" + params + "}").body();
  }

  private static String result(String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":" + result + "}";
  }

  @Test
  void thePageOf19AsksWithoutAWord() {
    assertEquals(result(DATA), answer("{}"));
  }

  @Test
  void thePageOf18AsksToGet() {
    assertEquals(
        box.json(result("{\"status\":\"retrieved\",\"data\":" + DATA + "}")),
        box.json(answer("{\"action\":\"get\"}")));
  }

  @Test
  void whatIsDoneHasThe18sWordForIt() {
    assertEquals(
        result("{\"status\":\"updated\"}"), answer("{\"action\":\"set\",\"data\":{\"a\":1}}"));
    assertEquals(
        result("{\"status\":\"rotated\"}"),
        answer("{\"action\":\"rotate_screen\",\"data\":\"left\"}"));
    assertEquals(
        List.of(
            Map.of("action", "set", "data", Map.of("a", 1)),
            Map.of("action", "rotate_screen", "data", "left", "orientation", "left")),
        taken.actions);
  }

  @Test
  void whatTheDisplayCannotDoIsAnError() {
    assertTrue(answer("{\"action\":\"close\"}").contains("is not an action of TestDriver"));
    assertTrue(answer("{\"action\":\"dance\"}").contains("must be one of get and"));
  }

  @Test
  void withoutADisplayItSaysSo() {
    try (TestBox none = new TestBox()) {
      String said =
          none.call("/hw_proxy/customer_facing_display", "{\"params\":{\"action\":\"get\"}}")
              .at("/error/data/message")
              .asText();
      assertTrue(said.startsWith("No display is connected to this box"), said);
    } catch (PortRefusedException e) {
      throw new AssertionError(e);
    }
  }
}
