package iotbox.box.option;

/** What {@code --help} tells of something that the program does besides running a box. */
public interface CommandHelp {
  /** The first argument. */
  String name();

  /** The arguments after it. */
  String synopsis();

  /** What it does. */
  String description();
}
