package iotbox.box.http.part;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The options of the box as its page shows and keeps them. On HTTP threads, any number. */
public interface OptionControl {
  /** All of them, in the order of the help. */
  List<OptionView> views();

  /** What is wrong with all that was kept, or {@code null}. */
  String problem();

  /**
   * Keeps these for the next start; others stay as they were kept. Writes a small file.
   *
   * @param values by name: a text, a number, a truth or a list of texts; {@code null} or nothing
   *     for no longer keeping it
   * @throws IllegalArgumentException if one of them is unknown or unusable, in the sentence that
   *     the command line would get; nothing has changed then
   * @throws IOException if they cannot be written; nothing has changed then
   */
  void keep(Map<?, ?> values) throws IOException;
}
