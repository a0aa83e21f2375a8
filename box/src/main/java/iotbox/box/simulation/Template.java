package iotbox.box.simulation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text with variables in it, one character for each byte. Immutable.
 *
 * @param pieces in their order
 */
record Template(List<Piece> pieces) {
  /** Bytes that stand there, or a variable's name. */
  sealed interface Piece permits Literal, Variable {}

  record Literal(String bytes) implements Piece {}

  /**
   * @param column where its name begins in the script
   */
  record Variable(String name, int column) implements Piece {}

  /** Tells the value of a variable. */
  interface Values {
    String next(String variable);
  }

  Template {
    pieces = List.copyOf(pieces);
  }

  List<Variable> variables() {
    return pieces.stream().filter(Variable.class::isInstance).map(Variable.class::cast).toList();
  }

  String filled(Values values) {
    return pieces.stream()
        .map(
            piece ->
                piece instanceof Variable variable
                    ? values.next(variable.name())
                    : ((Literal) piece).bytes())
        .collect(Collectors.joining());
  }

  /** Fits what has the literals, and anything but nothing at each variable's place. */
  Pattern pattern() {
    return Pattern.compile(
        pieces.stream()
            .map(
                piece ->
                    piece instanceof Literal literal ? Pattern.quote(literal.bytes()) : "(.+?)")
            .collect(Collectors.joining()),
        Pattern.DOTALL);
  }

  /** What stands at the places of the variables. */
  void read(Matcher heard, java.util.function.BiConsumer<String, String> variables) {
    List<Variable> names = variables();
    for (int i = 0; i < names.size(); i++) {
      variables.accept(names.get(i).name(), heard.group(i + 1));
    }
  }

  /** The last byte; -1 if it is a variable's. */
  int last() {
    return !pieces.isEmpty() && pieces.get(pieces.size() - 1) instanceof Literal literal
        ? literal.bytes().charAt(literal.bytes().length() - 1)
        : -1;
  }
}
