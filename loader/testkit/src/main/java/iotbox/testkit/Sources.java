package iotbox.testkit;

import iotbox.loader.ArchiveLimits;
import iotbox.loader.ArchiveReader;
import iotbox.loader.BadArchiveException;
import iotbox.loader.HandlerArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Where the handlers of a test come from. */
interface Sources {
  HandlerArchive archive() throws IOException;

  /** How a file of the archive is called in messages. */
  String shown(String file);

  /** Those of a module's folder, as Odoo would collect them. */
  static Sources of(Path module) {
    return new Sources() {
      @Override
      public HandlerArchive archive() throws IOException {
        return new ArchiveReader(ArchiveLimits.DEFAULT).ofFolder(module);
      }

      @Override
      public String shown(String file) {
        Path handlers = module.resolve("iot_handlers");
        return (Files.isDirectory(handlers) ? handlers : module).resolve(file).normalize() + "";
      }
    };
  }

  /** These texts, by the paths below {@code iot_handlers}. */
  static Sources of(Map<String, String> texts) {
    return new Sources() {
      @Override
      public HandlerArchive archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
          for (Map.Entry<String, String> text : texts.entrySet()) {
            zip.putNextEntry(new ZipEntry(text.getKey()));
            zip.write(text.getValue().getBytes(StandardCharsets.UTF_8));
          }
        }
        try {
          return HandlerArchive.ofZip(bytes.toByteArray());
        } catch (BadArchiveException e) {
          throw new IOException(e.getMessage(), e);
        }
      }

      @Override
      public String shown(String file) {
        return file;
      }
    };
  }
}
