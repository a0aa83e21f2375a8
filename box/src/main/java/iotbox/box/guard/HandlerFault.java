package iotbox.box.guard;

import java.lang.reflect.InvocationTargetException;

/** A handler threw something, a copy of which is the cause. */
public class HandlerFault extends Exception {
  private static final long serialVersionUID = 1L;

  HandlerFault(String message, Throwable cause) {
    super(message, cause);
  }

  /** Runs code of what was thrown, so only the handler's own thread calls it. Never fails. */
  static HandlerFault of(String call, Throwable thrown) {
    try {
      Thrown copy = Thrown.copyOf(unwrapped(thrown));
      String message = copy.getMessage();
      String kind = copy.simpleName();
      return new HandlerFault(
          call
              + " failed: "
              + (message == null || message.isBlank() ? kind : kind + ": " + message),
          copy);
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

  /** What to tell the person who asked: the handler's own words where it has any. */
  public String reason() {
    Throwable thrown = getCause();
    return thrown == null || thrown.getMessage() == null ? getMessage() : thrown.getMessage();
  }
}
