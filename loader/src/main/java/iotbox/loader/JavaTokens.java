package iotbox.loader;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts Java text into words and signs, leaving out comments, strings and character literals. It
 * knows no grammar, so it also works on sources that do not compile.
 */
final class JavaTokens {
  /** A word, or one sign; {@code line} and {@code column} from 1. */
  record Token(String text, int line, int column) {
    boolean is(String other) {
      return text.equals(other);
    }

    boolean isWord() {
      return Character.isJavaIdentifierStart(text.charAt(0));
    }
  }

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;

  private JavaTokens(String text) {
    this.text = text;
  }

  static List<Token> of(String text) {
    JavaTokens scan = new JavaTokens(text);
    scan.run();
    return scan.tokens;
  }

  private void run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("//", at)) {
        skipTo("\n");
      } else if (text.startsWith("/*", at)) {
        at += 2;
        skipTo("*/");
        skip(2);
      } else if (text.startsWith("\"\"\"", at)) {
        skip(3);
        skipLiteral("\"\"\"");
      } else if (c == '"' || c == '\'') {
        skip(1);
        skipLiteral(String.valueOf(c));
      } else if (Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c)) {
        word();
      } else {
        if (!Character.isWhitespace(c)) {
          tokens.add(new Token(String.valueOf(c), line, at - lineStart + 1));
        }
        skip(1);
      }
    }
  }

  private void word() {
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    tokens.add(new Token(text.substring(start, at), line, start - lineStart + 1));
  }

  private void skipTo(String end) {
    while (at < text.length() && !text.startsWith(end, at)) {
      skip(1);
    }
  }

  private void skipLiteral(String end) {
    while (at < text.length() && !text.startsWith(end, at)) {
      if (end.length() == 1 && text.charAt(at) == '\n') {
        return; // An unfinished literal ends with its line; the compiler will say so.
      }
      skip(text.charAt(at) == '\\' ? 2 : 1);
    }
    skip(end.length());
  }

  private void skip(int count) {
    for (int i = 0; i < count && at < text.length(); i++) {
      if (text.charAt(at++) == '\n') {
        line++;
        lineStart = at;
      }
    }
  }
}
