package iotbox.box.odoo.wire;

/** A first look at bytes that may be a zip; reading it with care is the loader's work. */
final class ZipShape {
  private static final int LOCAL_HEADER = 0x0403;
  private static final int END_OF_DIRECTORY = 0x0605;
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;

  private ZipShape() {}

  /** Whether the bytes begin like a zip, an empty one included. */
  static boolean looksLikeZip(byte[] bytes) {
    return signature(bytes, 0, LOCAL_HEADER) || signature(bytes, 0, END_OF_DIRECTORY);
  }

  /** Whether the record is there that ends every zip. */
  static boolean looksWhole(byte[] bytes) {
    int last = bytes.length - END_LENGTH;
    for (int at = last; at >= 0 && at >= last - LONGEST_COMMENT; at--) {
      if (signature(bytes, at, END_OF_DIRECTORY)) {
        return true;
      }
    }
    return false;
  }

  private static boolean signature(byte[] bytes, int at, int type) {
    return bytes.length >= at + 4
        && bytes[at] == 'P'
        && bytes[at + 1] == 'K'
        && bytes[at + 2] == (type & 0xFF)
        && bytes[at + 3] == type >> 8;
  }
}
