package iotbox.box.option;

import java.util.Collection;

/** The text of {@code --help}, for a terminal of 80 columns. */
final class OptionHelp {
  private static final int WIDTH = 80;
  private static final String INDENT = " ".repeat(6);

  private final StringBuilder text = new StringBuilder();

  private OptionHelp() {}

  static String text(Collection<? extends CommandHelp> commands) {
    OptionHelp help = new OptionHelp();
    help.line("Usage: iotbox [options]");
    for (CommandHelp command : commands) {
      for (String synopsis : command.synopsis().split(" \\| ")) {
        help.paragraph(" ".repeat(7), "iotbox " + command.name() + " " + synopsis);
      }
    }
    help.paragraph("", "Connects the devices of this place with an Odoo database.");
    help.paragraph(
        "",
        "Each option can also be given in the environment: "
            + BoxOption.SERIAL_PORT
            + " as "
            + BoxOption.SERIAL_PORT.environmentName()
            + ".");
    for (BoxOption option : BoxOption.values()) {
      help.line("  " + synopsis(option));
      help.paragraph(INDENT, option.description());
    }
    for (CommandHelp command : commands) {
      help.line("  " + command.name());
      help.paragraph(INDENT, command.description());
    }
    return help.text.toString();
  }

  private static String synopsis(BoxOption option) {
    return switch (option.kind()) {
      case FLAG, QUESTION -> option.toString();
      case VALUE -> option + "=" + option.label();
      case SEVERAL -> option + "=" + option.label() + "[," + option.label() + "...]";
    };
  }

  /** Words stay whole, so that a URL can be copied. */
  private void paragraph(String indent, String words) {
    StringBuilder line = new StringBuilder();
    for (String word : words.split(" ")) {
      if (!line.isEmpty() && indent.length() + line.length() + 1 + word.length() > WIDTH) {
        line(indent + line);
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    line(indent + line);
  }

  private void line(String line) {
    text.append(line).append(System.lineSeparator());
  }
}
