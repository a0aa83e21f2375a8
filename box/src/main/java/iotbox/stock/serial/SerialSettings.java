package iotbox.stock.serial;

import java.time.Duration;

/**
 * How to talk on a serial line.
 *
 * @param baudRate bits a second
 * @param dataBits 5 to 8; with 7 or fewer the higher bits of what arrives are dropped, since they
 *     are parity where a converter passes them on
 * @param stopBits 1 or 2
 * @param answerTimeout how long a device may take for an answer; the answer's end ends the wait
 * @param probeTimeout how long it may take in all to find out whether this is the right device
 */
public record SerialSettings(
    int baudRate,
    int dataBits,
    Parity parity,
    int stopBits,
    Duration answerTimeout,
    Duration probeTimeout) {
  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final Duration PROBE = Duration.ofMillis(500);

  /** The parity bit that is sent after the data bits. */
  public enum Parity {
    NONE,
    ODD,
    EVEN,
    MARK,
    SPACE
  }

  public SerialSettings {
    require(baudRate > 0, "baudRate must be positive, and is " + baudRate);
    require(dataBits >= 5 && dataBits <= 8, "dataBits must be 5 to 8, and is " + dataBits);
    require(parity != null, "parity is missing; Parity.NONE says that there is none");
    require(stopBits == 1 || stopBits == 2, "stopBits must be 1 or 2, and is " + stopBits);
    requirePositive(answerTimeout, "answerTimeout");
    requirePositive(probeTimeout, "probeTimeout");
  }

  /** 8 data bits, no parity, 1 stop bit, and a second for an answer: what most devices use. */
  public static SerialSettings of(int baudRate) {
    return of(baudRate, 8, Parity.NONE, 1);
  }

  /** These settings with a second for an answer and half a second for a probe. */
  public static SerialSettings of(int baudRate, int dataBits, Parity parity, int stopBits) {
    return new SerialSettings(baudRate, dataBits, parity, stopBits, ANSWER, PROBE);
  }

  /** The same line with other patience. */
  public SerialSettings withTimeouts(Duration answer, Duration probe) {
    return new SerialSettings(baudRate, dataBits, parity, stopBits, answer, probe);
  }

  private static void requirePositive(Duration duration, String name) {
    require(
        duration != null && !duration.isNegative() && !duration.isZero(),
        name + " must be positive, and is " + duration);
  }

  private static void require(boolean right, String sentence) {
    if (!right) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
