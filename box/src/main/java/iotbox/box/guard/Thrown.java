package iotbox.box.guard;

import java.util.Arrays;

/**
 * A copy of what a handler threw, for the log and the status. The original is foreign code: it may
 * override what everybody calls of an exception, throw there, or hang, and it keeps the handler's
 * classes in memory.
 */
final class Thrown extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CAUSES = 10;
  private static final int MOST_FRAMES = 100;
  private static final int LONGEST_MESSAGE = 2_000;

  private final String type;

  private Thrown(String type, String message, Throwable cause) {
    super(message, cause, false, true);
    this.type = type;
  }

  /** Made by the handler's own thread, as it runs the handler's code; may throw anything. */
  static Thrown copyOf(Throwable original) {
    return copyOf(original, MOST_CAUSES);
  }

  private static Thrown copyOf(Throwable original, int causes) {
    Throwable cause = causes == 0 ? null : original.getCause();
    Thrown copy =
        new Thrown(
            original.getClass().getName(),
            shortened(original.getMessage()),
            cause == null || cause == original ? null : copyOf(cause, causes - 1));
    StackTraceElement[] frames = original.getStackTrace();
    copy.setStackTrace(Arrays.copyOf(frames, Math.min(frames.length, MOST_FRAMES)));
    return copy;
  }

  private static String shortened(String message) {
    return message == null || message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "…";
  }

  /** As the original's would usually be. */
  @Override
  public String toString() {
    return getMessage() == null ? type : type + ": " + getMessage();
  }

  /** The name of the original's class, without its package. */
  String simpleName() {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }
}
