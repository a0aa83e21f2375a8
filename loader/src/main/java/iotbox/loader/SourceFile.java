package iotbox.loader;

import iotbox.loader.JavaTokens.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One Java source, looked at before any compiler sees it.
 *
 * @param packageName empty for the unnamed package
 * @param types the types it declares at top level
 * @param words all words in it outside of comments and literals
 * @param latin1 whether it had to be read as Latin-1
 */
record SourceFile(
    HandlerFile file,
    String text,
    String packageName,
    List<DeclaredType> types,
    Set<String> words,
    boolean latin1) {

  private static final int LINE_SHOWN = 300;

  /** A type at top level; {@code line} and {@code column} are those of its name. */
  record DeclaredType(
      String name, boolean isPublic, boolean isAbstract, String parent, int line, int column) {}

  static SourceFile of(HandlerFile file) {
    SourceText source = SourceText.decode(file.content());
    List<Token> tokens = JavaTokens.of(source.text());
    Set<String> words = new HashSet<>();
    tokens.stream().filter(Token::isWord).forEach(token -> words.add(token.text()));
    return new SourceFile(
        file, source.text(), packageOf(tokens), typesOf(tokens), words, source.latin1());
  }

  String path() {
    return file.path();
  }

  /** The file's name without directories. */
  String fileName() {
    return path().substring(path().lastIndexOf('/') + 1);
  }

  /** The name under which the JVM knows a top-level type of this file. */
  String qualified(DeclaredType type) {
    return packageName.isEmpty() ? type.name() : packageName + "." + type.name();
  }

  /** The public type, or the first one, or {@code null} if there is none. */
  DeclaredType mainType() {
    return types.stream()
        .filter(DeclaredType::isPublic)
        .findFirst()
        .orElse(types.isEmpty() ? null : types.get(0));
  }

  /** One line of the text, as far as people want to see it; {@code null} if there is no such. */
  String line(int number) {
    return number < 1
        ? null
        : text.lines()
            .skip(number - 1L)
            .findFirst()
            .map(line -> line.length() <= LINE_SHOWN ? line : line.substring(0, LINE_SHOWN) + "…")
            .orElse(null);
  }

  // Paths are unique, and comparing whole texts would cost.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return path().hashCode();
  }

  @Override
  public String toString() {
    return path();
  }

  private static String packageOf(List<Token> tokens) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("(") || token.is("{")) {
        depth++;
      } else if (token.is(")") || token.is("}")) {
        depth--;
      } else if (depth == 0 && (token.is("class") || token.is("import"))) {
        return "";
      } else if (depth == 0 && token.is("package")) {
        StringBuilder name = new StringBuilder();
        for (int j = i + 1; j < tokens.size() && !tokens.get(j).is(";"); j++) {
          name.append(tokens.get(j).text());
        }
        return name.toString();
      }
    }
    return "";
  }

  private static List<DeclaredType> typesOf(List<Token> tokens) {
    List<DeclaredType> types = new ArrayList<>();
    Set<String> modifiers = new HashSet<>();
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("{") || token.is("(")) {
        depth++;
      } else if (token.is("}") || token.is(")")) {
        depth--;
        if (token.is("}")) {
          modifiers.clear();
        }
      } else if (token.is(";")) {
        modifiers.clear();
      } else if (depth == 0) {
        if (declares(tokens, i)) {
          Token name = tokens.get(i + 1);
          types.add(
              new DeclaredType(
                  name.text(),
                  modifiers.contains("public"),
                  modifiers.contains("abstract") || token.is("interface"),
                  parentAfter(tokens, i + 2),
                  name.line(),
                  name.column()));
        }
        modifiers.add(token.text());
      }
    }
    return types;
  }

  private static boolean declares(List<Token> tokens, int i) {
    if (i + 2 >= tokens.size() || !tokens.get(i + 1).isWord()) {
      return false;
    }
    Token after = tokens.get(i + 2);
    return switch (tokens.get(i).text()) {
      case "class", "interface", "enum" -> true;
      case "record" -> after.is("(") || after.is("<");
      default -> false;
    };
  }

  private static String parentAfter(List<Token> tokens, int from) {
    for (int i = from; i + 1 < tokens.size() && !tokens.get(i).is("{"); i++) {
      if (tokens.get(i).is("extends")) {
        String parent = "";
        for (int j = i + 1; j < tokens.size(); j++) {
          Token token = tokens.get(j);
          if (!token.isWord() && !token.is(".") || token.is("implements")) {
            break;
          }
          parent = token.is(".") ? parent : token.text();
        }
        return parent;
      }
    }
    return "";
  }
}
