package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.http.message.Answers;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoxServerTest {
  @Test
  void whyAPortCannotBeHadIsKnownBeforehand() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String why = BoxServer.refusal("127.0.0.1", taken.getLocalPort()).orElseThrow();
      assertTrue(why.contains(String.valueOf(taken.getLocalPort())), why);
      assertTrue(why.endsWith("."), why);
    }
    assertEquals(Optional.empty(), BoxServer.refusal("127.0.0.1", 0));
  }

  @Test
  void helloAnswersPingAsText() throws Exception {
    try (TestBox box = new TestBox()) {
      HttpResponse<String> response = box.get("/hw_proxy/hello");
      assertEquals(200, response.statusCode());
      assertEquals("ping", response.body());
      assertEquals("text/plain;charset=utf-8", response.headers().firstValue("Content-Type").get());
    }
  }

  @Test
  void pingAnswersPong() throws Exception {
    try (TestBox box = new TestBox()) {
      assertEquals(
          box.json("{\"status\":\"success\",\"message\":\"pong\"}"),
          box.json(box.get("/iot_drivers/ping").body()));
    }
  }

  @Test
  void aPortInUseIsRefusedInOneSentence() throws Exception {
    try (TestBox box = new TestBox()) {
      String sentence = refusal("127.0.0.1", box.port());
      assertEquals(
          "Port "
              + box.port()
              + " on 127.0.0.1 is in use by another program; end that program, or choose another"
              + " port with --port.",
          sentence);
      assertEquals("ping", box.get("/hw_proxy/hello").body());
    }
  }

  @Test
  void anAddressOfAnotherMachineIsRefused() throws Exception {
    assertEquals(
        "192.0.2.1 is not an address of this machine; give one that is with --bind.",
        refusal("192.0.2.1", 0));
  }

  @Test
  void anUnknownNameIsRefused() throws Exception {
    assertEquals(
        "The address no-such-host.invalid is not known; give one of this machine with --bind.",
        refusal("no-such-host.invalid", 0));
  }

  @Test
  void aPrivilegedPortIsExplained() {
    BindException failure = new BindException("Permission denied");
    assertEquals(
        "This user may not open port 80; choose one from 1024 on with --port, or give the program"
            + " the right to use it.",
        PortRefusedException.of("--port", "0.0.0.0", 80, failure).getMessage());
  }

  @Test
  void anUnforeseenReasonIsPassedOn() {
    assertEquals(
        "Cannot listen on 0.0.0.0 port 80: no sockets left",
        PortRefusedException.of("--port", "0.0.0.0", 80, new java.io.IOException("no sockets left"))
            .getMessage());
  }

  @Test
  void closingFreesThePort() throws Exception {
    TestBox box = new TestBox();
    int port = box.port();
    box.close();
    try (java.net.ServerSocket again = new java.net.ServerSocket()) {
      again.setReuseAddress(true);
      again.bind(new java.net.InetSocketAddress("127.0.0.1", port));
    }
  }

  @Test
  void unknownAddressesAndMethodsGetOneSentence() throws Exception {
    try (TestBox box = new TestBox()) {
      HttpResponse<String> unknown = box.get("/no/such/%3Cpage%3E");
      assertEquals(404, unknown.statusCode());
      assertEquals("There is nothing at this address.\n", unknown.body());
      assertEquals("text/plain;charset=utf-8", unknown.headers().firstValue("Content-Type").get());
      HttpResponse<String> method = box.send(box.request("/api/status").DELETE());
      assertEquals(405, method.statusCode());
      assertEquals("This address does not take that method.\n", method.body());
    }
  }

  @Test
  void aFaultOfTheBoxItselfTellsNothingOfItsInside() throws Exception {
    try (TestBox box = new TestBox()) {
      box.odoo.view = null;
      HttpResponse<String> response = box.get("/api/status");
      assertEquals(500, response.statusCode());
      assertEquals(Answers.FAULT + "\n", response.body());
      box.odoo.serie = "broken";
      assertEquals(
          Answers.FAULT,
          box.call(
                  "/iot_drivers/action",
                  "{\"params\":{\"session_id\":\"s\",\"device_identifier\":\"d\",\"data\":{}}}")
              .at("/error/data/message")
              .asText());
    }
  }

  @Test
  void whatIsNotHttpGetsOneSentence() throws Exception {
    try (TestBox box = new TestBox()) {
      for (String request :
          List.of(
              "NONSENSE\r\n\r\n",
              "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
              "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
              "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
              "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
        String answer = box.exchange(request);
        assertTrue(answer.matches("(?s)HTTP/1.1 4\\d\\d .*"), answer);
        assertTrue(answer.contains("text/plain"), answer);
        assertFalse(answer.contains("<"), answer);
        assertFalse(answer.contains("\tat "), answer);
        assertFalse(answer.contains("Jetty"), answer);
      }
    }
  }

  private static String refusal(String bind, int port) throws PortRefusedException {
    try (TestBox box = new TestBox()) {
      BoxServer refused = new BoxServer(box.parts());
      return assertThrows(PortRefusedException.class, () -> refused.start(bind, port)).getMessage();
    }
  }
}
