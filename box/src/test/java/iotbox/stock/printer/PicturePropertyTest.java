package iotbox.stock.printer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.stock.printer.PrinterLanguage.Sized;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the picture, the paper shows it. */
class PicturePropertyTest {
  @Property(tries = 200)
  void rowsShowAnyPicture(
      @ForAll @IntRange(min = 1, max = 700) int width,
      @ForAll @IntRange(min = 1, max = 600) int height,
      @ForAll long seed)
      throws Exception {
    BufferedImage picture = Pictures.noise(width, height, seed);
    Pictures.assertShows(picture, escPos("Any", picture).pieces().get(0));
  }

  @Property(tries = 100)
  void columnsShowAnyPicture(
      @ForAll @IntRange(min = 1, max = 700) int width,
      @ForAll @IntRange(min = 1, max = 300) int bands,
      @ForAll boolean fine,
      @ForAll long seed)
      throws Exception {
    int height = fine ? 24 * (bands / 24 + 1) : 8 * (bands / 8 + 1);
    BufferedImage picture = Pictures.noise(width, height, seed);
    String name = fine ? "Any__IMC__" : "Any__IMC_LDV__";
    Pictures.assertShows(picture, escPos(name, picture).pieces().get(0));
  }

  @Property(tries = 100)
  void starShowsAnyPicture(
      @ForAll @IntRange(min = 1, max = 700) int width,
      @ForAll @IntRange(min = 1, max = 600) int height,
      @ForAll long seed)
      throws Exception {
    BufferedImage picture = Pictures.noise(width, height, seed);
    Paper paper = new Paper();
    new StarPaper(new ByteArrayInputStream(written(true, "Any", picture)), paper).print();
    assertEquals(1, paper.pieces().size());
    Pictures.assertShows(picture, paper.pieces().get(0));
  }

  private static Paper escPos(String name, BufferedImage picture) throws Exception {
    Paper paper = new Paper();
    ByteArrayInputStream bytes = new ByteArrayInputStream(written(false, name, picture));
    new EscPosPaper(bytes, paper, () -> {}, what -> {}).print();
    assertEquals(1, paper.pieces().size());
    return paper;
  }

  private static byte[] written(boolean star, String name, BufferedImage picture) throws Exception {
    Sized job = new ReceiptLanguage(star, name, true).receipt(Pictures.png(picture));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    job.job().body().writeTo(out);
    return out.toByteArray();
  }
}
