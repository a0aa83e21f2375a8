package iotbox.box.http.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
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
