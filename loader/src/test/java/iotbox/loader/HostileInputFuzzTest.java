package iotbox.loader;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever Odoo, a proxy or a thief sends: it is read or refused with a sentence, and good handlers
 * run on. 2,000 cases each; 100,000 with the profile {@code fuzz}.
 */
class HostileInputFuzzTest {
  private static final ArchiveLimits LIMITS = new ArchiveLimits(50, 1 << 16, 1 << 18, 200, 1 << 15);
  private static final String[] NAMES = {
    "drivers/A.java",
    "drivers/a.java",
    "lib/x.jar",
    "../up",
    "/root",
    "C:\\x",
    "a\u0000b",
    "",
    "drivers/",
    "drivers/B.py",
    "B.java",
    "drivers/\u00fc.java",
    "x".repeat(300)
  };
  private static final String[] SOURCES = {
    TestArchive.driverSource("Plain", "Driver", "int a = 1; void f() { a++; }\n"),
    TestArchive.driverSource(
        "Child", "Plain", "@Action(\"x\") public Object x() { return \"\"; }\n"),
    TestArchive.driverSource("Modern", "Driver", "Runnable r = () -> { var x = 1; };\n"),
    TestArchive.interfaceSource("Net", "record R(int a) {}\n")
  };
  private static final String[] WORDS = {
    "{",
    "}",
    "(",
    ")",
    ";",
    "<",
    "\"",
    "'",
    "/*",
    "*/",
    "//",
    "\\u0022",
    "class",
    "enum",
    "record",
    "@",
    "static",
    "package java.lang;",
    "import",
    "extends",
    "switch",
    "try",
    "0x",
    "1e999",
    "\0",
    "\uFEFF",
    "\uD800",
    "sealed",
    "->",
    "::",
    "Plain",
    "this",
    "abstract",
    "?",
    "[]",
    "int"
  };

  private final BuiltinHandlers builtins = BuiltinHandlers.none();
  private final HandlerRegistry registry = new HandlerRegistry(builtins.handlers());
  private final HandlerLoader loader =
      new HandlerLoader(registry, builtins, Programs.VISIBLE, Platform.LINUX);

  @Property(shrinking = ShrinkingMode.OFF)
  void archivesAreReadOrRefusedWithASentence(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] zip = damaged(archive(random), random);
    try {
      HandlerArchive archive = new ArchiveReader(LIMITS).ofZip(zip);
      long total = 0;
      for (HandlerFile file : archive.files()) {
        assertNull(EntryNames.fault(file.path()));
        total += file.content().length;
      }
      assertTrue(total <= LIMITS.totalBytes());
      assertTrue(archive.refused().stream().noneMatch(file -> file.diagnostics().isEmpty()));
    } catch (BadArchiveException e) {
      assertTrue(e.getMessage().startsWith("Th"), e.getMessage());
    }
  }

  @Property(shrinking = ShrinkingMode.OFF)
  void goodHandlersRunWhateverComesAlong(@ForAll long seed) {
    Random random = new Random(seed);
    loader.reload("odoo", TestArchive.handlers().driver("Good").archive());
    TestArchive archive = TestArchive.handlers().driver("Good");
    for (int i = random.nextInt(3); i >= 0; i--) {
      byte[] content =
          random.nextInt(4) == 0 ? bytes(random) : mutated(random).getBytes(StandardCharsets.UTF_8);
      String folder = random.nextBoolean() ? "drivers/" : "";
      archive.file(folder + "F" + i + (random.nextInt(9) == 0 ? ".jar" : ".java"), content);
    }
    boolean whole = random.nextInt(5) != 0;
    byte[] zip = whole ? archive.zip() : damaged(archive.zip(), random);
    try {
      loader.reload("odoo", HandlerArchive.ofZip(zip));
    } catch (BadArchiveException e) {
      assertFalse(e.getMessage().isBlank());
      return;
    }
    Handlers now = registry.current();
    for (HandlerStatus file : now.status()) {
      assertTrue(
          file.state() != HandlerStatus.State.FAILED || !file.diagnostics().isEmpty(),
          file.toString());
    }
    // A file that declares what Good refers to may be its new base, so the earlier Good runs on.
    assertTrue(
        !whole
            || now.drivers("serial").stream().anyMatch(driver -> driver.className().equals("Good")),
        now.status().toString());
  }

  private static byte[] archive(Random random) {
    TestArchive archive = TestArchive.handlers();
    for (int i = random.nextInt(6); i > 0; i--) {
      byte[] content = random.nextInt(8) == 0 ? new byte[random.nextInt(1 << 20)] : bytes(random);
      archive.file(NAMES[random.nextInt(NAMES.length)], content);
    }
    return archive.zip();
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(byte[] zip, Random random) {
    byte[] changed = zip.clone();
    for (int i = random.nextInt(6); i > 0 && changed.length > 0; i--) {
      // Most of what matters is in the directory at the end.
      int from = random.nextBoolean() ? 0 : Math.max(0, changed.length - 200);
      int at = from + random.nextInt(changed.length - from);
      changed[at] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(2) - 1);
    }
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(changed, random.nextInt(changed.length + 1));
      case 1 -> Arrays.copyOf(changed, changed.length + random.nextInt(100));
      default -> changed;
    };
  }

  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(SOURCES[random.nextInt(SOURCES.length)]);
    for (int i = random.nextInt(5); i > 0; i--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(8));
      switch (random.nextInt(3)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, " " + WORDS[random.nextInt(WORDS.length)] + " ");
        default -> text.insert(at, text.substring(at, end));
      }
      if (text.length() == 0) {
        return "";
      }
    }
    return text.toString();
  }
}
