package iotbox.box.command.skeleton;

/** Nothing was written; the message is a sentence that says what to do. */
public final class SkeletonException extends Exception {
  private static final long serialVersionUID = 1L;

  SkeletonException(String message) {
    super(message);
  }
}
