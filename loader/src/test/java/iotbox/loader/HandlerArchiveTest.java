package iotbox.loader;

import static iotbox.loader.TestArchive.handlers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerArchiveTest {
  private static final ArchiveLimits SMALL = new ArchiveLimits(3, 4_000_000, 5_000_000, 10, 1000);

  private static List<String> paths(HandlerArchive archive) {
    return archive.files().stream().map(HandlerFile::path).toList();
  }

  private static String fault(byte[] zip) {
    return assertThrows(BadArchiveException.class, () -> HandlerArchive.ofZip(zip)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.java",
        "drivers/../../evil.java",
        "/etc/evil.java",
        "C:/evil.java",
        "drivers\\evil.java",
        "drivers//evil.java",
        "./evil.java",
        "drivers/..",
        "drivers/ev\u0000il.java",
        "drivers/ev\nil.java",
        "drivers/ev\u007fil.java"
      })
  void namesThatAreNoPlainPathsAreRefusedOneByOne(String name) throws Exception {
    HandlerArchive archive =
        HandlerArchive.ofZip(handlers().file(name, "x").file("drivers/Good.java", "y").zip());

    assertEquals(List.of("drivers/Good.java"), paths(archive));
    HandlerStatus refused = archive.refused().get(0);
    assertEquals(HandlerStatus.Kind.OTHER, refused.kind());
    assertEquals(HandlerStatus.State.FAILED, refused.state());
    assertTrue(refused.file().chars().noneMatch(Character::isISOControl));
    assertTrue(refused.diagnostics().get(0).message().startsWith("The name"));
  }

  @Test
  void aVeryLongNameIsRefusedAndShownShort() throws Exception {
    HandlerArchive archive = HandlerArchive.ofZip(handlers().file("a".repeat(5000), "x").zip());

    assertTrue(archive.files().isEmpty());
    assertTrue(archive.refused().get(0).file().length() < 300);
  }

  @Test
  void directoryEntriesAreFine() throws Exception {
    byte[] zip = handlers().file("drivers/", "").file("drivers/A.java", "a").zip();

    assertEquals(List.of("drivers/A.java"), paths(HandlerArchive.ofZip(zip)));
  }

  @Test
  void ofTwoEntriesWithOneNameTheLaterWins() throws Exception {
    // The same length, so that the name in the bytes can be changed.
    byte[] zip = handlers().file("drivers/A.java", "first").file("drivers/B.java", "second").zip();
    replace(zip, "drivers/B.java", "drivers/A.java");

    HandlerArchive archive = HandlerArchive.ofZip(zip);

    assertEquals(List.of("drivers/A.java"), paths(archive));
    assertEquals("second", new String(archive.files().get(0).content(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>502 Bad Gateway</html>", "{\"error\": 1}", "PK"})
  void whatIsNotAZipSaysSo(String text) {
    assertEquals("This is not a zip", fault(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aZipCutAnywhereIsNeverTakenForAWholeOne() throws Exception {
    byte[] zip = handlers().driver("A").driver("B").zip();

    for (int length = 0; length < zip.length; length++) {
      byte[] cut = Arrays.copyOf(zip, length);
      assertThrows(BadArchiveException.class, () -> HandlerArchive.ofZip(cut), "cut at " + length);
    }
    assertEquals(
        "The zip is truncated: its end is missing", fault(Arrays.copyOf(zip, zip.length / 2)));
  }

  @Test
  void aChangedByteEndsInASentenceOrInTheSameFilesAndNeverInAnotherException() throws Exception {
    byte[] zip = handlers().driver("A").file("drivers/B.py", "pass").zip();
    Random random = new Random(42);

    for (int i = 0; i < 5000; i++) {
      byte[] changed = zip.clone();
      changed[random.nextInt(zip.length)] = (byte) random.nextInt();
      changed[random.nextInt(zip.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        HandlerArchive.ofZip(changed);
      } catch (BadArchiveException e) {
        assertTrue(e.getMessage().length() > 5);
      }
    }
  }

  @Test
  void bytesBeforeAndAfterTheZipDoNotMatter() throws Exception {
    byte[] zip = handlers().driver("A").zip();
    ByteArrayOutputStream padded = new ByteArrayOutputStream();
    padded.write("leading noise".getBytes(StandardCharsets.UTF_8));
    padded.write(zip);
    padded.write("trailing".getBytes(StandardCharsets.UTF_8));

    assertEquals(List.of("drivers/A.java"), paths(HandlerArchive.ofZip(padded.toByteArray())));
  }

  @Test
  void storedEntriesAndEntriesOfUnknownSizeAreRead() throws Exception {
    byte[] content = "stored".getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(content);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry("lib/x.jar");
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
    }

    assertArrayEquals(content, HandlerArchive.ofZip(bytes.toByteArray()).files().get(0).content());
  }

  @Test
  void emptyFilesAreFiles() throws Exception {
    HandlerArchive archive =
        HandlerArchive.ofZip(handlers().file("drivers/__init__.py", "").driver("A").zip());

    assertEquals(List.of("drivers/__init__.py", "drivers/A.java"), paths(archive));
  }

  @Test
  void tooManyEntriesAreTooMany() {
    byte[] zip = handlers().file("a", "").file("b", "").file("c", "").file("d", "").zip();

    assertEquals(
        "The zip has 4 entries, more than 3",
        assertThrows(BadArchiveException.class, () -> new ArchiveReader(SMALL).ofZip(zip))
            .getMessage());
  }

  @Test
  void aBombIsRefusedAndTheOthersAreRead() throws Exception {
    byte[] zip = handlers().file("bomb", new byte[3_000_000]).file("good.py", "x").zip();

    HandlerArchive archive = new ArchiveReader(SMALL).ofZip(zip);

    assertEquals(List.of("good.py"), paths(archive));
    assertTrue(
        archive.refused().get(0).diagnostics().get(0).message().contains("times its packed size"));
  }

  @Test
  void aZipThatIsTooLargeAsAWholeIsRefusedAsAWhole() {
    byte[] noise = new byte[2_000_000];
    new Random(1).nextBytes(noise);
    byte[] zip = handlers().file("a", noise).file("b", noise).file("c", noise).zip();

    assertEquals(
        "The zip unpacks to more than 5000000 bytes",
        assertThrows(BadArchiveException.class, () -> new ArchiveReader(SMALL).ofZip(zip))
            .getMessage());
  }

  @Test
  void aMonstrousSourceIsRefused() throws Exception {
    HandlerArchive archive =
        new ArchiveReader(SMALL).ofZip(handlers().file("drivers/A.java", " ".repeat(1001)).zip());

    assertEquals(
        "The source is larger than 1000 bytes",
        archive.refused().get(0).diagnostics().get(0).message());
  }

  @Test
  void anEncryptedEntryIsRefused() throws Exception {
    byte[] zip = handlers().file("drivers/A.java", "x").zip();
    int directory = indexOf(zip, new byte[] {'P', 'K', 1, 2});
    zip[directory + 8] |= 1;

    assertEquals(
        "The entry is encrypted",
        HandlerArchive.ofZip(zip).refused().get(0).diagnostics().get(0).message());
  }

  @Test
  void namesThatAreNotUtf8AreReadByteByByte() throws Exception {
    byte[] zip = handlers().file("drivers/Waage_x.py", "x").zip();
    replace(
        zip, "Waage_x", new String(new byte[] {'W', 'a', 'a', 'g', 'e', '_'}, "US-ASCII") + "é");

    assertEquals(List.of("drivers/Waage_é.py"), paths(HandlerArchive.ofZip(zip)));
  }

  @Test
  void anEmptyZipIsAnEmptyArchive() throws Exception {
    assertTrue(HandlerArchive.ofZip(handlers().zip()).files().isEmpty());
    assertTrue(HandlerArchive.empty().files().isEmpty());
  }

  @Test
  void aModuleFolderIsReadAsTheServerWould(@TempDir Path module) throws IOException {
    Path drivers = Files.createDirectories(module.resolve("iot_handlers/drivers"));
    Files.writeString(drivers.resolve("A.java"), "a");
    Files.writeString(drivers.resolve(".A.java.swp"), "no");
    Files.writeString(drivers.resolve("_Draft.java"), "no");
    Files.writeString(module.resolve("iot_handlers/README.md"), "no");
    Files.createDirectories(drivers.resolve("deeper"));
    Files.writeString(drivers.resolve("deeper/B.java"), "no");
    Files.createDirectories(module.resolve("iot_handlers/__pycache__"));
    Files.writeString(module.resolve("iot_handlers/__pycache__/C.java"), "no");

    assertEquals(
        List.of("drivers/A.java"),
        paths(new ArchiveReader(ArchiveLimits.DEFAULT).ofFolder(module)));
    assertEquals(
        List.of("drivers/A.java"),
        paths(new ArchiveReader(ArchiveLimits.DEFAULT).ofFolder(module.resolve("iot_handlers"))));
  }

  @Test
  void aFolderWithoutHandlersSaysWhichFolderToGive(@TempDir Path folder) {
    String message =
        assertThrows(
                IOException.class, () -> new ArchiveReader(ArchiveLimits.DEFAULT).ofFolder(folder))
            .getMessage();

    assertTrue(message.contains("no iot_handlers folder"), message);
    assertThrows(
        IOException.class,
        () -> new ArchiveReader(ArchiveLimits.DEFAULT).ofFolder(folder.resolve("absent")));
  }

  private static void replace(byte[] bytes, String from, String to) {
    byte[] old = from.getBytes(StandardCharsets.ISO_8859_1);
    byte[] replacement = to.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = indexOf(bytes, old); at >= 0; at = indexOf(bytes, old)) {
      System.arraycopy(replacement, 0, bytes, at, old.length);
    }
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
