package iotbox.box.log;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * A record of the log as text in which nobody else can have a line of his own: what comes from
 * browsers, devices and servers gets into messages, and a line break in it must not begin what
 * looks like another record, nor an escape sequence reach a terminal. So each further line is
 * indented, and other control characters are told by their numbers.
 */
final class RecordLayout extends PatternLayout {

  @Override
  public String doLayout(ILoggingEvent event) {
    return safe(super.doLayout(event));
  }

  static String safe(String record) {
    int at = firstToChange(record);
    if (at == record.length()) {
      return record;
    }
    StringBuilder safe = new StringBuilder(record.length() + 100).append(record, 0, at);
    for (; at < record.length(); at++) {
      char c = record.charAt(at);
      boolean last = at == record.length() - 1;
      if (c == '\n') {
        safe.append(last || record.charAt(at + 1) == '\t' ? "\n" : "\n\t");
      } else if (isControl(c) && !(c == '\r' && !last && record.charAt(at + 1) == '\n')) {
        safe.append(String.format("\\u%04x", (int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  private static int firstToChange(String record) {
    for (int i = 0; i < record.length() - 1; i++) {
      if (record.charAt(i) == '\n' || isControl(record.charAt(i))) {
        return i;
      }
    }
    return record.length();
  }

  /** Those that move the cursor, change a terminal or turn the direction of what follows. */
  private static boolean isControl(char c) {
    return c < ' ' && c != '\t' && c != '\n'
        || c >= 0x7f && c < 0xa0
        || c == 0x2028
        || c == 0x2029
        || c >= 0x202a && c <= 0x202e
        || c >= 0x2066 && c <= 0x2069;
  }
}
