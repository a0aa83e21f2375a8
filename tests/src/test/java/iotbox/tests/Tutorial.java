package iotbox.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The steps of a guide in Markdown: its fenced blocks, each with the file that the paragraph before
 * it names.
 *
 * @param blocks in their order
 */
record Tutorial(List<Block> blocks) {
  private static final String FENCE = "```";
  private static final Pattern FILE = Pattern.compile("`([\\w./]+/[\\w.]+)`");
  private static final String ANYTHING = "…";

  /**
   * A block.
   *
   * @param language the word behind the fence
   * @param file what the paragraph before it names last, or {@code null}
   * @param place for messages
   */
  record Block(String language, List<String> lines, String file, String place) {
    String text() {
      return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** The commands, each with what it is said to print; empty if this is output alone. */
    List<Command> commands() {
      List<Command> commands = new ArrayList<>();
      for (String line : lines) {
        if (line.startsWith("$ ")) {
          commands.add(new Command(line.substring(2), new ArrayList<>()));
        } else if (!commands.isEmpty()) {
          commands.get(commands.size() - 1).output.add(line);
        }
      }
      return commands;
    }
  }

  /**
   * A command.
   *
   * @param output lines, in which {@code …} stands for anything, and alone for any lines
   */
  record Command(String line, List<String> output) {}

  /** Reads a guide up to a heading. */
  static Tutorial of(Path guide, String end) throws IOException {
    List<Block> blocks = new ArrayList<>();
    String paragraph = "";
    boolean goesOn = false;
    List<String> all = Files.readAllLines(guide);
    for (int i = 0; i < all.size() && !all.get(i).equals(end); i++) {
      String line = all.get(i);
      if (line.startsWith(FENCE)) {
        int begin = i + 1;
        do {
          i++;
        } while (!all.get(i).equals(FENCE));
        blocks.add(
            new Block(
                line.substring(FENCE.length()),
                all.subList(begin, i),
                file(paragraph),
                guide.getFileName() + ":" + begin));
        paragraph = "";
        goesOn = false;
      } else if (line.isBlank()) {
        goesOn = false;
      } else {
        paragraph = goesOn ? paragraph + " " + line : line;
        goesOn = true;
      }
    }
    return new Tutorial(blocks);
  }

  private static String file(String paragraph) {
    Matcher files = FILE.matcher(paragraph);
    String last = null;
    while (files.find()) {
      last = files.group(1);
    }
    return last;
  }

  /** What a line that is said to be printed looks like. */
  static Pattern pattern(String line) {
    return Pattern.compile(
        Pattern.compile(ANYTHING)
            .splitAsStream(line + "\n")
            .map(part -> Pattern.quote(part.replace("\n", "")))
            .collect(Collectors.joining(".*")));
  }

  /** What is printed looks as it is said to. */
  static boolean fits(List<String> said, List<String> printed) {
    if (said.isEmpty()) {
      return printed.isEmpty();
    }
    List<String> others = said.subList(1, said.size());
    if (said.get(0).equals(ANYTHING)) {
      for (int i = 0; i <= printed.size(); i++) {
        if (fits(others, printed.subList(i, printed.size()))) {
          return true;
        }
      }
      return false;
    }
    return !printed.isEmpty()
        && pattern(said.get(0)).matcher(printed.get(0)).matches()
        && fits(others, printed.subList(1, printed.size()));
  }
}
