package iotbox.stock.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.stock.serial.SerialSettings.Parity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SerialSettingsTest {
  @Test
  void theUsualSettingsNeedOnlyTheSpeed() {
    assertEquals(SerialSettings.of(9600, 8, Parity.NONE, 1), SerialSettings.of(9600));
  }

  @Test
  void impossibleSettingsAreNamed() {
    refused("baudRate must be positive, and is 0", () -> SerialSettings.of(0));
    refused("dataBits must be 5 to 8, and is 9", () -> SerialSettings.of(1, 9, Parity.NONE, 1));
    refused("parity is missing", () -> SerialSettings.of(1, 8, null, 1));
    refused("stopBits must be 1 or 2, and is 3", () -> SerialSettings.of(1, 8, Parity.NONE, 3));
    refused(
        "answerTimeout must be positive, and is PT0S",
        () -> SerialSettings.of(1).withTimeouts(Duration.ZERO, Duration.ofSeconds(1)));
    refused(
        "probeTimeout must be positive, and is null",
        () -> SerialSettings.of(1).withTimeouts(Duration.ofSeconds(1), null));
  }

  private static void refused(String sentence, Runnable settings) {
    String message = assertThrows(IllegalArgumentException.class, settings::run).getMessage();
    assertTrue(message.startsWith(sentence), message);
  }
}
