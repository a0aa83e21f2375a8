package iotbox.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds annotations that Janino would lose or write wrongly, by the words of a source alone. */
final class LostAnnotations {
  /** Those whose retention Janino keeps; it loses annotations that the sources declare. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "Override",
          "Deprecated",
          "SuppressWarnings",
          "FunctionalInterface",
          "ConnectionType",
          "Priority",
          "Match",
          "Matches",
          "Action",
          "Parameter",
          "Parameters",
          "Deadlines");

  private static final Set<String> CONTAINERS = Set.of("Matches", "Parameters");
  private static final Set<String> ARRAYS = Set.of("choices");

  private final List<Diagnostic> faults = new ArrayList<>();
  private final List<JavaTokens.Token> tokens;

  private LostAnnotations(List<JavaTokens.Token> tokens) {
    this.tokens = tokens;
  }

  static List<Diagnostic> faults(SourceFile file) {
    LostAnnotations search = new LostAnnotations(JavaTokens.of(file.text()));
    search.check();
    return search.faults;
  }

  private void check() {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).is("@")) {
        int last = i + 1;
        while (last + 2 < tokens.size() && tokens.get(last + 1).is(".")) {
          last += 2;
        }
        JavaTokens.Token name = tokens.get(last);
        if (!ANNOTATIONS.contains(name.text())) {
          faults.add(fault(name, "the annotation " + name.text()));
        }
        checkArrays(name.text(), last + 1);
      }
    }
  }

  /**
   * Java makes an array of a single value without braces; Janino does not, and reflection fails.
   *
   * @param open where the bracket after the annotation's name is, if it has one
   */
  private void checkArrays(String annotation, int open) {
    if (open + 1 >= tokens.size() || !tokens.get(open).is("(")) {
      return;
    }
    boolean named = open + 2 < tokens.size() && tokens.get(open + 2).is("=");
    if (CONTAINERS.contains(annotation) && !tokens.get(named ? open + 3 : open + 1).is("{")) {
      faults.add(fault(tokens.get(open + 1), "@" + annotation + " without braces"));
    }
    int depth = 0;
    for (int i = open; i + 2 < tokens.size(); i++) {
      JavaTokens.Token token = tokens.get(i);
      if (token.is("(") || token.is("{")) {
        depth++;
      } else if (token.is(")") || token.is("}")) {
        depth--;
      }
      if (depth == 0) {
        return;
      }
      boolean array = depth == 1 && ARRAYS.contains(token.text()) && tokens.get(i + 1).is("=");
      if (array && !tokens.get(i + 2).is("{")) {
        faults.add(fault(token, token.text() + " without braces"));
      }
    }
  }

  private static Diagnostic fault(JavaTokens.Token place, String what) {
    return SafeSubset.fault(place.line(), place.column(), what);
  }
}
