package iotbox.stock.line;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that people type for bytes that cannot be typed: {@code \r \n \t \\} and {@code \x05}. */
final class Escapes {
  private static final Pattern ESCAPE =
      Pattern.compile("\\\\(?:([rnt\\\\])|x([0-9a-fA-F]{2})|(.?))", Pattern.DOTALL);

  private Escapes() {}

  /**
   * What is meant, one character for each byte.
   *
   * @throws IllegalArgumentException with a sentence for people
   */
  static String unescaped(String typed) {
    StringBuilder text = new StringBuilder();
    Matcher escape = ESCAPE.matcher(typed);
    int from = 0;
    while (escape.find()) {
      text.append(typed, from, escape.start());
      from = escape.end();
      if (escape.group(1) != null) {
        text.append("\r\n\t\\".charAt("rnt\\".indexOf(escape.group(1))));
      } else if (escape.group(2) != null) {
        text.append((char) Integer.parseInt(escape.group(2), 16));
      } else {
        throw new IllegalArgumentException(
            "After \\ there may be r, n, t, another \\, or x and two digits such as \\x05.");
      }
    }
    text.append(typed.substring(from));
    if (text.chars().anyMatch(each -> each > 0xff)) {
      throw new IllegalArgumentException(
          "Only characters of Latin 1 can be sent; write others as bytes, such as \\x80.");
    }
    return text.toString();
  }

  /** Bytes as people can read them, and as {@link #unescaped} takes them. */
  static String escaped(String text) {
    StringBuilder typed = new StringBuilder();
    for (char each : text.toCharArray()) {
      switch (each) {
        case '\r' -> typed.append("\\r");
        case '\n' -> typed.append("\\n");
        case '\t' -> typed.append("\\t");
        case '\\' -> typed.append("\\\\");
        default ->
            typed.append(
                each >= ' ' && each <= '~'
                    ? String.valueOf(each)
                    : "\\x%02x".formatted((int) each));
      }
    }
    return typed.toString();
  }
}
