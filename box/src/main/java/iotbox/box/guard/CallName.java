package iotbox.box.guard;

/**
 * Which method of which handler is called.
 *
 * @param device the identifier of the device that it is about, or {@code null}
 */
public record CallName(Class<?> handler, String method, String device) {
  /** A call that is about no device in particular. */
  public CallName(Class<?> handler, String method) {
    this(handler, method, null);
  }

  @Override
  public String toString() {
    return handler.getSimpleName() + "." + method;
  }
}
