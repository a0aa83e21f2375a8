package iotbox.stock.printer.picture;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
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

  Shades(BufferedImage image) {
    this.image = image;
    ColorModel colors = image.getColorModel();
    // Java would make colours of greys by another curve, so their numbers are taken as they are.
    this.grey = !(colors instanceof IndexColorModel) && colors.getNumColorComponents() == 1;
  }

  /** How much ink each dot of a row needs, from 0 to 255. */
  void row(int y, byte[] ink) {
    if (grey) {
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
    int[] colors = image.getRGB(0, y, ink.length, 1, null, 0, ink.length);
    for (int x = 0; x < ink.length; x++) {
      int color = colors[x];
      int light =
          ((color >> 16 & 0xFF) * RED
                  + (color >> 8 & 0xFF) * GREEN
                  + (color & 0xFF) * BLUE
                  + 0x8000)
              >> 16;
      ink[x] = ink(light, color >>> 24);
    }
  }

  /** Where the picture is transparent, the paper is seen. */
  private static byte ink(int light, int alpha) {
    return (byte) ((255 - light) * alpha / 255);
  }
}
