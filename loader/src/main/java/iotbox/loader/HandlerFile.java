package iotbox.loader;

import iotbox.loader.signature.Manifest;
import java.util.Optional;

/** One file of an archive of handlers. Immutable, as long as nobody changes its bytes. */
public final class HandlerFile {
  /** More than anybody reads, and than a page should show. */
  private static final int LONGEST_TEXT = 2 << 20;

  private final String path;
  private final byte[] content;

  /** Found out when it is asked for; two threads that do it at once find the same. */
  private volatile String hash;

  /**
   * @param path below {@code iot_handlers}, with forward slashes, such as {@code
   *     drivers/MyScale.java}
   * @param content its bytes; not to be changed
   */
  public HandlerFile(String path, byte[] content) {
    this.path = path;
    this.content = content;
  }

  public String path() {
    return path;
  }

  /** Its bytes; not to be changed. */
  public byte[] content() {
    return content;
  }

  /** The SHA-256 of its bytes, in hexadecimal; computed once. */
  public String hash() {
    String known = hash;
    if (known == null) {
      known = Manifest.hash(content);
      hash = known;
    }
    return known;
  }

  /**
   * What it says, as compilers read it: as UTF-8, or as Latin-1 if it is not that. Empty for jars,
   * other files that are no text, and texts too long to be read by people.
   */
  public Optional<String> text() {
    return content.length > LONGEST_TEXT || path.endsWith(".jar") || isBinary()
        ? Optional.empty()
        : Optional.of(SourceText.decode(content).text());
  }

  private boolean isBinary() {
    for (byte each : content) {
      if (each == 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return path;
  }
}
