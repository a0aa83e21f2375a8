package iotbox.box.device;

/** A handler threw something, which is the cause. */
public class HandlerFault extends Exception {
  private static final long serialVersionUID = 1L;

  HandlerFault(String message, Throwable cause) {
    super(message, cause);
  }

  static HandlerFault of(String call, Throwable thrown) {
    String message = thrown.getMessage();
    String kind = thrown.getClass().getSimpleName();
    return new HandlerFault(
        call + " failed: " + (message == null || message.isBlank() ? kind : kind + ": " + message),
        thrown);
  }

  /** What to tell the person who asked: the handler's own words where it has any. */
  String reason() {
    Throwable thrown = getCause();
    return thrown == null || thrown.getMessage() == null ? getMessage() : thrown.getMessage();
  }
}
