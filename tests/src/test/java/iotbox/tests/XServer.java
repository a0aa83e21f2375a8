package iotbox.tests;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An X server of the test's own, with a screen that nobody sees but the test. */
final class XServer implements AutoCloseable {
  static final int WIDTH = 800;
  static final int HEIGHT = 600;

  /** The one output that this server has. */
  static final String OUTPUT = "screen";

  private static final int COLOR_ENTRY = 12;

  private final Process process;
  private final String display;
  private final Path picture;

  XServer(Path folder) {
    try {
      process =
          new ProcessBuilder(
                  "Xvfb",
                  "-displayfd",
                  "1",
                  "-nolisten",
                  "tcp",
                  "-screen",
                  "0",
                  WIDTH + "x" + HEIGHT + "x24",
                  "-fbdir",
                  folder.toString())
              .redirectError(folder.resolve("xvfb").toFile())
              .start();
      String number =
          new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
              .readLine();
      if (number == null) {
        throw new AssertionError("Xvfb did not start: " + Files.readString(folder.resolve("xvfb")));
      }
      display = ":" + number.strip();
      picture = folder.resolve("Xvfb_screen0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What programs that draw there have as {@code DISPLAY}. */
  String display() {
    return display;
  }

  /**
   * What is on the screen now: the server keeps it in a file, in the form of {@code xwd} (25
   * numbers of 32 bits, of which the first is the length of the header, number 12 the bytes of a
   * line and number 19 the colours that follow the header; then blue, green, red, nothing).
   */
  BufferedImage screenshot() {
    try {
      ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(picture));
      int pixels = file.getInt(0) + file.getInt(4 * 19) * COLOR_ENTRY;
      int line = file.getInt(4 * 12);
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int at = pixels + y * line + 4 * x;
          image.setRGB(
              x,
              y,
              (file.get(at + 2) & 0xff) << 16
                  | (file.get(at + 1) & 0xff) << 8
                  | file.get(at) & 0xff);
        }
      }
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
