package iotbox.box.http.part;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** At which level single loggers log. On HTTP threads; may write a small file. */
public interface LogLevelControl {
  /**
   * One that is not as usual.
   *
   * @param level a word such as {@code debug}
   * @param until then it is as usual again
   */
  record Setting(String logger, String level, Instant until) {}

  List<Setting> settings();

  /**
   * Sets it for a week.
   *
   * @param level {@code null} for the usual one
   * @throws IllegalArgumentException if there is no such level; its message is for people
   * @throws IOException if it cannot be kept; then nothing has changed
   */
  void set(String logger, String level) throws IOException;
}
