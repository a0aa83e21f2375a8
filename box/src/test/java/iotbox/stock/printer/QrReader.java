package iotbox.stock.printer;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;

/** Reads a QR code from paper, if there is nothing else in dots. */
final class QrReader {
  private QrReader() {}

  static String read(Paper.Piece piece) throws Exception {
    int size = piece.rows().size();
    int first = 0;
    while (piece.black(first, first)) {
      first++; // The corner of the code is black, one module thick.
    }
    int modules = size / first;
    BitMatrix matrix = new BitMatrix(modules);
    for (int y = 0; y < modules; y++) {
      for (int x = 0; x < modules; x++) {
        if (piece.black(x * first + first / 2, y * first + first / 2)) {
          matrix.set(x, y);
        }
      }
    }
    return new Decoder().decode(matrix).getText();
  }
}
