package iotbox.box.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The handler files of the sample module as they lie beside this class, in the program's jar or in
 * a folder of classes, and the archive that an Odoo server makes of them.
 */
final class DemoHandlers {
  private static final String ROOT = "demo/iot_handlers/";

  /** As the server globs: one level deep, nothing hidden or private. */
  private static final Pattern SERVED = Pattern.compile("[^/]+/[^/._][^/]*");

  private DemoHandlers() {}

  /** The archive of what comes with the program. */
  static byte[] archive() throws IOException {
    try {
      // Resources cannot be listed; where the classes come from can.
      return zip(
          read(
              Path.of(
                  DemoHandlers.class.getProtectionDomain().getCodeSource().getLocation().toURI())));
    } catch (URISyntaxException e) {
      throw new IOException("The program's own place is not a file", e);
    }
  }

  /** The served files below a folder of classes or in a jar: path → content. */
  static Map<String, byte[]> read(Path place) throws IOException {
    return Files.isDirectory(place) ? fromFolder(place.resolve(ROOT)) : fromJar(place);
  }

  /** The same files give the same bytes. */
  static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> fromFolder(Path root) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> all = Files.walk(root, 2)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          String name = root.relativize(file).toString().replace('\\', '/');
          if (SERVED.matcher(name).matches()) {
            files.put(name, Files.readAllBytes(file));
          }
        }
      }
    }
    return files;
  }

  private static Map<String, byte[]> fromJar(Path jar) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory() && entry.getName().startsWith(ROOT)) {
          String name = entry.getName().substring(ROOT.length());
          if (SERVED.matcher(name).matches()) {
            try (InputStream content = zip.getInputStream(entry)) {
              files.put(name, content.readAllBytes());
            }
          }
        }
      }
    }
    return files;
  }
}
