package iotbox.loader.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  /** Made by {@code openssl genpkey -algorithm ed25519}, with its public half. */
  private static final String PRIVATE_PEM =
      "-----BEGIN PRIVATE KEY-----\n"
          + "MC4CAQAwBQYDK2VwBCIEIEkNSru3ZUVqRZwBlvIiWN+1t3jEuYiHUgF9e8n5S1jf\n"
          + "-----END PRIVATE KEY-----\n";

  private static final String PUBLIC_PEM =
      "-----BEGIN PUBLIC KEY-----\n"
          + "MCowBQYDK2VwAyEA5qLZPR3l4OV1dGBV9qTK9fHvcFcg/8njeOGd2Pxb7SI=\n"
          + "-----END PUBLIC KEY-----\n";

  private static final String PUBLIC_TEXT = "5qLZPR3l4OV1dGBV9qTK9fHvcFcg/8njeOGd2Pxb7SI=";

  @Test
  void readsTheKeysOfOpenssl() throws Exception {
    SigningKey key = SigningKey.parse(PRIVATE_PEM);
    assertEquals(PUBLIC_TEXT, key.publicKey().toString());
    assertEquals(key.publicKey(), VerifyingKey.parse(PUBLIC_PEM));
    assertEquals(key.publicKey(), VerifyingKey.parse("  " + PUBLIC_TEXT + "\n"));
    assertEquals(key.publicKey(), VerifyingKey.parse(PUBLIC_PEM.replace("\n", "\r\n")));
    assertTrue(key.publicKey().id().matches("[0-9a-f]{16}"));
  }

  @Test
  void aKeyThatWasWrittenIsTheSameWhenRead() throws Exception {
    SigningKey key = SigningKey.generate();
    SigningKey again = SigningKey.parse(key.pem());
    assertEquals(key.publicKey(), again.publicKey());
    assertEquals(key.publicKey().hashCode(), again.publicKey().hashCode());
    ByteBuffer content = ByteBuffer.wrap("content".getBytes(StandardCharsets.UTF_8));
    assertTrue(key.publicKey().hasSigned(content, again.sign(content.array())));
    assertTrue(VerifyingKey.isText(key.publicKey().toString()));
  }

  @Test
  void newKeysDiffer() {
    SigningKey one = SigningKey.generate();
    SigningKey other = SigningKey.generate();
    assertNotEquals(one.publicKey(), other.publicKey());
    assertNotEquals(one.publicKey().id(), other.publicKey().id());
    byte[] content = {1, 2, 3};
    assertFalse(other.publicKey().hasSigned(ByteBuffer.wrap(content), one.sign(content)));
    assertFalse(one.publicKey().hasSigned(ByteBuffer.wrap(content), new byte[0]));
    assertFalse(one.publicKey().hasSigned(ByteBuffer.wrap(content), new byte[64]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "key",
        "AAAA",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nnot base64!\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n=A==\n-----END PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        // One of X25519, which is for something else.
        "-----BEGIN PUBLIC KEY-----\n"
            + "MCowBQYDK2VuAyEAXRgGAM+nIvnMWvWkRW/DRfYlQCf8BNlsWu/91jm+LxI=\n"
            + "-----END PUBLIC KEY-----"
      })
  void refusesWhatIsNoPublicKeyOfItsKind(String text) {
    String message =
        assertThrows(BadKeyException.class, () -> VerifyingKey.parse(text)).getMessage();
    assertTrue(message.startsWith("This is "), message);
    assertTrue(message.contains("-----BEGIN PUBLIC KEY-----"), message);
  }

  @Test
  void refusesBytesThatAreNoPointOfTheCurve() {
    int refused = 0;
    for (int i = 0; i < 20; i++) {
      byte[] bytes = new byte[32];
      bytes[0] = (byte) i;
      bytes[7] = 99;
      String text = Base64.getEncoder().encodeToString(bytes);
      try {
        VerifyingKey.parse(text);
      } catch (BadKeyException e) {
        refused++;
      }
    }
    assertTrue(refused > 0 && refused < 20, "about half of all bytes: " + refused);
  }

  @Test
  void aPrivateKeyInThePlaceOfAPublicOneIsNamedAndNotRepeated() {
    String message =
        assertThrows(BadKeyException.class, () -> VerifyingKey.parse(PRIVATE_PEM)).getMessage();
    assertTrue(message.startsWith("This is a private key"), message);
    assertFalse(message.contains(PRIVATE_PEM.substring(30, 60)), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "key",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----",
        // One of elliptic curves of another kind.
        "-----BEGIN PRIVATE KEY-----\n"
            + "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg9+2Bx1tX0xyGvD9o\n"
            + "AVPEweez0la43bn9mk7+OqLFeDShRANCAARWyQRgRDZ0Z4RiLZ3DAj11dZeuHXah\n"
            + "W6ZwVXKzrjuvrOXjk5G91z4vE6WL6vcJFzXFzb13B3TQBqjMg0rnybHZ\n"
            + "-----END PRIVATE KEY-----"
      })
  void refusesWhatIsNoPrivateKeyOfItsKind(String text) {
    String message = assertThrows(BadKeyException.class, () -> SigningKey.parse(text)).getMessage();
    assertTrue(message.contains("openssl "), message);
  }
}
