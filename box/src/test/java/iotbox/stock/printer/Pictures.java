package iotbox.stock.printer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures to print, and what they must look like on paper. */
public final class Pictures {
  private Pictures() {}

  /** A file beside this class; those named {@code dots} show what must be printed. */
  public static byte[] file(String name) {
    try (InputStream file = Pictures.class.getResourceAsStream(name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A picture of black and white dots by chance. */
  public static BufferedImage noise(int width, int height, long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextBoolean() ? 0 : 0xFFFFFF);
      }
    }
    return image;
  }

  public static byte[] png(BufferedImage image) {
    return file(image, "png");
  }

  public static byte[] file(BufferedImage image, String format) {
    try {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, file)) {
        throw new AssertionError("No " + format);
      }
      return file.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static BufferedImage read(byte[] file) {
    try {
      return ImageIO.read(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the paper shows the black dots of this picture and no others. */
  public static void assertShows(BufferedImage expected, Paper.Piece piece) {
    assertShows(expected, piece, 0, 0x000000);
  }

  /** Whether the paper shows what is white in a file of dots, and nothing else. */
  public static void assertDots(BufferedImage expected, Paper.Piece piece) {
    assertShows(expected, piece, 0, 0xFFFFFF);
  }

  private static void assertShows(
      BufferedImage expected, Paper.Piece piece, int tolerated, int ink) {
    int rows = expected.getHeight();
    assertEquals(rows, piece.rows().size(), "rows");
    int wrong = 0;
    String first = "";
    for (int y = 0; y < rows; y++) {
      int right = piece.rows().get(y).length();
      for (int x = 0; x < Math.max(right, expected.getWidth()); x++) {
        boolean wanted = x < expected.getWidth() && (expected.getRGB(x, y) & 0xFFFFFF) == ink;
        if (wanted != piece.black(x, y)) {
          first = wrong == 0 ? "first at " + x + ", " + y : first;
          wrong++;
        }
      }
    }
    if (wrong > tolerated) {
      throw new AssertionError(wrong + " dots differ, " + first);
    }
  }

  /** How many dots differ from a file of dots. */
  public static int differing(BufferedImage expected, Paper.Piece piece) {
    int wrong = 0;
    for (int y = 0; y < expected.getHeight(); y++) {
      for (int x = 0; x < expected.getWidth(); x++) {
        if ((expected.getRGB(x, y) & 0xFFFFFF) == 0xFFFFFF != piece.black(x, y)) {
          wrong++;
        }
      }
    }
    return wrong;
  }
}
