package iotbox.box.odoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlerCacheTest {
  private static final byte[] ZIP = FakeOdoo.zip("drivers/A.java", "class A {}\n");

  @TempDir Path folder;
  private Path file;
  private HandlerCache cache;

  @BeforeEach
  void open() {
    file = folder.resolve("handlers.cache");
    cache = new HandlerCache(folder);
  }

  @Test
  void givesBackWhatWasStored() throws Exception {
    assertTrue(cache.load("key").isEmpty());
    cache.save(new HandlerCache.Entry("key", "etag", ZIP));
    HandlerCache.Entry entry = cache.load("key").orElseThrow();
    assertEquals("etag", entry.etag());
    assertArrayEquals(ZIP, entry.zip());
    cache.save(new HandlerCache.Entry("key", null, ZIP));
    assertNull(cache.load("key").orElseThrow().etag());
    cache.clear();
    assertTrue(cache.load("key").isEmpty());
  }

  @Test
  void ignoresWhatBelongsToAnother() throws Exception {
    cache.save(new HandlerCache.Entry("key", "etag", ZIP));
    assertTrue(cache.load("other").isEmpty());
    assertTrue(cache.load("key").isPresent());
  }

  @Test
  void ignoresItCutShortAtAnyByte() throws Exception {
    cache.save(new HandlerCache.Entry("key", "etag", ZIP));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertTrue(cache.load("key").isEmpty(), "cut at " + length);
    }
  }

  @Test
  void ignoresItWithAnyByteOfTheArchiveChanged() throws Exception {
    cache.save(new HandlerCache.Entry("key", "etag", ZIP));
    byte[] whole = Files.readAllBytes(file);
    for (int at = whole.length - ZIP.length; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertTrue(cache.load("key").isEmpty(), "changed at " + at);
    }
    Files.write(file, whole);
    Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
    assertTrue(cache.load("key").isEmpty());
  }

  @Test
  void ignoresAnotherFormatAndGarbage() throws Exception {
    for (String garbage :
        new String[] {"\n", "null\n", "[]\nPK", "{\"format\":2}\nPK", "x".repeat(20_000) + "\n"}) {
      Files.writeString(file, garbage, StandardCharsets.UTF_8);
      assertTrue(cache.load("key").isEmpty(), garbage.strip());
    }
  }

  @Test
  void ignoresWhatCannotBeRead() throws Exception {
    Files.createDirectory(file);
    assertTrue(cache.load("key").isEmpty());
  }
}
