package iotbox.box.command;

/** A command cannot be done; the message is the sentence that the person at the console gets. */
public final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }
}
