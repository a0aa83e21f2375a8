package iotbox.testkit;

import java.util.Map;

/**
 * Something that a device told its listeners: what a browser or Odoo would receive. Immutable.
 *
 * @param device its identifier
 * @param data the driver's data at that moment; after an action also {@code status} and {@code
 *     result}
 */
public record DeviceEvent(String device, Map<String, Object> data) {
  /** One of the data, or {@code null}. */
  public Object get(String name) {
    return data.get(name);
  }

  /** What stands under {@code value}. */
  public Object value() {
    return get("value");
  }

  /**
   * The word of the status: that of the map which Odoo's point of sale expects ({@code connected},
   * {@code error} …), or of the action that ended ({@code success}, {@code error}); {@code null}
   * where there is none.
   */
  public String status() {
    Object status = get("status");
    Object word = status instanceof Map<?, ?> map ? map.get("status") : status;
    return word == null ? null : word.toString();
  }

  /**
   * The message that goes with the status: the driver's own, or why an action failed; empty where
   * there is none.
   */
  public String message() {
    Object message = null;
    if (get("status") instanceof Map<?, ?> map) {
      message = map.get("message_body");
    } else if ("error".equals(get("status"))) {
      message = get("result");
    }
    return message == null ? "" : message.toString();
  }

  @Override
  public String toString() {
    return device + " " + data;
  }
}
