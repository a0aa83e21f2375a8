package iotbox.box.http.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.AbstractMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedMessageTest {
  private static final String ACTION = "/iot_drivers/action";
  private static final SecretKeySpec KEY = key("a-t0ken-of-Ödoo");

  @ParameterizedTest
  @ValueSource(ints = {-7, -6, -5, -4, -1, 0, 1, 4, 5, 6, 7})
  void theClocksMayDifferByFiveSecondsAndNotBySix(int seconds) throws GeneralSecurityException {
    long now = 1_800_000_000;
    SignedMessage message = SignedMessage.of(ACTION, null, new Params(Map.of()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(KEY);
    String signed = (now + seconds) + "|" + ACTION + "|{}|{}";
    String signature =
        HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    assertEquals(Math.abs(seconds) <= 5, message.isSignedBy(signature, KEY, now));
    assertFalse(message.isSignedBy(signature, key("other"), now));
  }

  /**
   * Megabytes that nobody has signed must not cost many times what they cost if they are signed.
   */
  @Test
  void theParametersAreWrittenTwiceAtTheMost() {
    AtomicInteger looks = new AtomicInteger();
    Map<String, Object> counting =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, Object>> entrySet() {
            looks.incrementAndGet();
            return Map.<String, Object>of("receipt", "x".repeat(20_000)).entrySet();
          }
        };
    SignedMessage message = SignedMessage.of(ACTION, null, new Params(counting));
    assertFalse(message.isSignedBy("0".repeat(64), KEY, 1_800_000_000));
    assertEquals(2, looks.get());
  }

  @Test
  void takesTheQueryApartAsPythonDoes() {
    assertEquals(Map.of(), SignedMessage.query(null));
    assertEquals(Map.of(), SignedMessage.query(""));
    assertEquals(
        Map.of("a", "", "b", "1=2", "é", "%zz"), SignedMessage.query("a&b=1=2&%C3%A9=%zz&"));
  }

  private static SecretKeySpec key(String token) {
    return new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }
}
