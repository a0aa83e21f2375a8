package iotbox.box.guard;

import iotbox.handler.ActionFailedException;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** A handler threw something, a copy of which is the cause. */
public class HandlerFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, Object> told;

  HandlerFault(String message, Throwable cause) {
    this(message, cause, Map.of());
  }

  private HandlerFault(String message, Throwable cause, Map<String, Object> told) {
    super(message, cause);
    this.told = told;
  }

  /** Runs code of what was thrown, so only the handler's own thread calls it. Never fails. */
  static HandlerFault of(String call, Throwable thrown) {
    try {
      Throwable plain = unwrapped(thrown);
      Thrown copy = Thrown.copyOf(plain);
      String message = copy.getMessage();
      String kind = copy.simpleName();
      return new HandlerFault(
          call
              + " failed: "
              + (message == null || message.isBlank() ? kind : kind + ": " + message),
          copy,
          plain instanceof ActionFailedException failed ? failed.told() : Map.of());
    } catch (Throwable hostile) { // Whatever it is, it comes from the same handler.
      return new HandlerFault(
          call + " failed: " + thrown.getClass().getName() + ", which fails itself when asked why",
          null);
    }
  }

  private static Throwable unwrapped(Throwable thrown) {
    boolean wrapper =
        thrown instanceof InvocationTargetException
            || thrown instanceof ExceptionInInitializerError;
    return wrapper && thrown.getCause() != null ? unwrapped(thrown.getCause()) : thrown;
  }

  /** What the event of a failed action is to say beside that. */
  public Map<String, Object> told() {
    return told;
  }

  /** What to tell the person who asked: the handler's own words where it has any. */
  public String reason() {
    Throwable thrown = getCause();
    return thrown == null || thrown.getMessage() == null ? getMessage() : thrown.getMessage();
  }
}
