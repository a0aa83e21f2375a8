package iotbox.box.simulation;

import iotbox.box.simulation.LineScriptException.Fault;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a device behaves at its line: what it expects, what it answers, what it sends by itself. A
 * text that a person writes, such as
 *
 * <pre>{@code
 * # A scale that is asked for its weight.
 * set weight "1.234", "1.236", "2.500"
 *
 * expect "W\r"
 * answer "\x02{weight}\r"
 *
 * expect "T\r"
 * wait 300 ms
 * set weight "0.000"
 * answer hex 06
 *
 * every 2 s
 * answer "\x02?0\r"
 * }</pre>
 *
 * <p>One statement a line; {@code #} begins a comment. A text is in quotation marks, one byte for
 * each character (Latin-1), with {@code \r \n \t \0 \\ \" \{} and {@code \x02} for others; {@code
 * hex 02 31 0D} is the same in numbers, and {@code +} joins two.
 *
 * <ul>
 *   <li>{@code expect} a text: what follows is done each time it is heard. <code>{name}</code> in
 *       it stands for anything, and sets the variable of that name. Where all that is expected ends
 *       with the same control character, the device listens in lines: what comes up to that
 *       character must be expected as a whole, and a line that is not finished is forgotten after
 *       a pause of 300 ms. Otherwise it is found anywhere in what comes, the
 *       longest where there are several.
 *   <li>{@code otherwise}: what follows is done for each line that is not expected. Without it the
 *       device is silent then.
 *   <li>{@code every 2 s}: what follows is done by itself, again and again, first after that time.
 *   <li>{@code answer} texts, or {@code silence}: sends one of them; of several, each time the next
 *       one, then the first again. <code>{name}</code> stands for the variable's next value.
 *   <li>{@code wait 200 ms}: a device does one thing after the other, so what it hears meanwhile
 *       waits.
 *   <li>{@code set} a variable's name and its values: at the beginning those that it starts with,
 *       below {@code expect} those that it has from then on. Each use takes the next value, then
 *       the first again.
 * </ul>
 *
 * <p>Immutable; may be played any number of times.
 */
public final class LineScript {
  private static final int LONGEST = 256 * 1024;

  private final String name;
  private final Map<String, List<String>> variables;
  private final List<Reaction> reactions;
  private final List<Step> otherwise;
  private final List<Period> periods;
  private final int terminator;

  /** What is done when something is heard. */
  record Reaction(Template expected, List<Step> steps) {
    Reaction {
      steps = List.copyOf(steps);
    }
  }

  /** What is done by itself, again and again. */
  record Period(Duration every, List<Step> steps) {
    Period {
      steps = List.copyOf(steps);
    }
  }

  /**
   * @param otherwise {@code null} if nothing is done then
   * @param terminator the character that ends each line; -1 if the device does not listen in lines
   */
  LineScript(
      String name,
      Map<String, List<String>> variables,
      List<Reaction> reactions,
      List<Step> otherwise,
      List<Period> periods,
      int terminator) {
    this.name = name;
    this.variables = Map.copyOf(variables);
    this.reactions = List.copyOf(reactions);
    this.otherwise = otherwise == null ? null : List.copyOf(otherwise);
    this.periods = List.copyOf(periods);
    this.terminator = terminator;
  }

  /**
   * Reads a script.
   *
   * @param name is shown where something is wrong: the file's
   * @throws LineScriptException tells of everything that is wrong, each with its place
   */
  public static LineScript parse(String name, String text) throws LineScriptException {
    return new LineScriptParser(name).parse(text);
  }

  /**
   * Reads a script from a file in UTF-8.
   *
   * @throws LineScriptException tells of everything that is wrong, each with its place
   * @throws IOException if the file cannot be read
   */
  public static LineScript read(Path file) throws IOException, LineScriptException {
    if (Files.size(file) > LONGEST) {
      throw fault(file, "A script has no more than " + LONGEST + " bytes");
    }
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw fault(file, "The file is not UTF-8; write bytes as \\xE4, or save it as UTF-8");
    }
  }

  private static LineScriptException fault(Path file, String message) {
    return new LineScriptException(List.of(new Fault(file.toString(), 1, 1, message)));
  }

  /** Its name, for people: that of its file. */
  public String name() {
    return name;
  }

  Map<String, List<String>> variables() {
    return variables;
  }

  List<Reaction> reactions() {
    return reactions;
  }

  List<Step> otherwise() {
    return otherwise;
  }

  List<Period> periods() {
    return periods;
  }

  int terminator() {
    return terminator;
  }
}
