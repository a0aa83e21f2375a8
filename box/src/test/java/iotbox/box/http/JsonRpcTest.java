package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonRpcTest {
  private static final String HANDSHAKE = "/hw_proxy/handshake";
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
  void answersInOdoosEnvelopeAndEchoesTheId() {
    HttpResponse<String> response =
        box.post(HANDSHAKE, "{\"jsonrpc\":\"2.0\",\"method\":\"call\",\"id\":17,\"params\":{}}");
    assertEquals(200, response.statusCode());
    assertEquals("{\"jsonrpc\":\"2.0\",\"id\":17,\"result\":true}", response.body());
    assertEquals(
        "application/json;charset=utf-8", response.headers().firstValue("Content-Type").get());
  }

  @Test
  void takesBareBodies() {
    String answer = "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":true}";
    assertEquals(answer, box.post(HANDSHAKE, "{\"params\":{}}").body());
    assertEquals(answer, box.post(HANDSHAKE, "{}").body());
    assertEquals(answer, box.post(HANDSHAKE, "{\"params\":null,\"unknown\":[1]}").body());
  }

  @Test
  void echoesAnIdThatIsText() {
    assertEquals("r1", box.call(HANDSHAKE, "{\"id\":\"r1\"}").get("id").asText());
  }

  @Test
  void takesAContentTypeWithACharset() {
    for (String type : new String[] {"application/json;charset=utf-8", "Application/JSON-RPC"}) {
      HttpResponse<String> response =
          box.send(
              box.request(HANDSHAKE)
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofString("{}")));
      assertEquals(200, response.statusCode(), type);
    }
  }

  @Test
  void malformedJsonIsA400ThatTellsWhere() {
    HttpResponse<String> response = box.post(HANDSHAKE, "{\"params\": {");
    assertEquals(400, response.statusCode());
    assertTrue(response.body().startsWith("The body is not valid JSON: "), response.body());
    assertTrue(response.body().endsWith("at line 1, column 13.\n"), response.body());
    assertEquals(400, box.post(HANDSHAKE, "").statusCode());
    assertEquals(400, box.post(HANDSHAKE, "[]").statusCode());
    assertEquals(400, box.post(HANDSHAKE, "{\"params\":[1]}").statusCode());
    assertEquals(400, box.post(HANDSHAKE, "[".repeat(100_000)).statusCode());
  }

  @Test
  void anotherContentTypeOrAGetIsA415() {
    for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded"}) {
      HttpResponse<String> response =
          box.send(
              box.request(HANDSHAKE)
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofString("{}")));
      assertEquals(415, response.statusCode());
      assertEquals("Send JSON, with the header Content-Type: application/json.\n", response.body());
    }
    assertEquals(415, box.send(box.request(HANDSHAKE).POST(BodyPublishers.noBody())).statusCode());
    assertEquals(415, box.get(HANDSHAKE).statusCode());
    assertEquals(415, box.get("/iot_drivers/event").statusCode());
  }

  @Test
  void missingParametersAreNamedInAnErrorObject() {
    JsonNode answer = box.call("/hw_drivers/action", "{\"id\":3,\"params\":{\"data\":{}}}");
    assertEquals(3, answer.get("id").asInt());
    assertFalse(answer.has("result"));
    JsonNode error = answer.get("error");
    assertEquals(200, error.get("code").asInt());
    assertEquals("Odoo Server Error", error.get("message").asText());
    assertEquals("MissingParameter", error.get("data").get("name").asText());
    assertEquals(
        "The parameters session_id, device_identifier are missing.",
        error.get("data").get("message").asText());
    assertEquals(
        "The parameter listener is missing.",
        box.call("/hw_drivers/event", "{}").at("/error/data/message").asText());
  }

  @Test
  void aBodyThatIsTooLongIsRefusedWithOrWithoutItsLength() throws Exception {
    String announced =
        box.exchange(
            "POST /hw_proxy/handshake HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: 26214401\r\n\r\n{}");
    assertTrue(announced.startsWith("HTTP/1.1 413 "), announced);
    byte[] mega = " ".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    HttpResponse<String> chunked =
        box.send(
            box.request(HANDSHAKE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArrays(java.util.Collections.nCopies(26, mega))));
    assertEquals(413, chunked.statusCode());
    assertEquals("The body is longer than the 25 MB that are accepted.\n", chunked.body());
  }

  @Test
  void aBodyOfManyMegabytesIsFine() {
    box.plug("printer1", "printer");
    String document = "A".repeat(20 << 20);
    JsonNode answer =
        box.call(
            "/hw_drivers/action",
            "{\"params\":{\"session_id\":\"s\",\"device_identifier\":\"printer1\",\"data\":"
                + "{\"document\":\""
                + document
                + "\"}}}");
    assertTrue(answer.get("result").asBoolean());
  }

  @Test
  void oneConnectionServesManyRequests() throws Exception {
    String request =
        "POST /hw_proxy/handshake HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 2\r\n";
    String both = box.exchange(request + "\r\n{}" + request + "Connection: close\r\n\r\n{}");
    assertEquals(2, both.split("\"result\":true", -1).length - 1, both);
  }
}
