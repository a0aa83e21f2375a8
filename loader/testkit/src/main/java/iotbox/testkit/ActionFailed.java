package iotbox.testkit;

/** An action failed; the message is what whoever sent it gets to read. */
public final class ActionFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ActionFailed(String message) {
    super(message);
  }
}
