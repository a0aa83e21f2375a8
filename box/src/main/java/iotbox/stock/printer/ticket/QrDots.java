package iotbox.stock.printer.ticket;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import iotbox.stock.printer.picture.Dots;

/**
 * A QR code as a picture, as printers know different commands for it, and some none. The white
 * paper around it is its quiet zone.
 */
final class QrDots {
  private QrDots() {}

  /**
   * The picture.
   *
   * @param size of a module in dots; 6 are well read from paper
   */
  static Dots of(String text, int size) {
    ByteMatrix modules;
    try {
      modules = Encoder.encode(text, ErrorCorrectionLevel.M).getMatrix();
    } catch (WriterException e) {
      throw new IllegalArgumentException("Too long for a QR code: " + text.length(), e);
    }
    int width = modules.getWidth() * size;
    int rowBytes = (width + 7) / 8;
    byte[] bytes = new byte[width * rowBytes];
    for (int y = 0; y < width; y++) {
      for (int x = 0; x < width; x++) {
        if (modules.get(x / size, y / size) == 1) {
          bytes[y * rowBytes + x / 8] |= (byte) (0x80 >> x % 8);
        }
      }
    }
    return new Dots(width, width, bytes);
  }
}
