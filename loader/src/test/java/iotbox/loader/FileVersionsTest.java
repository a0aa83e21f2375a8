package iotbox.loader;

import static iotbox.loader.TestArchive.driverSource;
import static iotbox.loader.TestArchive.handlers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.loader.HandlerStatus.State;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the box tells of each version of a file: hash, text, since when. */
class FileVersionsTest {
  private static final String FILE = "drivers/A.java";
  private static final String GOOD = driverSource("A", "Driver", "");
  private static final String BROKEN = driverSource("A", "Driver", "  int a = \"b\";\n");

  private final BuiltinHandlers none = BuiltinHandlers.none();
  private final HandlerRegistry registry = new HandlerRegistry(none.handlers());
  private final HandlerLoader loader =
      new HandlerLoader(registry, none, Programs.VISIBLE, Platform.LINUX);

  private HandlerStatus load(TestArchive archive, String file) {
    loader.reload("odoo", archive.archive());
    return status(file);
  }

  private HandlerStatus load(String source) {
    return load(handlers().file(FILE, source), FILE);
  }

  private HandlerStatus status(String file) {
    return registry.current().status().stream()
        .filter(each -> each.file().equals(file))
        .findFirst()
        .orElseThrow();
  }

  private FileVersions versions(String file) {
    return registry.current().files().get(file);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String sha256(String text) throws Exception {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aLoadedFileHasItsHashItsTextAndNoOtherVersion() throws Exception {
    HandlerStatus status = load(GOOD);

    assertEquals(State.LOADED, status.state());
    assertEquals(sha256(GOOD), status.hash());
    assertEquals(Optional.of(GOOD), versions(FILE).offered().text());
    assertEquals(status.hash(), versions(FILE).offered().hash());
    assertNull(versions(FILE).running());
  }

  @Test
  void ofARefusedFileTheEarlierVersionIsThereToo() throws Exception {
    Instant loaded = load(GOOD).since();
    HandlerStatus status = load(BROKEN);

    assertEquals(State.FAILED, status.state());
    assertEquals(sha256(BROKEN), status.hash());
    assertEquals(sha256(GOOD), status.running().hash());
    assertEquals(Optional.of(BROKEN), versions(FILE).offered().text());
    assertEquals(Optional.of(GOOD), versions(FILE).running().text());
    assertFalse(status.since().isBefore(loaded));

    assertNull(load(GOOD).running());
    assertNull(versions(FILE).running());
  }

  @Test
  void theTimeIsThatOfTheVersionInItsState() throws Exception {
    Instant first = load(GOOD).since();
    Thread.sleep(2);
    assertEquals(first, load(handlers().file(FILE, GOOD).driver("B"), FILE).since());
    Instant other = status("drivers/B.java").since();
    assertTrue(other.isAfter(first), "a new file");

    Thread.sleep(2);
    Instant changed = load(handlers().file(FILE, GOOD + "\n").driver("B"), FILE).since();
    assertTrue(changed.isAfter(other), "a new version");
    assertEquals(other, status("drivers/B.java").since());

    Thread.sleep(2);
    assertTrue(load(BROKEN).since().isAfter(changed), "a new version in another state");
  }

  @Test
  void aFileThatWaitsForAnotherIsInItsStateSinceThen() throws Exception {
    TestArchive archive =
        handlers().file(FILE, GOOD).file("drivers/B.java", driverSource("B", "A", ""));
    Instant loaded = load(archive, "drivers/B.java").since();
    Thread.sleep(2);
    HandlerStatus refused = load(archive.file(FILE, BROKEN), "drivers/B.java");

    assertEquals(State.FAILED, refused.state());
    assertTrue(refused.since().isAfter(loaded), "the same bytes, but another state");
    assertEquals(refused.hash(), refused.running().hash());
  }

  @Test
  void theSameBytesReadAgainAreNoChange() {
    load(GOOD);
    HandlerFile offered = versions(FILE).offered();
    Handlers before = registry.current();

    LoadReport again = loader.reload("odoo", handlers().file(FILE, GOOD).archive());

    assertInstanceOf(LoadReport.Unchanged.class, again);
    assertSame(before, registry.current());
    assertSame(offered, versions(FILE).offered());
  }

  @Test
  void filesThatAreNotRunHaveHashesToo() throws Exception {
    TestArchive archive =
        handlers().file("drivers/print.py", "print('ä')").file("drivers/notes.txt", "one");
    HandlerStatus python = load(archive, "drivers/print.py");

    assertEquals(State.SKIPPED, python.state());
    assertEquals(sha256("print('ä')"), python.hash());
    assertEquals(Optional.of("print('ä')"), versions("drivers/print.py").offered().text());

    String before = status("drivers/notes.txt").hash();
    assertNotEquals(
        before, load(archive.file("drivers/notes.txt", "two"), "drivers/notes.txt").hash());
  }

  @Test
  void whatIsHeldBackCanBeSeen() throws Exception {
    loader.reload("odoo", handlers().file(FILE, GOOD).archive().heldBack("Not now."));

    assertEquals(sha256(GOOD), status(FILE).hash());
    assertEquals(Optional.of(GOOD), versions(FILE).offered().text());
  }

  @Test
  void aFileInLatin1IsReadAsThat() throws Exception {
    byte[] latin1 = "// größer\n".getBytes(StandardCharsets.ISO_8859_1);
    HandlerFile file = new HandlerFile(FILE, latin1);

    assertEquals(Optional.of("// größer\n"), file.text());
    assertEquals(sha256(latin1), file.hash());
  }

  @Test
  void whatIsNoTextHasNone() {
    assertEquals(
        Optional.empty(), new HandlerFile("drivers/logo.png", new byte[] {65, 0, 66}).text());
    assertEquals(Optional.empty(), new HandlerFile("lib/empty.jar", new byte[] {65}).text());
    assertEquals(
        Optional.empty(),
        new HandlerFile("drivers/long.txt", "long".repeat(1 << 20).getBytes()).text());
    assertEquals(Optional.of(""), new HandlerFile("drivers/empty.txt", new byte[0]).text());
  }

  @Test
  void whatCameWithTheBoxHasATimeAndNoBytes() {
    HandlerStatus status =
        BuiltinHandlers.builder().driver(BuiltinHandlersTest.Base.class).build().status().get(0);

    assertNull(status.hash());
    assertFalse(status.since().isAfter(Instant.now()));
  }
}
