package iotbox.loader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes archives of handlers in a readable line. */
final class TestArchive {
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  static TestArchive handlers() {
    return new TestArchive();
  }

  TestArchive file(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  TestArchive file(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  /** A driver that is valid and does nothing. */
  TestArchive driver(String name) {
    return file("drivers/" + name + ".java", driverSource(name, "Driver", ""));
  }

  TestArchive without(String path) {
    files.remove(path);
    return this;
  }

  static String driverSource(String name, String parent, String members) {
    return "import iotbox.handler.*;\n"
        + "@ConnectionType(\"serial\")\n"
        + "public class "
        + name
        + " extends "
        + parent
        + " {\n"
        + "  public static boolean supported(Device device) { return true; }\n"
        + "  public "
        + name
        + "(String identifier, Device device) { super(identifier, device); }\n"
        + members
        + "}\n";
  }

  static String interfaceSource(String name, String members) {
    return "import iotbox.handler.*;\nimport java.util.*;\n"
        + "@ConnectionType(\"serial\")\n"
        + "public class "
        + name
        + " extends Interface {\n"
        + "  public Map<String, Device> getDevices() { return new HashMap<String, Device>(); }\n"
        + members
        + "}\n";
  }

  byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  HandlerArchive archive() {
    try {
      return HandlerArchive.ofZip(zip());
    } catch (BadArchiveException e) {
      throw new IllegalStateException(e);
    }
  }
}
