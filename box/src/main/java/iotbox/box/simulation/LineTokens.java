package iotbox.box.simulation;

import iotbox.box.simulation.LineScriptException.Fault;
import iotbox.box.simulation.Template.Literal;
import iotbox.box.simulation.Template.Piece;
import iotbox.box.simulation.Template.Variable;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads one line of a device script, from left to right. For one thread. */
final class LineTokens {
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "min", Duration.ofMinutes(1));
  private static final String ESCAPES = "Write \\r \\n \\t \\0 \\\\ \\\" \\{ or a byte as \\x1B";

  private final String file;
  private final int line;
  private final String text;
  private int next;

  /** The line is wrong; caught where lines are read. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    Wrong(Fault fault) {
      super(fault.message());
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }

  LineTokens(String file, int line, String text) {
    this.file = file;
    this.line = line;
    this.text = text;
    skipBlanks();
  }

  /** Where the next token begins, from 1. */
  int column() {
    return next + 1;
  }

  int line() {
    return line;
  }

  boolean atEnd() {
    return next == text.length() || text.charAt(next) == '#';
  }

  Wrong wrong(int column, String message) {
    return new Wrong(new Fault(file, line, column, message));
  }

  /** A word or a name; empty if something else stands there. */
  String word() {
    int begin = next;
    while (next < text.length() && isWord(text.charAt(next))) {
      next++;
    }
    String word = text.substring(begin, next);
    skipBlanks();
    return word;
  }

  /** Whether this word stands here; goes on behind it if so. */
  boolean word(String wanted) {
    int begin = next;
    if (word().equals(wanted)) {
      return true;
    }
    next = begin;
    return false;
  }

  /** Whether this character stands here; goes on behind it if so. */
  boolean mark(char wanted) {
    if (next < text.length() && text.charAt(next) == wanted) {
      next++;
      skipBlanks();
      return true;
    }
    return false;
  }

  /** Nothing may follow. */
  void end() throws Wrong {
    if (!atEnd()) {
      throw wrong(column(), "Nothing may follow here but a comment (# …)");
    }
  }

  /** A number and its unit. */
  Duration duration() throws Wrong {
    int begin = next;
    while (next < text.length() && (isDigit(text.charAt(next)) || text.charAt(next) == '.')) {
      next++;
    }
    String number = text.substring(begin, next);
    skipBlanks();
    Duration unit = UNITS.get(word());
    if (!number.matches("\\d{1,9}(\\.\\d{1,3})?") || unit == null) {
      throw wrong(begin + 1, "Write a time such as 200 ms, 1.5 s or 2 min");
    }
    Duration duration =
        Duration.ofNanos(
            new BigDecimal(number).multiply(BigDecimal.valueOf(unit.toNanos())).longValue());
    if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(LONGEST) > 0) {
      throw wrong(begin + 1, "A time is from 1 ms to 60 min");
    }
    return duration;
  }

  /** Texts in quotation marks and bytes in numbers, joined by {@code +}. */
  Template template() throws Wrong {
    List<Piece> pieces = new ArrayList<>();
    do {
      if (word("hex")) {
        pieces.add(hex());
      } else if (next < text.length() && text.charAt(next) == '"') {
        quoted(pieces);
      } else {
        throw wrong(column(), "Write a text in quotation marks, or hex and bytes: hex 02 0D");
      }
    } while (mark('+'));
    return new Template(joined(pieces));
  }

  private Literal hex() throws Wrong {
    StringBuilder bytes = new StringBuilder();
    int begin = next;
    while (!atEnd() && isWord(text.charAt(next))) {
      int column = column();
      String pair = word();
      if (!pair.matches("[0-9A-Fa-f]{2}")) {
        throw wrong(column, "Write bytes as two hexadecimal digits each: hex 02 31 0D");
      }
      bytes.append((char) Integer.parseInt(pair, 16));
    }
    if (bytes.length() == 0) {
      throw wrong(begin + 1, "Write bytes as two hexadecimal digits each: hex 02 31 0D");
    }
    return new Literal(bytes.toString());
  }

  private void quoted(List<Piece> pieces) throws Wrong {
    int begin = next++;
    StringBuilder literal = new StringBuilder();
    while (true) {
      if (next == text.length()) {
        throw wrong(begin + 1, "This text has no closing quotation mark");
      }
      char read = text.charAt(next);
      if (read == '"') {
        next++;
        pieces.add(new Literal(literal.toString()));
        skipBlanks();
        return;
      } else if (read == '\\') {
        literal.append(escaped());
      } else if (read == '{') {
        pieces.add(new Literal(literal.toString()));
        literal.setLength(0);
        pieces.add(variable());
      } else if (read > 0xFF) {
        throw wrong(
            next + 1, "\"" + read + "\" is more than one byte; write its bytes, such as \\xE2");
      } else {
        literal.append(read);
        next++;
      }
    }
  }

  private char escaped() throws Wrong {
    int begin = next;
    char kind = next + 1 < text.length() ? text.charAt(next + 1) : ' ';
    next += 2;
    switch (kind) {
      case 'r':
        return '\r';
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case '0':
        return '\0';
      case '\\', '"', '{', '}':
        return kind;
      case 'x':
        if (next + 2 <= text.length() && text.substring(next, next + 2).matches("[0-9A-Fa-f]{2}")) {
          next += 2;
          return (char) Integer.parseInt(text.substring(next - 2, next), 16);
        }
        break;
      default:
    }
    throw wrong(begin + 1, ESCAPES);
  }

  private Variable variable() throws Wrong {
    int begin = next++;
    int name = next;
    while (next < text.length() && isWord(text.charAt(next))) {
      next++;
    }
    if (name == next || next == text.length() || text.charAt(next) != '}') {
      throw wrong(begin + 1, "Write a variable as {name}, and a brace that is meant as \\{");
    }
    return new Variable(text.substring(name, next++), name + 1);
  }

  private static List<Piece> joined(List<Piece> pieces) {
    List<Piece> joined = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece instanceof Literal bytes) {
        literal.append(bytes.bytes());
        continue;
      }
      if (literal.length() > 0) {
        joined.add(new Literal(literal.toString()));
        literal.setLength(0);
      }
      joined.add(piece);
    }
    if (literal.length() > 0) {
      joined.add(new Literal(literal.toString()));
    }
    return joined;
  }

  private void skipBlanks() {
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
  }

  private static boolean isWord(char read) {
    return read == '_' || isDigit(read) || read >= 'a' && read <= 'z' || read >= 'A' && read <= 'Z';
  }

  private static boolean isDigit(char read) {
    return read >= '0' && read <= '9';
  }
}
