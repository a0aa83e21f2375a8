package iotbox.box.option;

import java.util.Locale;

/** Where the value of an option comes from; the earlier wins. */
enum OptionSource {
  COMMAND_LINE,
  ENVIRONMENT,
  /** A demonstration has it so. */
  DEMO,
  /** A person kept it on the box's page. */
  KEPT,
  /** Nobody said anything. */
  DEFAULT;

  /** As programs and the page know it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
