package iotbox.box.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.thread.BoxThreads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DemoInstrumentsTest {
  private BoxThreads threads;
  private DemoInstruments instruments;

  @BeforeEach
  void start() throws Exception {
    threads = new BoxThreads();
    instruments = new DemoInstruments(threads.work());
  }

  @AfterEach
  void stop() {
    instruments.close();
    threads.close();
  }

  @Test
  void eachTellsItsMakerModelAndSerialNumber() throws Exception {
    assertEquals(3, instruments.addresses().size());
    for (InetSocketAddress address : instruments.addresses()) {
      try (Conversation conversation = new Conversation(address)) {
        assertTrue(
            conversation.ask("*IDN?").matches("Benchworks,(Counter Scale|Caliper|Thermometer) .*"));
      }
    }
  }

  @Test
  void severalCanTalkToOneAtATime() throws Exception {
    InetSocketAddress scale = instruments.addresses().get(0);
    try (Conversation first = new Conversation(scale);
        Conversation second = new Conversation(scale)) {
      assertEquals("OK", first.ask("CLEAR"));
      assertTrue(second.ask("WEIGHT?").endsWith(" kg"));
      assertEquals("ERR unknown command HELLO", first.ask("HELLO"));
      assertEquals("ERR unknown command ", first.ask(""));
    }
  }

  @Test
  void aLineWithoutEndIsHungUpOn() throws Exception {
    try (Conversation conversation = new Conversation(instruments.addresses().get(0))) {
      assertNull(conversation.ask("x".repeat(10_000)));
    } catch (IOException e) {
      // Hung up while the line was still coming.
    }
  }

  @Test
  void thePropertyNamesThemAsTheBenchWantsIt() {
    String[] addresses = instruments.property().split(",");
    assertEquals(3, addresses.length);
    assertEquals("127.0.0.1:" + instruments.addresses().get(0).getPort(), addresses[0]);
    assertNotEquals(addresses[0], addresses[1]);
  }

  @Test
  void closingHangsUp() throws Exception {
    InetSocketAddress scale = instruments.addresses().get(0);
    try (Conversation conversation = new Conversation(scale)) {
      assertEquals("OK", conversation.ask("CLEAR"));
      instruments.close();
      await().until(() -> isHungUp(conversation));
      await().until(() -> !answers(scale));
    }
  }

  private static boolean isHungUp(Conversation conversation) {
    try {
      return conversation.ask("CLEAR") == null;
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean answers(InetSocketAddress address) {
    try (Conversation conversation = new Conversation(address)) {
      return conversation.ask("CLEAR") != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static final class Conversation implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader in;

    Conversation(InetSocketAddress address) throws IOException {
      socket.connect(address);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    String ask(String line) throws IOException {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      return in.readLine();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
