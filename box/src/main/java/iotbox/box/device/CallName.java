package iotbox.box.device;

/**
 * Which method of which handler is called.
 *
 * @param device the identifier of the device that it is about, or {@code null}
 */
record CallName(Class<?> handler, String method, String device) {
  CallName(Class<?> handler, String method) {
    this(handler, method, null);
  }

  @Override
  public String toString() {
    return handler.getSimpleName() + "." + method;
  }
}
