package iotbox.stock.serial;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answers of the Mettler-Toledo 8217 protocol. */
final class Toledo8217 {
  private static final Pattern WEIGHT =
      Pattern.compile("\\x02\\s*(\\d+(?:\\.\\d*)?|\\.\\d+)N?\\r", Pattern.DOTALL);
  private static final Pattern STATUS = Pattern.compile("\\x02\\s*\\?(.)\\r", Pattern.DOTALL);

  private static final int OVER_CAPACITY = 1 << 1;
  private static final int BAD_COMMAND = 1 << 6;

  /** Meanings of the low bits of a status byte, in their order; 4 and 5 only inform. */
  private static final List<String> NOTES =
      List.of(
          "Scale in motion",
          "Over capacity",
          "Under zero",
          "Outside zero capture range",
          "Center of zero",
          "Net weight");

  private Toledo8217() {}

  /**
   * Reads the answer to a weight request, a carriage return at its end.
   *
   * @throws AnswerException if it is neither a weight nor a status
   */
  static WeightReading weight(byte[] answer) throws AnswerException {
    String text = new String(answer, StandardCharsets.ISO_8859_1);
    Matcher weight = WEIGHT.matcher(text);
    if (weight.find()) {
      return WeightReading.of(Double.parseDouble(weight.group(1)));
    }
    Matcher status = STATUS.matcher(text);
    if (status.find()) {
      return status(status.group(1).charAt(0));
    }
    throw new AnswerException(
        "The scale's answer \""
            + Bytes.readable(answer)
            + "\" is neither a weight nor a status; is it set to the 8217 protocol, 9600 baud,"
            + " 7 data bits, even parity?");
  }

  private static WeightReading status(int bits) {
    if ((bits & OVER_CAPACITY) != 0) {
      return WeightReading.faulty("Over capacity: take load off the scale");
    }
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < NOTES.size(); i++) {
      if ((bits & 1 << i) != 0) {
        notes.add(NOTES.get(i));
      }
    }
    // Many scales set this bit in every status byte, to keep it printable.
    if (notes.isEmpty() && (bits & BAD_COMMAND) != 0) {
      return WeightReading.faulty("The scale refused the weight request: set it to protocol 8217");
    }
    return WeightReading.unsettled(
        notes.isEmpty() ? "Scale gives no weight" : String.join(", ", notes));
  }
}
