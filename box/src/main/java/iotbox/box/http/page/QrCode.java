package iotbox.box.http.page;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A QR code as a picture in SVG: dark on light also where the page is dark, as many cameras read no
 * other, with the quiet zone that belongs to it.
 */
final class QrCode {
  /** In modules, as the standard wants it. */
  private static final int QUIET = 4;

  private QrCode() {}

  /**
   * The picture.
   *
   * @param text such as an address, of less than 1,000 characters
   */
  static String svg(String text) {
    ByteMatrix modules;
    try {
      modules = Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
    } catch (WriterException e) {
      throw new IllegalArgumentException("Too long for a QR code: " + text.length(), e);
    }
    int size = modules.getWidth() + 2 * QUIET;
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + size
        + ' '
        + size
        + "\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h"
        + size
        + 'v'
        + size
        + "H0z\"/><path d=\""
        + dark(modules)
        + "\"/></svg>";
  }

  /** Each row's runs of dark modules, as rectangles. */
  private static String dark(ByteMatrix modules) {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y < modules.getHeight(); y++) {
      int x = 0;
      while (x < modules.getWidth()) {
        int begin = x;
        while (x < modules.getWidth() && modules.get(x, y) == 1) {
          x++;
        }
        if (x > begin) {
          path.append('M')
              .append(begin + QUIET)
              .append(' ')
              .append(y + QUIET)
              .append('h')
              .append(x - begin)
              .append("v1h-")
              .append(x - begin)
              .append('z');
        }
        x++;
      }
    }
    return path.toString();
  }
}
