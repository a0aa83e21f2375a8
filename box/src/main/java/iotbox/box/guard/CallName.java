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

  /** The method without the name of an action, which anybody may have made up. */
  String kind() {
    int name = method.indexOf('(');
    return name < 0 ? method : method.substring(0, name);
  }

  @Override
  public String toString() {
    return handler.getSimpleName() + "." + method;
  }
}
