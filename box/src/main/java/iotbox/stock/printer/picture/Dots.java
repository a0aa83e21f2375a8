package iotbox.stock.printer.picture;

/**
 * A picture of black dots on white paper, as packed as it is sent: each row begins with a byte of
 * its own, the leftmost dot is the highest bit, and a bit that is set is black. Whoever makes it
 * does not change the bytes afterwards.
 *
 * @param width in dots, 1 at least
 * @param rows the height, 1 at least
 * @param bytes {@code rows} times {@link #rowBytes()}; the bits to the right of a row are not set
 */
public record Dots(int width, int rows, byte[] bytes) {
  public Dots {
    if (width < 1 || rows < 1 || bytes.length != rows * ((width + 7) / 8)) {
      throw new IllegalArgumentException(
          width + " by " + rows + " dots in " + bytes.length + " bytes");
    }
  }

  /** White paper. */
  public static Dots white(int width, int rows) {
    return new Dots(width, rows, new byte[rows * ((width + 7) / 8)]);
  }

  /** How many bytes a row has. */
  public int rowBytes() {
    return (width + 7) / 8;
  }

  /** Whether there is ink; beside and below the picture there is none. */
  public boolean black(int x, int y) {
    return x < width && y < rows && (bytes[y * rowBytes() + (x >> 3)] & 0x80 >> (x & 7)) != 0;
  }

  /** Only while it is made. */
  void blacken(int x, int y) {
    bytes[y * rowBytes() + (x >> 3)] |= (byte) (0x80 >> (x & 7));
  }

  /**
   * The same picture in another size, each dot taken from the nearest.
   *
   * @param percent from 1; 100 for the size that it has
   */
  public Dots scaled(int percent) {
    if (percent == 100) {
      return this;
    }
    int newWidth = Math.max(1, width * percent / 100);
    int newRows = Math.max(1, rows * percent / 100);
    Dots scaled = white(newWidth, newRows);
    int[] columns = nearest(width, newWidth);
    int[] lines = nearest(rows, newRows);
    for (int y = 0; y < newRows; y++) {
      for (int x = 0; x < newWidth; x++) {
        if (black(columns[x], lines[y])) {
          scaled.blacken(x, y);
        }
      }
    }
    return scaled;
  }

  /**
   * Where the middle of each new dot was in the old picture. Where that is between two, the sum
   * decides as it does in Odoo's own box, so that the picture is the same.
   */
  private static int[] nearest(int size, int newSize) {
    double step = (double) size / newSize;
    double at = step / 2;
    int[] nearest = new int[newSize];
    for (int i = 0; i < newSize; i++) {
      nearest[i] = Math.min(size - 1, (int) at);
      at += step;
    }
    return nearest;
  }
}
