package iotbox.loader;

import static iotbox.loader.TestArchive.handlers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Archives that are made to hurt: each costs a bounded time and a bounded amount of memory. */
class HostileArchiveTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final long MUCH = 400L << 20;

  private final BuiltinHandlers builtins = BuiltinHandlers.none();
  private final HandlerRegistry registry = new HandlerRegistry(builtins.handlers());
  private final HandlerLoader loader =
      new HandlerLoader(registry, builtins, Programs.VISIBLE, Platform.LINUX);

  private static String fault(byte[] zip) {
    return assertThrows(BadArchiveException.class, () -> HandlerArchive.ofZip(zip)).getMessage();
  }

  /** What the calling thread allocated, garbage included. */
  private static void bounded(Executable reading) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertTimeout(SOON, reading);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MUCH, allocated + " bytes allocated");
  }

  /** Where the directory's entries begin. */
  private static List<Integer> directory(byte[] zip) {
    List<Integer> entries = new ArrayList<>();
    for (int at = 0; at + 4 <= zip.length; at++) {
      if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 1 && zip[at + 3] == 2) {
        entries.add(at);
      }
    }
    return entries;
  }

  private static ByteBuffer little(byte[] zip) {
    return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void aSymbolicLinkIsRefused() throws Exception {
    byte[] zip = handlers().file("drivers/A.java", "/etc/passwd").driver("B").zip();
    int entry = directory(zip).get(0);
    zip[entry + 5] = 3; // Made on Unix, so the attributes are Unix's.
    little(zip).putInt(entry + 38, 0xA1FF << 16);

    HandlerArchive archive = HandlerArchive.ofZip(zip);

    assertEquals(
        "The entry is a symbolic link; send the file itself",
        archive.refused().get(0).diagnostics().get(0).message());
    assertEquals(
        List.of("drivers/B.java"), archive.files().stream().map(HandlerFile::path).toList());
  }

  @Test
  void aNameThatComesTwiceIsReportedWithTheFileThatCounts() throws Exception {
    byte[] zip = handlers().driver("A").driver("B").zip();
    for (int at = 0; at < zip.length - 14; at++) {
      if (new String(zip, at, 14, "ISO-8859-1").equals("drivers/B.java")) {
        zip[at + 8] = 'A';
      }
    }
    Handlers handlers = loader.reload("odoo", HandlerArchive.ofZip(zip)).handlers();

    assertEquals(1, handlers.status().size());
    HandlerStatus status = handlers.status().get(0);
    assertEquals("B", status.className());
    assertEquals(HandlerStatus.State.LOADED, status.state());
    assertTrue(status.diagnostics().get(0).message().startsWith("The archive has this name more"));
  }

  @Test
  void namesThatDifferByCaseOnlyAreReported() {
    Handlers handlers =
        loader
            .reload(
                "odoo",
                handlers()
                    .driver("Scale")
                    .file("drivers/SCALE.java", TestArchive.driverSource("Other", "Driver", ""))
                    .archive())
            .handlers();

    assertEquals(
        "Differs from drivers/Scale.java by upper and lower case only; rename it",
        handlers.status().get(1).diagnostics().get(0).message());
    assertEquals(2, handlers.drivers("serial").size());
  }

  @Test
  void tenThousandEntriesAreReadAndOneMoreIsTooMany() {
    TestArchive archive = handlers();
    for (int i = 0; i < 10_000; i++) {
      archive.file("drivers/f" + i + ".py", "pass");
    }
    byte[] zip = archive.zip();
    bounded(() -> assertEquals(10_000, HandlerArchive.ofZip(zip).files().size()));

    byte[] more = archive.file("drivers/more.py", "pass").zip();
    assertEquals("The zip has 10001 entries, more than 10000", fault(more));
  }

  @Test
  void aBombInManyEntriesIsRefusedAsAWhole() {
    TestArchive archive = handlers();
    for (int i = 0; i < 500; i++) {
      archive.file("drivers/bomb" + i, new byte[2 << 20]);
    }
    byte[] zip = archive.zip();

    bounded(() -> assertEquals("The zip has more than 20 files that are too large", fault(zip)));
  }

  @Test
  void entriesThatShareTheirBytesAreRefused() {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    TestArchive archive = handlers().file("f0", noise);
    for (int i = 1; i < 2000; i++) {
      archive.file("f" + i, "");
    }
    byte[] zip = archive.zip();
    List<Integer> entries = directory(zip);
    int packed = little(zip).getInt(entries.get(0) + 20);
    for (int entry : entries) {
      little(zip).putInt(entry + 20, packed).putInt(entry + 42, 0);
    }

    bounded(
        () ->
            assertEquals(
                "The zip is damaged: its entries overlap or are larger than itself", fault(zip)));
  }

  @Test
  void aSizeThatIsAClaimOnlyCostsNothing() {
    byte[] zip = handlers().file("drivers/A.py", "pass").zip();
    int entry = directory(zip).get(0);
    little(zip).putInt(entry + 24, 0x7FFF_FFFF);

    bounded(() -> assertEquals(1, HandlerArchive.ofZip(zip).files().size()));
    little(zip).putInt(entry + 20, 0x7FFF_FFFF);
    assertTrue(fault(zip).startsWith("The zip is damaged"));
  }

  @Test
  void aWrongChecksumIsADamagedZip() {
    byte[] zip = handlers().file("drivers/A.py", "pass").zip();
    zip[directory(zip).get(0) + 16] ^= 1;

    assertEquals("The zip is damaged at its entry drivers/A.py", fault(zip));
  }

  @Test
  void jarsTogetherUnpackToNoMoreThanAnArchiveMay() {
    TestArchive archive = handlers().driver("Good");
    // In a jar each: just what one file may unpack to, without being a bomb by itself.
    byte[] jar = handlers().file("data", new byte[900_000]).zip();
    for (int i = 0; i < 100; i++) {
      archive.file("lib/l" + i + ".jar", jar);
    }
    bounded(() -> loader.reload("odoo", archive.archive()));

    List<HandlerStatus> refused =
        registry.current().status().stream()
            .filter(file -> file.state() == HandlerStatus.State.FAILED)
            .toList();
    assertEquals(100 - (64 << 20) / 900_000, refused.size());
    assertEquals("data: too large", refused.get(0).diagnostics().get(0).message());
    assertEquals(1, registry.current().drivers("serial").size());
  }

  @Test
  void aZipInAZipIsAFileLikeAnyOther() throws Exception {
    byte[] inner = handlers().driver("Inner").zip();
    Handlers handlers =
        loader.reload("odoo", handlers().file("drivers/more.zip", inner).archive()).handlers();

    assertEquals(HandlerStatus.State.SKIPPED, handlers.status().get(0).state());
    assertEquals(List.of(), handlers.drivers("serial"));
  }

  @Test
  void aRefusedArchiveLeavesTheHandlersAsTheyWere() throws Exception {
    Handlers before = loader.reload("odoo", handlers().driver("A").archive()).handlers();
    byte[] next = handlers().driver("B").zip();
    next[next.length / 3] ^= 0x55;

    assertThrows(
        BadArchiveException.class, () -> loader.reload("odoo", HandlerArchive.ofZip(next)));
    assertEquals(before, registry.current());
  }
}
