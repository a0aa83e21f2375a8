package iotbox.stock.serial;

import iotbox.handler.Device;
import iotbox.handler.Match;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Scales that speak the Mettler-Toledo 8217 protocol, such as the Ariva-S and the Viva: {@code W}
 * asks for the weight, the answer ends with a carriage return.
 */
@Match(vendor = 0x0eb8, product = 0x2200) // The Ariva at USB, which is a serial port as well.
@Match(name = "(?i)\\bariva\\b")
public class Toledo8217Driver extends ScaleDriver {
  private static final SerialSettings SETTINGS =
      SerialSettings.of(9600, 7, SerialSettings.Parity.EVEN, 1);
  private static final byte[] WEIGHT_REQUEST = {'W'};
  private static final int END = '\r';
  private static final String ECHO = "\u0002E\rhello";
  private static final Duration GOODBYE = Duration.ofMillis(100);

  /** How long the line rests between an answer and the next request. */
  private static final Duration REST = Duration.ofMillis(120);

  /** The constructor that the box calls. */
  public Toledo8217Driver(String identifier, Device device) {
    super(identifier, device, SETTINGS);
    deviceManufacturer("Mettler-Toledo");
    deviceName("Toledo 8217 serial scale");
  }

  /**
   * Asks the scale to repeat what it hears ({@code E}), says hello, and ends that again ({@code
   * F}). Blocks for half a second if nobody answers.
   */
  public static boolean supported(Device device) {
    return probe(device, SETTINGS, Toledo8217Driver::repeatsHello);
  }

  @Override
  public WeightReading readWeight() throws IOException, InterruptedException {
    return Toledo8217.weight(ask(WEIGHT_REQUEST, END));
  }

  @Override
  public Duration newMeasureDelay() {
    return REST;
  }

  private static boolean repeatsHello(SerialConnection scale)
      throws IOException, InterruptedException {
    scale.discardInput();
    scale.write("Ehello");
    byte[] answer = scale.read(ECHO.length(), SETTINGS.probeTimeout());
    if (!ECHO.equals(new String(answer, StandardCharsets.ISO_8859_1))) {
      return false;
    }
    scale.write("F");
    try {
      // Some scales confirm; what is not read here would look like the first weight's answer.
      scale.readUntil(END, GOODBYE);
    } catch (AnswerException e) {
      // This one does not.
    }
    return true;
  }
}
