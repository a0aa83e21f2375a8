package iotbox.stock.printer;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Something to print.
 *
 * @param name as it is seen in the printer's queue
 * @param format what the body is
 * @param body written once at most
 */
public record PrintJob(String name, Format format, Body body) {
  /** What the bytes are. */
  public enum Format {
    /** In the printer's own language; nobody on the way may change them. */
    RAW,
    /** A file of any kind that the printer or its spooler may recognise (PDF, picture, text). */
    DOCUMENT,
    /** Text in UTF-8. */
    TEXT
  }

  /** The bytes, made while they are written so that no job lies in memory twice. */
  @FunctionalInterface
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A job whose bytes are there already. */
  public static PrintJob of(String name, Format format, byte[] bytes) {
    return new PrintJob(name, format, out -> out.write(bytes));
  }
}
