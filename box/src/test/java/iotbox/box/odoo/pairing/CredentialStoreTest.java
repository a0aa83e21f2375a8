package iotbox.box.odoo.pairing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialStoreTest {
  private static final Pairing PAIRING = new Pairing("https://h", "tok", null, "code", "dä\"b");

  @TempDir Path folder;
  private Path file;
  private CredentialStore store;

  @BeforeEach
  void open() {
    file = folder.resolve("credentials.json");
    store = new CredentialStore(folder);
  }

  @Test
  void givesBackWhatWasStored() throws Exception {
    assertEquals(Optional.empty(), store.load());
    store.save(PAIRING);
    assertEquals(Optional.of(PAIRING), store.load());
    Pairing other = new Pairing("https://other", "x", "uuid", null, null);
    store.save(other);
    assertEquals(Optional.of(other), store.load());
    assertEquals(List.of("credentials.json"), names());
    store.clear();
    assertEquals(Optional.empty(), store.load());
    store.clear();
  }

  @Test
  void makesTheFolderIfNeeded() throws Exception {
    CredentialStore deep = new CredentialStore(folder.resolve("a/b"));
    deep.save(PAIRING);
    assertEquals(Optional.of(PAIRING), deep.load());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void letsOnlyTheOwnerRead() throws Exception {
    // What an interrupted write left must not lend its permissions.
    Files.writeString(folder.resolve("credentials.json.new"), "half");
    store.save(PAIRING);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(List.of("credentials.json"), names());
  }

  @Test
  void keepsTheOldOneIfTheNewOneCannotBeWritten() throws Exception {
    store.save(PAIRING);
    // A folder in the place of the temporary file, with something in it, cannot be replaced.
    Files.createDirectories(folder.resolve("credentials.json.new/x"));
    assertThrows(
        IOException.class, () -> store.save(new Pairing("https://b", "t", null, null, null)));
    assertEquals(Optional.of(PAIRING), store.load());
  }

  @Test
  void ignoresAWriteThatAPowerCutEnded() throws Exception {
    store.save(PAIRING);
    Files.writeString(folder.resolve("credentials.json.new"), "{\"url\":\"https://b");
    assertEquals(Optional.of(PAIRING), store.load());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"url\":\"https://h\",\"tok",
        "[]",
        "{\"url\":\"https://h\"}",
        "{\"url\":\"ftp://h\",\"token\":\"t\"}",
        "{\"url\":5,\"token\":\"t\"}",
        "{\"url\":\"https://h\",\"token\":\"t\"} more",
      })
  void isUnpairedAndKeepsTheFileAsideWhenItIsDamaged(String content) throws Exception {
    Files.writeString(file, content);
    assertEquals(Optional.empty(), store.load());
    assertFalse(Files.exists(file));
    assertEquals(content, Files.readString(folder.resolve("credentials.json.bad-1")));
    assertEquals(Optional.empty(), store.load());
    store.save(PAIRING);
    assertEquals(Optional.of(PAIRING), store.load());
  }

  @Test
  void keepsSeveralDamagedFiles() throws Exception {
    Files.writeString(file, "one");
    store.load();
    Files.writeString(file, "two");
    store.load();
    assertEquals("one", Files.readString(folder.resolve("credentials.json.bad-1")));
    assertEquals("two", Files.readString(folder.resolve("credentials.json.bad-2")));
  }

  @Test
  void isUnpairedWhenTheFileCannotBeRead() throws Exception {
    Files.createDirectory(file);
    assertEquals(Optional.empty(), store.load());
    assertTrue(Files.isDirectory(folder.resolve("credentials.json.bad-1")));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
