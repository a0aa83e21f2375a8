package iotbox.stock.printer.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads pictures in files (PNG, JPEG and what else Java knows). A picture is decoded in strips, so
 * that a long receipt does not take the memory of all its colours at once.
 */
public final class Picture {
  /** As wide as eight metres of paper would be; the printers' commands can say no more. */
  private static final int MOST_WIDTH = 8 * 65_535;

  /** A receipt of 576 dots may be three metres long. */
  static final int MOST_DOTS = 16_000_000;

  /** Of a strip; a receipt of 576 by 2,000 dots is one. */
  private static final int STRIP_DOTS = 2_000_000;

  private Picture() {}

  /** Loads what decodes, so that the first receipt does not wait for that; takes half a second. */
  public static void prepare() {
    for (String format : List.of("jpg", "png")) {
      try {
        BufferedImage white = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(white, format, file);
        dots(file.toByteArray());
      } catch (IOException | PictureException e) {
        // The first receipt tells it better.
      }
    }
  }

  /**
   * The dots that print the picture: its shades of grey as fine patterns.
   *
   * @throws PictureException if it is no picture, a damaged one, or too large to be a receipt
   */
  public static Dots dots(byte[] file) throws PictureException {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new PictureException(
            "This is no picture in a known format; send a PNG or JPEG in base64");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, false, true);
        return dots(reader);
      } finally {
        reader.dispose();
      }
    } catch (IIOException e) {
      throw new PictureException("The picture is damaged or of a rare kind: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      // Readers throw all kinds of exceptions at damaged files.
      throw new PictureException("The picture is damaged: " + e);
    }
  }

  private static Dots dots(ImageReader reader) throws IOException, PictureException {
    int width = reader.getWidth(0);
    int rows = reader.getHeight(0);
    if (width > MOST_WIDTH || (long) width * rows > MOST_DOTS) {
      throw new PictureException(
          "The picture has "
              + width
              + " by "
              + rows
              + " dots; no more than "
              + MOST_DOTS / 1_000_000
              + " million are printed. Send a smaller one");
    }
    Dither dither = new Dither(width, rows);
    byte[] ink = new byte[width];
    int strip = Math.max(1, STRIP_DOTS / width);
    for (int top = 0; top < rows; top += strip) {
      ImageReadParam part = reader.getDefaultReadParam();
      part.setSourceRegion(new Rectangle(0, top, width, Math.min(strip, rows - top)));
      BufferedImage image = reader.read(0, part);
      Shades shades = new Shades(image);
      for (int y = 0; y < image.getHeight(); y++) {
        shades.row(y, ink);
        dither.add(ink);
      }
    }
    return dither.dots();
  }
}
