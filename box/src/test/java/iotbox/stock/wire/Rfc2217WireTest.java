package iotbox.stock.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes over the wire, byte for byte, with servers that are not as ser2net is. */
@Timeout(30)
class Rfc2217WireTest {
  private static final PortParameters CALIPER = new PortParameters(4800, 7, 3, 2);
  private static final String OFFERS = "fffb00 fffd00 fffb03 fffd03 fffb2c";
  private static final String SETTINGS =
      "fffa2c01000012c0fff0 fffa2c0207fff0 fffa2c0303fff0 fffa2c0402fff0";
  private static final String DONE =
      "fffa2c65000012c0fff0 fffa2c6607fff0 fffa2c6703fff0 fffa2c6802fff0";

  private ServerSocket server;
  private Socket peer;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void end() throws IOException {
    if (peer != null) {
      peer.close();
    }
    server.close();
  }

  @Test
  void thePortIsSetAndBytesAreEscaped() throws Exception {
    CompletableFuture<Wire> opening = open();
    expect(OFFERS);
    send("fffd2c fffd00 fffb00 fffd03 fffb03");
    expect(SETTINGS);
    send(DONE);
    try (Wire wire = opening.get()) {
      wire.write(new byte[] {'?', '\r', (byte) 0xff});
      expect("3f0dffff");
      send("2b31ffff0d");
      assertArrayEquals(bytes("2b31ff0d"), read(wire, 4));
      wire.discardInput();
      expect("fffa2c0c01fff0");
    }
  }

  @Test
  void offersOfOthersAreDeclinedOnceAndAgreementsNotAnswered() throws Exception {
    CompletableFuture<Wire> opening = open();
    expect(OFFERS);
    send("fffb01 fffd18 fffb00 fffd2c"); // It echoes; it asks for the terminal's type.
    expect("fffe01 fffc18" + SETTINGS);
    send(DONE);
    opening.get().close();
  }

  @Test
  void aServerThatRefusesIsUsedAsItIsAndWithoutBinaryAReturnHasANull() throws Exception {
    CompletableFuture<Wire> opening = open();
    expect(OFFERS);
    send("fffe2c fffe00 fffc00");
    expect("fffc2c fffc00 fffe00");
    try (Wire wire = opening.get()) {
      wire.write(new byte[] {'W', '\r'});
      expect("570d00");
      send("320d0033");
      assertArrayEquals(bytes("320d33"), read(wire, 3));
    }
  }

  @Test
  void aServerThatSaysNothingIsUsedAsItIs() throws Exception {
    CompletableFuture<Wire> opening = open();
    expect(OFFERS);
    try (Wire wire = opening.get()) {
      send("41");
      assertArrayEquals(bytes("41"), read(wire, 1));
    }
  }

  @Test
  void nothingIsSentWhileTheServerSaysSo() throws Exception {
    CompletableFuture<Wire> opening = open();
    expect(OFFERS);
    send("fffd2c" + DONE + "fffa2c6cfff0"); // 108: suspend.
    expect(SETTINGS);
    try (Wire wire = opening.get()) {
      assertThrows(IOException.class, () -> wire.write(new byte[] {'W'}));
      send("fffa2c6dfff0"); // 109: resume.
      wire.write(new byte[] {'W'});
      expect("57");
    }
  }

  @Test
  void aClosedConnectionIsSaid() throws Exception {
    CompletableFuture<Wire> opening = open();
    expect(OFFERS);
    send("fffd2c" + DONE);
    expect(SETTINGS);
    try (Wire wire = opening.get()) {
      peer.close();
      IOException e = assertThrows(IOException.class, () -> read(wire, 1));
      assertEquals(
          path() + " has closed the connection: somebody else may use the port", e.getMessage());
      assertThrows(IOException.class, wire::check);
    }
  }

  private CompletableFuture<Wire> open() throws Exception {
    CompletableFuture<Wire> opening =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return NetworkWires.open(path(), CALIPER);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    peer = server.accept();
    peer.setSoTimeout(10_000);
    return opening;
  }

  private String path() {
    return "rfc2217://127.0.0.1:" + server.getLocalPort();
  }

  private void expect(String hex) throws IOException {
    byte[] expected = bytes(hex);
    byte[] heard = peer.getInputStream().readNBytes(expected.length);
    assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(heard));
  }

  private void send(String hex) throws IOException {
    peer.getOutputStream().write(bytes(hex));
  }

  private static byte[] read(Wire wire, int count) throws IOException {
    byte[] all = new byte[0];
    while (all.length < count) {
      byte[] some = new byte[count];
      int came = wire.read(some);
      all = Arrays.copyOf(all, all.length + came);
      System.arraycopy(some, 0, all, all.length - came, came);
    }
    return all;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
