package iotbox.box.certificate;

import java.io.ByteArrayOutputStream;
import java.security.PublicKey;
import java.util.Arrays;

/** The little of DER that turns a bare key into PKCS #8, the only form that Java reads. */
final class Der {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;

  private Der() {}

  /** A bare private key (PKCS #1 or SEC 1), with the algorithm of the public key beside it. */
  static byte[] pkcs8(byte[] key, PublicKey sibling) {
    byte[] version = element(INTEGER, new byte[] {0});
    return element(SEQUENCE, version, algorithm(sibling), element(OCTET_STRING, key));
  }

  /** The first element inside the outer sequence of the encoded public key. */
  private static byte[] algorithm(PublicKey key) {
    byte[] info = key.getEncoded();
    int begin = contentOf(info, 0);
    int content = contentOf(info, begin);
    return Arrays.copyOfRange(info, begin, content + length(info, begin));
  }

  private static int contentOf(byte[] der, int at) {
    int first = der[at + 1] & 0xFF;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xFF;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7F); i++) {
      length = length << 8 | der[at + 2 + i] & 0xFF;
    }
    return length;
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int size = content.size();
    if (size < 0x80) {
      element.write(size);
    } else {
      int bytes = size < 0x100 ? 1 : size < 0x10000 ? 2 : 3;
      element.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        element.write(size >> 8 * i);
      }
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }
}
