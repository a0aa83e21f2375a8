package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostCheckTest {
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
  void aForeignNameIsRefusedWhateverIsAskedFor() throws Exception {
    for (String request :
        List.of(
            "GET / HTTP/1.1",
            "GET /homepage/app.js HTTP/1.1",
            "GET /api/status HTTP/1.1",
            "GET /api/events HTTP/1.1",
            "GET /hw_proxy/hello HTTP/1.1",
            "GET /hw_proxy/hello HTTP/1.0",
            "POST /hw_drivers/action HTTP/1.1",
            "OPTIONS /hw_drivers/action HTTP/1.1",
            "DELETE /api/pairing HTTP/1.1",
            "DELETE /api/status HTTP/1.1",
            "GET /nothing/here HTTP/1.1")) {
      String answer = ask(request, "evil.example:" + box.port());
      assertTrue(answer.startsWith("HTTP/1.1 421 "), request + "\n" + answer);
      assertTrue(
          answer.endsWith(
              "This box is not called evil.example. Open it by its IP address; if the name is"
                  + " right, start the box with --allow-host evil.example.\n"),
          answer);
      assertTrue(!answer.contains("Access-Control-"), answer);
    }
    assertEquals(List.of(), box.odoo.told);
  }

  @Test
  void whatCannotBeANameIsNotRepeated() throws Exception {
    String answer = ask("GET / HTTP/1.1", "<script>");
    assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
    assertTrue(!answer.contains("<script>"), answer);
  }

  @Test
  void itsOwnNamesAreRight() throws Exception {
    for (String host :
        List.of("127.0.0.1", "[::1]:99", "Box.local:8069", "a.shop.example", "TILL.")) {
      String answer = ask("GET /hw_proxy/hello HTTP/1.1", host);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), host + "\n" + answer);
    }
  }

  @Test
  void aProgramThatSaysNoNamePasses() throws Exception {
    String answer = box.exchange("GET /hw_proxy/hello HTTP/1.0\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
  }

  private String ask(String request, String host) throws Exception {
    return box.exchange(
        request + "\r\nHost: " + host + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }
}
