package iotbox.stock.display;

import java.io.IOException;

/** A program that is needed is not installed; the message says which package has it. */
final class ToolMissingException extends IOException {
  private static final long serialVersionUID = 1;

  ToolMissingException(String message, IOException cause) {
    super(message, cause);
  }
}
