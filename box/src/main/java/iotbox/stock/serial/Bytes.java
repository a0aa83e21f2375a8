package iotbox.stock.serial;

/** Bytes as people can read them. */
final class Bytes {
  private static final int MOST = 40;

  private Bytes() {}

  /** Printable ASCII as it is, anything else as {@code \xNN}; cut when it gets long. */
  static String readable(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length && i < MOST; i++) {
      int value = bytes[i] & 0xff;
      text.append(
          value >= ' ' && value <= '~' ? String.valueOf((char) value) : "\\x%02x".formatted(value));
    }
    return bytes.length > MOST ? text + "…" : text.toString();
  }
}
