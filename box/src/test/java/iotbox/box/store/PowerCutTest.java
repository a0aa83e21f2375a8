package iotbox.box.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.pairing.Pairing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is private is written so that a power cut at any byte leaves the old state or the new. */
class PowerCutTest {
  private static final Pairing OLD = new Pairing("https://old", "token-1", "u", "c", null);
  private static final Pairing NEW = new Pairing("https://new", "token-2", "v", "d", "db");

  @TempDir Path folder;

  @Test
  void aCutAtAnyByteOfTheWriteLeavesTheOldStateAndTheNextWriteWorks() throws Exception {
    CredentialStore store = new CredentialStore(folder);
    Path file = folder.resolve("credentials.json");
    store.save(NEW);
    byte[] content = Files.readAllBytes(file);
    store.save(OLD);
    for (int written = 0; written <= content.length; written++) {
      Path unfinished = folder.resolve("credentials.json.new");
      Files.write(unfinished, Arrays.copyOf(content, written));

      assertEquals(Optional.of(OLD), new CredentialStore(folder).load(), written + " bytes");
      if (written % 16 == 0) {
        store.save(NEW);
        assertFalse(Files.exists(unfinished));
        assertEquals(Optional.of(NEW), new CredentialStore(folder).load());
        store.save(OLD);
      }
    }
  }

  /** Or the name could reach the disk before the bytes do. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theBytesReachTheDiskBeforeTheNameDoesAndTheNameBeforeTheCallReturns() throws Exception {
    Path file = folder.resolve("secret");
    PrivateFile.write(file, new byte[] {1});
    Object oldIdentity = Files.getAttribute(file, "unix:ino");
    List<String> forced = forcedToDisk(() -> PrivateFile.write(file, new byte[] {2, 3}));

    assertEquals(List.of(folder + "/secret.new", folder.toString()), forced);
    assertArrayEquals(new byte[] {2, 3}, Files.readAllBytes(file));
    // The name points to another file now: the old one was never written to.
    assertFalse(oldIdentity.equals(Files.getAttribute(file, "unix:ino")));
  }

  private interface Write {
    void run() throws IOException;
  }

  /** The paths of each fsync, in order. */
  private List<String> forcedToDisk(Write write) throws IOException {
    Path events = folder.resolveSibling(folder.getFileName() + ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withoutThreshold();
      recording.start();
      write.run();
      recording.stop();
      recording.dump(events);
      List<String> forced =
          RecordingFile.readAllEvents(events).stream()
              .sorted((a, b) -> a.getStartTime().compareTo(b.getStartTime()))
              .map(event -> event.getString("path"))
              .filter(path -> path != null && path.startsWith(folder.toString()))
              .toList();
      assertTrue(Files.deleteIfExists(events));
      return forced;
    }
  }
}
