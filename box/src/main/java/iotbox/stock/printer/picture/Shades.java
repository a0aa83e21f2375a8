package iotbox.stock.printer.picture;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** How dark a decoded picture is, dot by dot, on white paper. */
final class Shades {
  // Weights of the colours for the eye (ITU-R BT.601) in 1/65536, as Odoo's own box has them.
  private static final int RED = 19_595;
  private static final int GREEN = 38_470;
  private static final int BLUE = 7_471;

  private final BufferedImage image;
  private final boolean grey;

  /** The bytes of a picture that has blue, green and red in a row, as most have; or null. */
  private final byte[] bgr;

  /** The ink of each colour of a picture that has a table of them, or null. */
  private final byte[] palette;

  Shades(BufferedImage image) {
    this.image = image;
    ColorModel colors = image.getColorModel();
    boolean indexed = colors instanceof IndexColorModel;
    // Java would make colours of greys by another curve, so their numbers are taken as they are.
    this.grey = !indexed && colors.getNumColorComponents() == 1;
    this.bgr = image.getType() == BufferedImage.TYPE_3BYTE_BGR ? bytes(image) : null;
    this.palette = indexed ? inks((IndexColorModel) colors) : null;
  }

  /** Asking for each colour would take four times as long as all the rest. */
  private static byte[] bytes(BufferedImage image) {
    byte[] bytes = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    return bytes.length == 3 * image.getWidth() * image.getHeight() ? bytes : null;
  }

  private static byte[] inks(IndexColorModel colors) {
    byte[] inks = new byte[colors.getMapSize()];
    for (int i = 0; i < inks.length; i++) {
      inks[i] = ink(colors.getRGB(i));
    }
    return inks;
  }

  /** How much ink each dot of a row needs, from 0 to 255. */
  void row(int y, byte[] ink) {
    if (bgr != null) {
      for (int x = 0, at = 3 * ink.length * y; x < ink.length; x++, at += 3) {
        ink[x] = (byte) (255 - light(bgr[at + 2] & 0xFF, bgr[at + 1] & 0xFF, bgr[at] & 0xFF));
      }
    } else if (grey) {
      greyRow(y, ink);
    } else {
      colorRow(y, ink);
    }
  }

  private void greyRow(int y, byte[] ink) {
    Raster raster = image.getRaster();
    int most = (1 << image.getColorModel().getComponentSize(0)) - 1;
    boolean alpha = image.getColorModel().hasAlpha();
    for (int x = 0; x < ink.length; x++) {
      int light = raster.getSample(x, y, 0) * 255 / most;
      ink[x] = ink(light, alpha ? raster.getSample(x, y, 1) * 255 / most : 255);
    }
  }

  private void colorRow(int y, byte[] ink) {
    if (palette != null) {
      int[] numbers = image.getRaster().getSamples(0, y, ink.length, 1, 0, (int[]) null);
      for (int x = 0; x < ink.length; x++) {
        ink[x] = palette[numbers[x]];
      }
    } else {
      int[] colors = image.getRGB(0, y, ink.length, 1, null, 0, ink.length);
      for (int x = 0; x < ink.length; x++) {
        ink[x] = ink(colors[x]);
      }
    }
  }

  private static byte ink(int color) {
    return ink(light(color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF), color >>> 24);
  }

  private static int light(int red, int green, int blue) {
    return (red * RED + green * GREEN + blue * BLUE + 0x8000) >> 16;
  }

  /** Where the picture is transparent, the paper is seen. */
  private static byte ink(int light, int alpha) {
    return (byte) ((255 - light) * alpha / 255);
  }
}
