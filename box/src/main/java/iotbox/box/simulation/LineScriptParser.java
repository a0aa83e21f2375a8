package iotbox.box.simulation;

import iotbox.box.simulation.LineScript.Period;
import iotbox.box.simulation.LineScript.Reaction;
import iotbox.box.simulation.LineScriptException.Fault;
import iotbox.box.simulation.LineTokens.Wrong;
import iotbox.box.simulation.Template.Variable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a device script; goes on behind a fault, so that all are told at once. For one thread. */
final class LineScriptParser {
  private static final int FIRST_PRINTABLE = 0x20;

  private final String file;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, List<String>> variables = new LinkedHashMap<>();
  private final Set<String> known = new HashSet<>();
  private final Map<Template, Integer> expected = new LinkedHashMap<>();
  private final List<Block> blocks = new ArrayList<>();

  /** Variables are checked at the end, since one may be set further down. */
  private final List<Use> uses = new ArrayList<>();

  private enum Kind {
    EXPECT,
    OTHERWISE,
    EVERY
  }

  private record Use(int line, Variable variable) {}

  private record Block(
      Kind kind, int line, int column, Template expected, Duration every, List<Step> steps) {}

  LineScriptParser(String file) {
    this.file = file;
  }

  LineScript parse(String text) throws LineScriptException {
    int number = 0;
    for (String line : text.lines().toList()) {
      try {
        statement(new LineTokens(file, ++number, line));
      } catch (Wrong e) {
        faults.add(e.fault());
        standIn(line, number);
      }
    }
    checkBlocks();
    uses.stream()
        .filter(use -> !known.contains(use.variable.name()))
        .forEach(
            use ->
                fault(
                    use.line,
                    use.variable.column(),
                    "There is no variable \"%1$s\"; write at the beginning: set %1$s \"…\""
                        .formatted(use.variable.name())));
    if (!faults.isEmpty()) {
      faults.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
      throw new LineScriptException(faults);
    }
    return new LineScript(
        file,
        variables,
        of(Kind.EXPECT).stream().map(block -> new Reaction(block.expected, block.steps)).toList(),
        of(Kind.OTHERWISE).stream().map(Block::steps).findFirst().orElse(null),
        of(Kind.EVERY).stream().map(block -> new Period(block.every, block.steps)).toList(),
        terminator());
  }

  private void statement(LineTokens line) throws Wrong {
    if (line.atEnd()) {
      return;
    }
    int column = line.column();
    String word = line.word();
    switch (word) {
      case "expect" -> begin(Kind.EXPECT, line, column, expectation(line), null);
      case "otherwise" -> begin(Kind.OTHERWISE, line, column, null, null);
      case "every" -> begin(Kind.EVERY, line, column, null, line.duration());
      case "answer" -> step(line, column, word, new Step.Answer(choices(line)));
      case "silence" -> step(line, column, word, new Step.Answer(List.of(Optional.empty())));
      case "wait" -> step(line, column, word, new Step.Wait(line.duration()));
      case "set" -> assign(line);
      default ->
          throw line.wrong(
              column,
              "A line begins with expect, otherwise, every, answer, silence, wait, set or #");
    }
    line.end();
  }

  /** What follows a wrong beginning is not to be taken for somebody else's. */
  private void standIn(String line, int number) {
    if (line.strip().startsWith("e") || line.strip().startsWith("o")) {
      List<Step> nothing = new ArrayList<>(List.of(new Step.Answer(List.of(Optional.empty()))));
      blocks.add(new Block(Kind.EVERY, number, 1, null, null, nothing));
    }
  }

  private void begin(Kind kind, LineTokens line, int column, Template template, Duration every) {
    blocks.add(new Block(kind, line.line(), column, template, every, new ArrayList<>()));
  }

  private Template expectation(LineTokens line) throws Wrong {
    int column = line.column();
    Template template = line.template();
    if (template.pieces().isEmpty()) {
      throw line.wrong(column, "An empty text is never heard");
    }
    if (template.last() < 0) {
      throw line.wrong(
          column, "A variable at the end has no end; write what follows it, such as \\r");
    }
    Integer before = expected.putIfAbsent(template, line.line());
    if (before != null) {
      throw line.wrong(column, "This is expected in line " + before + " already");
    }
    template.variables().forEach(variable -> known.add(variable.name()));
    return template;
  }

  private List<Optional<Template>> choices(LineTokens line) throws Wrong {
    List<Optional<Template>> choices = new ArrayList<>();
    do {
      choices.add(line.word("silence") ? Optional.empty() : Optional.of(used(line)));
    } while (line.mark(','));
    return choices;
  }

  private void assign(LineTokens line) throws Wrong {
    int column = line.column();
    String name = line.word();
    if (name.isEmpty()) {
      throw line.wrong(column, "Write a name and values: set weight \"1.234\", \"2.500\"");
    }
    List<Template> values = new ArrayList<>();
    int first = line.column();
    do {
      values.add(blocks.isEmpty() ? line.template() : used(line));
    } while (line.mark(','));
    if (!blocks.isEmpty()) {
      last().steps.add(new Step.Assign(name, values));
    } else if (values.stream().anyMatch(value -> !value.variables().isEmpty())) {
      throw line.wrong(first, "Values at the beginning are made of no variables");
    } else if (variables.putIfAbsent(
            name, values.stream().map(value -> value.filled(variable -> "")).toList())
        != null) {
      throw line.wrong(column, "\"" + name + "\" is set already; write all values in one line");
    }
    known.add(name);
  }

  private Template used(LineTokens line) throws Wrong {
    Template template = line.template();
    template.variables().forEach(variable -> uses.add(new Use(line.line(), variable)));
    return template;
  }

  private void step(LineTokens line, int column, String word, Step step) throws Wrong {
    if (blocks.isEmpty()) {
      throw line.wrong(column, "Before \"" + word + "\" write when: expect \"…\" or every 2 s");
    }
    last().steps.add(step);
  }

  private void checkBlocks() {
    if (blocks.isEmpty() && faults.isEmpty()) {
      fault(1, 1, "A device does something: write expect \"…\" or every 2 s, then answer \"…\"");
    }
    for (Block block : blocks) {
      if (block.steps.isEmpty() && faults.isEmpty()) {
        fault(block.line, block.column, "Write below this what is done: answer \"…\", or silence");
      }
    }
    List<Block> others = of(Kind.OTHERWISE);
    if (others.size() > 1) {
      Block second = others.get(1);
      String first = "There is an otherwise in line " + others.get(0).line + " already";
      fault(second.line, second.column, first);
    }
    if (!others.isEmpty() && terminator() < 0 && faults.isEmpty()) {
      fault(
          others.get(0).line,
          others.get(0).column,
          "Only lines can be unexpected: let each expect end with the same control character, such"
              + " as \\r or \\n");
    }
  }

  /** What each expectation ends with, if that is one and the same control character; else -1. */
  private int terminator() {
    List<Integer> last = of(Kind.EXPECT).stream().map(block -> block.expected.last()).toList();
    boolean same = last.stream().distinct().count() == 1;
    return same && last.get(0) < FIRST_PRINTABLE ? last.get(0) : -1;
  }

  private List<Block> of(Kind kind) {
    return blocks.stream().filter(block -> block.kind == kind).toList();
  }

  private Block last() {
    return blocks.get(blocks.size() - 1);
  }

  private void fault(int line, int column, String message) {
    faults.add(new Fault(file, line, column, message));
  }
}
