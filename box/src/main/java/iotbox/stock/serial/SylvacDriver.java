package iotbox.stock.serial;

import iotbox.handler.Action;
import iotbox.handler.Device;
import iotbox.handler.Match;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calipers and gauges with Sylvac's serial protocol, at 4800 baud, 7 data bits, even parity, 2 stop
 * bits: {@code ?} asks for what is displayed, the answer is a sign, digits, a point, digits and a
 * carriage return; the data button sends the same unasked. {@code UNI?} asks for the unit.
 *
 * <p>Actions: {@code read_once}, {@code start_reading}, {@code stop_reading}. It reads from the
 * start, as Odoo's work orders wait for values without asking. What the data button sends is
 * published whether or not it is new.
 */
@Match(name = "(?i)\\bsylvac\\b")
public class SylvacDriver extends SerialDriver {
  private static final SerialSettings SETTINGS =
      SerialSettings.of(4800, 7, SerialSettings.Parity.EVEN, 2)
          .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(900));
  private static final byte[] VALUE_REQUEST = {'?', '\r'};
  private static final byte[] UNIT_REQUEST = {'U', 'N', 'I', '?', '\r'};
  private static final int END = '\r';

  /** Between two requests, and for the data button in it. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final Duration UNIT_PAUSE = Duration.ofSeconds(2);

  /** Whoever talks in this time without being asked is no caliper. */
  private static final Duration QUIET = Duration.ofMillis(150);

  private static final Duration FIRST_ANSWER = Duration.ofMillis(600);

  /** With a mark for the tolerance where that is switched on; a plus may be a space. */
  private static final Pattern VALUE = Pattern.compile("([+-]?\\d{1,7}(?:\\.\\d{0,7})?)\\s*[<=>]?");

  private static final Pattern SURE = Pattern.compile("\\s*[+ -]\\d{1,7}\\.\\d{1,7}\\s*[<=>]?\\s*");
  private static final Pattern ERROR = Pattern.compile("ERR\\s*(\\d)");

  private volatile boolean reading = true;

  /** What was published last, guarded by data(); {@code null} if it has to be told again. */
  private Double shown;

  /** When the unit is asked for next; {@code null} if the instrument does not know the question. */
  private Long unitDue = System.nanoTime();

  /** The constructor that the box calls. */
  public SylvacDriver(String identifier, Device device) {
    super(identifier, device, SETTINGS);
    deviceType("device");
    deviceManufacturer("Sylvac");
    deviceName("Sylvac serial caliper");
  }

  /** Listens whether it is quiet, then asks for the value. Blocks for 0.75 s if nobody answers. */
  public static boolean supported(Device device) {
    return probe(device, SETTINGS, SylvacDriver::tellsItsValue);
  }

  private static boolean tellsItsValue(SerialConnection caliper)
      throws IOException, InterruptedException {
    try {
      caliper.read(1, QUIET);
      return false;
    } catch (AnswerException e) {
      // Quiet, as it should be.
    }
    caliper.write(VALUE_REQUEST);
    String answer = text(caliper.readUntil(END, FIRST_ANSWER));
    if (isEcho(answer)) {
      answer = text(caliper.readUntil(END, FIRST_ANSWER));
    }
    return SURE.matcher(answer).matches();
  }

  @Override
  public void takeMeasure() throws IOException, InterruptedException {
    byte[] pressed = listen(END, PAUSE);
    if (pressed != null) {
      show(text(pressed), true);
    }
    if (reading) {
      askUnit();
      show(value(), false);
    }
  }

  /** None: {@link #takeMeasure} listens meanwhile. */
  @Override
  public Duration newMeasureDelay() {
    return Duration.ZERO;
  }

  /**
   * Asks for the value now and publishes it whether or not it is new.
   *
   * @return what is displayed, a {@code Double}
   * @throws IllegalStateException if the instrument has none; the message says why
   * @throws IOException if it does not answer or the port is lost
   */
  @Action("read_once")
  public Object readOnce() throws IOException, InterruptedException {
    String answer = value();
    show(answer, true);
    Matcher error = ERROR.matcher(answer.strip());
    if (error.matches()) {
      throw new IllegalStateException(deviceName() + ": " + meaning(error.group(1)));
    }
    return number(answer);
  }

  /** Values are published whenever they change, from now on. */
  @Action("start_reading")
  public void startReading() {
    reading = true;
  }

  /** It is not asked any more, except by {@code read_once}; the data button goes on to work. */
  @Action("stop_reading")
  public void stopReading() {
    reading = false;
  }

  private String value() throws IOException, InterruptedException {
    return answer(VALUE_REQUEST);
  }

  /** The answer, without the echo that some cables give. */
  private String answer(byte[] request) throws IOException, InterruptedException {
    String answer = text(request(request, END));
    if (isEcho(answer)) {
      byte[] next = listen(END, SETTINGS.answerTimeout());
      if (next == null) {
        throw new AnswerException(identifier() + " repeats what it is asked and does not answer");
      }
      return text(next);
    }
    return answer;
  }

  private static boolean isEcho(String answer) {
    return answer.strip().endsWith("?");
  }

  /** Now and then, as somebody may press the button for it. */
  private void askUnit() throws IOException, InterruptedException {
    if (unitDue == null || System.nanoTime() - unitDue < 0) {
      return;
    }
    unitDue = System.nanoTime() + UNIT_PAUSE.toNanos();
    String unit;
    try {
      unit = answer(UNIT_REQUEST).strip().toLowerCase(Locale.ROOT);
    } catch (AnswerException e) {
      return; // It will say no value either, and that is told.
    }
    if (unit.equals("mm") || unit.equals("in")) {
      synchronized (data()) {
        if (!unit.equals(data().put("unit", unit))) {
          shown = null; // The value is told again, with its unit.
        }
      }
    } else if (VALUE.matcher(unit).matches()) {
      show(unit, true); // The data button was quicker; the unit comes next.
      listen(END, PAUSE);
    } else {
      unitDue = null;
    }
  }

  private void show(String answer, boolean always) throws AnswerException {
    Matcher error = ERROR.matcher(answer.strip());
    synchronized (data()) {
      if (error.matches()) {
        if (always || shown != null) {
          publishFault(data().get("value"), meaning(error.group(1)));
        }
        shown = null;
        return;
      }
      Double value = number(answer);
      if (always || !value.equals(shown)) {
        shown = value;
        publish(value);
      }
    }
  }

  private Double number(String answer) throws AnswerException {
    Matcher value = VALUE.matcher(answer.strip());
    if (!value.matches()) {
      throw new AnswerException(
          "The answer \""
              + Bytes.readable(answer.getBytes(StandardCharsets.ISO_8859_1))
              + "\" is no value of a Sylvac instrument; is it set to 4800 baud, 7 data bits, even"
              + " parity, 2 stop bits?");
    }
    return Double.valueOf(value.group(1));
  }

  private static String meaning(String number) {
    return switch (number) {
      case "0" -> "The sensor failed: move the slide slowly, or set the instrument to zero anew";
      case "1" -> "The instrument does not know the request for its value";
      case "2" -> "The instrument understood nothing: check the cable";
      case "3" -> "The measuring range is exceeded";
      default -> "The instrument reports error " + number;
    };
  }

  private static String text(byte[] answer) {
    return new String(answer, StandardCharsets.ISO_8859_1);
  }
}
