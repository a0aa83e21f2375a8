package iotbox.box.simulation;

/**
 * Something that went over a simulated line.
 *
 * @param text one character for each byte
 */
public record Talk(Kind kind, String text) {
  /** Who said it. */
  public enum Kind {
    /** The driver; the script expects it. */
    EXPECTED,
    /** The driver; the script does not expect it. */
    UNEXPECTED,
    /** The device. */
    SAID
  }

  /** The text as a script would have it, without the quotation marks. */
  public String readable() {
    StringBuilder readable = new StringBuilder();
    text.chars().forEach(each -> append(readable, (char) each));
    return readable.toString();
  }

  private static void append(StringBuilder readable, char each) {
    switch (each) {
      case '\r' -> readable.append("\\r");
      case '\n' -> readable.append("\\n");
      case '\t' -> readable.append("\\t");
      case '\\' -> readable.append("\\\\");
      case '"' -> readable.append("\\\"");
      case '{' -> readable.append("\\{");
      default -> {
        if (each >= ' ' && each < 0x7F) {
          readable.append(each);
        } else {
          readable.append(String.format("\\x%02X", (int) each));
        }
      }
    }
  }
}
