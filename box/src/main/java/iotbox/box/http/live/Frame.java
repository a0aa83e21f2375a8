package iotbox.box.http.live;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** A server-sent event in bytes. */
public final class Frame {
  private Frame() {}

  /**
   * One without an id.
   *
   * @param json without a line break, as JSON escapes them
   */
  public static byte[] of(String event, byte[] json) {
    return bytes("event: " + event + "\ndata: ", json);
  }

  /**
   * One of a device's events.
   *
   * @param time the event's, by which a client that comes back says where it was
   */
  public static byte[] of(String event, double time, byte[] json) {
    String id = BigDecimal.valueOf(time).toPlainString();
    return bytes("id: " + id + "\nevent: " + event + "\ndata: ", json);
  }

  private static byte[] bytes(String head, byte[] json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + json.length + 2);
    bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(json);
    bytes.writeBytes(new byte[] {'\n', '\n'});
    return bytes.toByteArray();
  }

  /** Both, one after the other; either may be {@code null}. */
  static byte[] both(byte[] first, byte[] second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
