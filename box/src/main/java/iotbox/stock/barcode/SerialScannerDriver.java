package iotbox.stock.barcode;

import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.handler.Match;
import iotbox.handler.Matches;
import iotbox.handler.Parameter;
import iotbox.stock.barcode.Barcode.TooLongException;
import iotbox.stock.serial.SerialDriver;
import iotbox.stock.serial.SerialSettings;
import iotbox.stock.setting.Settings;
import iotbox.stock.wire.PortAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A barcode scanner at a serial port, or one that a USB cable makes look so: it sends each barcode
 * by itself and ends it with CR, LF or both, or else with silence. 9600 baud, 8 data bits, no
 * parity, as most are delivered, unless a person says otherwise, which is kept in the {@code
 * settings} of its device ({@link Settings}); at the USB that makes no difference.
 *
 * <p>It cannot be recognised by asking, since scanners do not answer. So this driver takes ports of
 * makers of nothing else and those that call themselves scanners; others are given to it by a
 * person, who chooses it for the port. The makers: Hand Held Products, Symbol (Zebra), PSC
 * (Datalogic), Opticon, Denso Wave, Metrologic (Honeywell), Newland, as the list of the Linux USB
 * project has them.
 */
@Matches(
    value = {
      @Match(vendor = 0x0536),
      @Match(vendor = 0x05e0),
      @Match(vendor = 0x05f9),
      @Match(vendor = 0x065a),
      @Match(vendor = 0x076d),
      @Match(vendor = 0x0c2e),
      @Match(vendor = 0x1eab),
      @Match(name = "(?i)bar ?code|scanner")
    },
    only = true)
public class SerialScannerDriver extends SerialDriver {
  private static final Logger LOG = LoggerFactory.getLogger(SerialScannerDriver.class);

  /** Around a barcode, or noise of the line; the dividers of its fields are others. */
  private static final Pattern FRAME =
      Pattern.compile("[\\x00-\\x03\\x05-\\x08\\x0b\\x0c\\x0e-\\x1b\\x7f]");

  private final Settings settings;
  private final Barcode barcode = new Barcode();

  /** For the box. */
  public SerialScannerDriver(String identifier, Device device) {
    super(identifier, device, kept(identifier, device));
    settings = settings(device);
    deviceType("scanner");
    String product = device.getString("product");
    deviceName(product == null ? "Barcode scanner" : product);
    String maker = device.getString("manufacturer");
    deviceManufacturer(maker == null ? "" : maker);
  }

  /** All that it is asked about: its matches say which those are, and nothing is opened. */
  public static boolean supported(Device device) {
    return true;
  }

  private static Settings settings(Device device) {
    return device.get("settings") instanceof Settings kept ? kept : Settings.passing();
  }

  private static SerialSettings kept(String identifier, Device device) {
    try {
      return ScannerLine.of(settings(device).of(identifier)).settings();
    } catch (IllegalArgumentException e) {
      LOG.warn("{}: {}; so it counts as {}", identifier, e.getMessage(), ScannerLine.DELIVERED);
      return ScannerLine.DELIVERED.settings();
    }
  }

  /**
   * Says how the scanner is set to send; kept. Waits half a second at the longest.
   *
   * @return how it is listened to now
   * @throws IllegalArgumentException if something of it cannot be; then nothing changes
   * @throws IOException if it cannot be kept; then nothing changes
   */
  @Action("update_line")
  @Parameter(
      name = ScannerLine.BAUD_RATE,
      type = "integer",
      choices = {"1200", "2400", "4800", "9600", "19200", "38400", "57600", "115200"},
      required = true,
      description = "bits a second, as the scanner is set; 9600 when it was delivered")
  @Parameter(
      name = ScannerLine.DATA_BITS,
      type = "integer",
      choices = {"8", "7"},
      description = "8 if not said; mostly 7 where there is a parity")
  @Parameter(
      name = ScannerLine.PARITY,
      choices = {"none", "even", "odd"},
      description = "none if not said")
  public String updateLine(ActionData action) throws IOException, InterruptedException {
    if (PortAddress.isMeant(identifier())
        && PortAddress.of(identifier()).kind() == PortAddress.Kind.TCP) {
      throw new IllegalStateException(
          identifier() + " carries bytes and nothing else; set this at the serial server");
    }
    ScannerLine line = ScannerLine.of(action.asMap());
    Map<String, Object> kept = settings.of(identifier());
    kept.putAll(line.words());
    settings.keep(identifier(), kept);
    changeSettings(line.settings());
    log().info("{} is listened to with {} now", identifier(), line);
    return line.toString();
  }

  @Override
  public void takeMeasure() throws IOException, InterruptedException {
    byte[] received = receive(Barcode.SILENCE);
    if (received.length == 0) {
      scanned(barcode.silence());
    }
    for (byte each : received) {
      take(each & 0xff);
    }
  }

  /** The next barcode is awaited at once. */
  @Override
  public Duration newMeasureDelay() {
    return Duration.ZERO;
  }

  private void take(int value) {
    try {
      scanned(barcode.type(String.valueOf((char) value), 0));
    } catch (TooLongException e) {
      log().warn("{}: {}", identifier(), e.getMessage());
    }
  }

  /**
   * @param bytes each of which is a character, or {@code null}
   */
  private void scanned(String bytes) {
    String text = bytes == null ? "" : FRAME.matcher(decoded(bytes)).replaceAll("");
    if (!text.isEmpty()) {
      synchronized (data()) {
        publish(text);
        // No event that follows, of the line for instance, is to look like another scan.
        data().put("value", "");
        data().put("result", "");
      }
    }
  }

  /** Scanners send what the symbol holds: UTF-8, or the Latin-1 that symbols have by default. */
  private static String decoded(String latin) {
    byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return latin;
    }
  }
}
