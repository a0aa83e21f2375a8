package iotbox.tests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip that {@code /iot/get_handlers} serves: {@code HandlersZip.with("drivers/Foo.java",
 * source)}.
 */
public final class HandlersZip {
  private final Map<String, String> files;

  private HandlersZip(Map<String, String> files) {
    this.files = files;
  }

  /** A zip with one file. */
  public static HandlersZip with(String path, String source) {
    return new HandlersZip(Map.of()).and(path, source);
  }

  /** This zip with one more file. */
  public HandlersZip and(String path, String source) {
    Map<String, String> more = new LinkedHashMap<>(files);
    more.put(path, source);
    return new HandlersZip(more);
  }

  /** Its bytes; the same files give the same bytes. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
