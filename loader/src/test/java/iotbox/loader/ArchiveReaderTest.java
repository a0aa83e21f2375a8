package iotbox.loader;

import static iotbox.loader.TestArchive.handlers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ArchiveReaderTest {
  private static final byte[] CONTENT = "the content".getBytes(StandardCharsets.UTF_8);

  private final ArchiveReader reader = new ArchiveReader(ArchiveLimits.DEFAULT);

  private HandlerFile file(byte[] zip, String path) throws BadArchiveException {
    return reader.ofZip(zip).files().stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anEntryWithTheSameBytesIsTakenFromTheZipBefore() throws Exception {
    HandlerFile first = file(handlers().driver("A").driver("B").zip(), "drivers/B.java");
    HandlerFile second = file(handlers().driver("New").driver("B").zip(), "drivers/B.java");
    HandlerFile third = file(handlers().driver("B").driver("A").zip(), "drivers/B.java");

    assertSame(first, second);
    assertSame(first, third);
  }

  @Test
  void anEntryWithOtherBytesIsRead() throws Exception {
    HandlerFile first = file(handlers().file("drivers/A.java", "one").zip(), "drivers/A.java");
    HandlerFile second = file(handlers().file("drivers/A.java", "two").zip(), "drivers/A.java");

    assertNotSame(first, second);
    assertEquals("two", new String(second.content(), StandardCharsets.UTF_8));
  }

  @Test
  void anEntryThatOnlyClaimsToBeTheSameIsNotBelieved() throws Exception {
    byte[] zip = stored();
    reader.ofZip(zip);
    byte[] forged = zip.clone();
    forged[new String(zip, StandardCharsets.ISO_8859_1).indexOf("content")] = 'C';

    assertThrows(BadArchiveException.class, () -> reader.ofZip(forged));
    assertArrayEquals(CONTENT, file(zip, "lib/x.jar").content());
  }

  @Test
  void anEntryThatBecameDamagedIsFoundWhereverItIs() throws Exception {
    byte[] zip = handlers().driver("A").driver("B").zip();
    reader.ofZip(zip);

    for (int at = 0; at < zip.length; at++) {
      byte[] changed = zip.clone();
      changed[at] ^= 0x55;

      assertEquals(
          describe(new ArchiveReader(ArchiveLimits.DEFAULT), changed), describe(reader, changed));
    }
  }

  private static String describe(ArchiveReader reader, byte[] zip) {
    StringBuilder text = new StringBuilder();
    try {
      HandlerArchive archive = reader.ofZip(zip);
      archive
          .files()
          .forEach(
              file ->
                  text.append(file.path())
                      .append(new String(file.content(), StandardCharsets.ISO_8859_1)));
      text.append(archive.refused());
    } catch (BadArchiveException e) {
      text.append(e.getMessage());
    }
    return text.toString();
  }

  private static byte[] stored() throws IOException {
    CRC32 crc = new CRC32();
    crc.update(CONTENT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry("lib/x.jar");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(CONTENT.length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(CONTENT);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }
}
