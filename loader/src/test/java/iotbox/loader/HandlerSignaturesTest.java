package iotbox.loader;

import static iotbox.loader.FileStatuses.message;
import static iotbox.loader.FileStatuses.status;
import static iotbox.loader.TestArchive.driverSource;
import static iotbox.loader.TestArchive.handlers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.loader.HandlerStatus.Kind;
import iotbox.loader.HandlerStatus.State;
import iotbox.loader.signature.Manifest;
import iotbox.loader.signature.SignatureFile;
import iotbox.loader.signature.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which handlers run where signed ones are wanted, and what is said of the others. */
class HandlerSignaturesTest {
  private static final String SIGNATURE = "lib/shop.signature";
  private static final String A = "drivers/A.java";
  private static final String B = "drivers/B.java";

  private static final SigningKey KEY = SigningKey.generate();
  private static final SigningKey OTHER_KEY = SigningKey.generate();
  private static final SigningKey STRANGER = SigningKey.generate();

  private final BuiltinHandlers builtins = BuiltinHandlers.none();
  private final HandlerRegistry registry = new HandlerRegistry(builtins.handlers());
  private final HandlerLoader loader =
      new HandlerLoader(
          registry,
          () -> builtins,
          Programs.VISIBLE,
          Platform.LINUX,
          ArchiveLimits.DEFAULT,
          HandlerSignatures.by(List.of(KEY.publicKey(), OTHER_KEY.publicKey())),
          HandlerCompiler.automatic(),
          Runnable::run);

  /** The archive with a signature of all that is in it now. */
  private static TestArchive signed(TestArchive archive) {
    return signed(archive, SIGNATURE, KEY);
  }

  private static TestArchive signed(TestArchive archive, String path, SigningKey key) {
    TreeMap<String, String> hashes = new TreeMap<>();
    archive.archive().files().stream()
        .filter(file -> !HandlerSignatures.isSignature(file.path()))
        .forEach(file -> hashes.put(file.path(), Manifest.hash(file.content())));
    Manifest manifest = new Manifest("shop", Instant.parse("2026-11-26T08:00:00Z"), hashes);
    return archive.file(path, SignatureFile.write(manifest, key));
  }

  private static TestArchive two() {
    return handlers().driver("A").driver("B");
  }

  private Handlers reload(TestArchive archive) {
    return loader.reload("odoo", archive.archive()).handlers();
  }

  private static void assertRefused(Handlers handlers, String file, String why) {
    HandlerStatus status = status(handlers, file);
    assertEquals(State.FAILED, status.state(), status.toString());
    assertTrue(status.diagnostics().get(0).message().startsWith(why), status.toString());
  }

  private static List<String> drivers(Handlers handlers) {
    return handlers.drivers().stream().map(DriverType::className).sorted().toList();
  }

  private static HandlerSet set(Handlers handlers, String driver) {
    return handlers.sets().stream()
        .filter(set -> set.drivers().stream().anyMatch(type -> type.className().equals(driver)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void signedHandlersWork() {
    Handlers handlers = reload(signed(two()));
    assertEquals(List.of("A", "B"), drivers(handlers));
    assertEquals(State.LOADED, status(handlers, A).state());
    HandlerStatus signature = status(handlers, SIGNATURE);
    assertEquals(State.SKIPPED, signature.state());
    assertEquals(Kind.OTHER, signature.kind());
    assertEquals(
        "A signature that is right, of 2 files of shop, made at 2026-11-26T08:00:00Z",
        signature.diagnostics().get(0).message());
  }

  @Test
  void unsignedHandlersAreRefusedEachByName() {
    LoadReport report = loader.reload("odoo", two().archive());
    Handlers handlers = report.handlers();
    assertEquals(List.of(), drivers(handlers));
    assertRefused(handlers, A, "Not signed by anybody whom this box trusts");
    assertRefused(handlers, B, "Not signed by anybody whom this box trusts");
    assertEquals("A", status(handlers, A).className());
    assertEquals(2, assertInstanceOf(LoadReport.Changed.class, report).failed());
    assertEquals(0, ((LoadReport.Changed) report).compiled());
  }

  @Test
  void anAlteredFileIsRefusedAndTheModuleStaysAsItWas() {
    Handlers before = reload(signed(two()));
    Handlers after = reload(signed(two()).file(A, driverSource("A", "Driver", "int altered;\n")));
    assertRefused(after, A, "Altered since it was signed (lib/shop.signature)");
    assertRefused(after, B, "Signed, but its module is not as it was signed (lib/shop.signature)");
    assertRefused(
        after, SIGNATURE, "What is there is not what was signed: drivers/A.java is another");
    assertEquals("A", status(after, A).running().className());
    assertEquals("B", status(after, B).running().className());
    assertSame(set(before, "A"), set(after, "A"));
    assertSame(set(before, "B"), set(after, "B"));
    assertEquals(before.generation(), after.generation());
  }

  @Test
  void aSignedVersionTakesThePlaceOfTheOneThatWasKept() {
    Handlers before = reload(signed(two()));
    reload(signed(two()).file(A, driverSource("A", "Driver", "int altered;\n")));
    Handlers after = reload(signed(two().file(A, driverSource("A", "Driver", "int better;\n"))));
    assertEquals(State.LOADED, status(after, A).state());
    assertNull(status(after, A).running());
    assertNotSame(set(before, "A"), set(after, "A"));
    assertSame(set(before, "B"), set(after, "B"));
  }

  @Test
  void anEarlierSignedVersionIsAsGoodAsThePresentOne() {
    TestArchive first = signed(two());
    reload(first);
    reload(signed(two().file(A, driverSource("A", "Driver", "int better;\n"))));
    assertEquals(State.LOADED, status(reload(first), A).state());
  }

  @Test
  void aFileThatWasTakenOutIsNamedAndKept() {
    Handlers before = reload(signed(two()));
    Handlers after = reload(signed(two()).without(A));
    assertRefused(after, A, "Missing: lib/shop.signature names this file");
    assertEquals(Kind.DRIVER, status(after, A).kind());
    assertRefused(after, B, "Signed, but its module is not as it was signed");
    assertTrue(message(after, B).endsWith("drivers/A.java is missing"), message(after, B));
    assertEquals(Set.copyOf(before.sets()), Set.copyOf(after.sets()));
  }

  @Test
  void atTheFirstStartAModuleThatIsNotWholeIsNotStarted() {
    Handlers handlers = reload(signed(two()).without(A));
    assertEquals(List.of(), drivers(handlers));
    assertRefused(handlers, A, "Missing");
  }

  @Test
  void aFileThatWasAddedIsRefusedAloneAndTouchesNoOther() {
    Handlers before = reload(signed(two()));
    // It declares what A is, and names B: a word is enough to make a group of files.
    Handlers after =
        reload(
            signed(two())
                .file(
                    "drivers/Evil.java",
                    "public class Evil { B b; }\nclass A { }\nclass Driver { }"));
    assertRefused(after, "drivers/Evil.java", "Not signed");
    assertEquals(State.LOADED, status(after, A).state());
    assertEquals(before.sets(), after.sets());
  }

  @Test
  void aSignatureThatWasTakenOutLeavesNothingSigned() {
    Handlers before = reload(signed(two()));
    Handlers after = reload(two());
    assertRefused(after, A, "Not signed");
    assertEquals(before.sets(), after.sets());
  }

  @Test
  void aKeyThatIsNotTrustedCountsForNothing() {
    Handlers handlers = reload(signed(two(), SIGNATURE, STRANGER));
    assertEquals(List.of(), drivers(handlers));
    assertRefused(handlers, SIGNATURE, "Signed with the key " + STRANGER.publicKey().id());
    assertRefused(handlers, A, "Not signed by anybody whom this box trusts");
  }

  @Test
  void modulesOfSeveralMakersAreEachOnTheirOwn() {
    TestArchive mine = signed(handlers().driver("A"), SIGNATURE, KEY);
    TestArchive theirs = signed(handlers().driver("B"), "lib/theirs.signature", OTHER_KEY);
    TestArchive both = handlers().driver("A").driver("B").driver("C");
    for (TestArchive each : List.of(mine, theirs)) {
      each.archive().files().stream()
          .filter(file -> HandlerSignatures.isSignature(file.path()))
          .forEach(file -> both.file(file.path(), file.content()));
    }
    Handlers handlers = reload(both);
    assertEquals(List.of("A", "B"), drivers(handlers));
    assertRefused(handlers, "drivers/C.java", "Not signed");

    Handlers after = reload(both.file(B, driverSource("B", "Driver", "int altered;\n")));
    assertEquals(State.LOADED, status(after, A).state());
    assertRefused(after, B, "Altered");
    assertEquals(List.of("A", "B"), drivers(after));
  }

  @Test
  void filesOfTwoSignedVersionsAreNotMixed() {
    TestArchive old = signed(two(), "lib/old.signature", KEY);
    TestArchive mixed =
        signed(
            two()
                .file(A, driverSource("A", "Driver", "int newer;\n"))
                .file(B, driverSource("B", "Driver", "int newer;\n")));
    old.archive().files().stream()
        .filter(file -> file.path().equals(A) || file.path().equals("lib/old.signature"))
        .forEach(file -> mixed.file(file.path(), file.content()));
    Handlers handlers = reload(mixed);
    assertEquals(List.of(), drivers(handlers));
    assertEquals(State.FAILED, status(handlers, A).state());
    assertEquals(State.FAILED, status(handlers, B).state());
  }

  @Test
  void twoModulesWithAFileOfTheSameNameAreTold() throws Exception {
    byte[] zip =
        signed(two()).file("drivers/Z.java", driverSource("A", "Driver", "int other;\n")).zip();
    // Names stand in a zip as they are, contents do not.
    zip =
        new String(zip, StandardCharsets.ISO_8859_1)
            .replace("drivers/Z.java", A)
            .getBytes(StandardCharsets.ISO_8859_1);
    Handlers handlers = loader.reload("odoo", HandlerArchive.ofZip(zip)).handlers();
    assertRefused(handlers, A, "This is not the file that was signed (lib/shop.signature), but");
    assertRefused(handlers, B, "Signed, but");
  }

  @Test
  void pythonAndOtherFilesNeedNoSignature() {
    TestArchive archive = signed(two().file("drivers/p.py", "a = 1").file("lib/text.txt", "a"));
    Handlers handlers =
        reload(
            archive
                .file("drivers/p.py", "a = 2")
                .without("lib/text.txt")
                .file("drivers/stock.py", "b = 1"));
    assertEquals(List.of("A", "B"), drivers(handlers));
    assertEquals(State.SKIPPED, status(handlers, "drivers/p.py").state());
    assertEquals(State.SKIPPED, status(handlers, "drivers/stock.py").state());
  }

  @Test
  void aFileForAnotherSystemBelongsToTheModuleAllTheSame() {
    TestArchive archive = two().file("drivers/C_W.java", driverSource("C", "Driver", ""));
    Handlers whole = reload(signed(archive));
    assertEquals(List.of("A", "B"), drivers(whole));
    assertEquals(State.SKIPPED, status(whole, "drivers/C_W.java").state());
    Handlers changed =
        reload(signed(archive).file("drivers/C_W.java", driverSource("C", "Driver", "int x;\n")));
    assertEquals(State.SKIPPED, status(changed, "drivers/C_W.java").state());
    assertRefused(changed, A, "Signed, but");
  }

  @Test
  void aJarNeedsASignatureToo() throws Exception {
    TestArchive archive =
        handlers()
            .file(A, driverSource("A", "Driver", "int n = lib.Lib.n();\n"))
            .file("lib/lib.jar", Jars.withClass("lib.Lib", "public static int n() { return 1; }"));
    Handlers handlers = reload(archive);
    assertRefused(handlers, "lib/lib.jar", "Not signed");
    assertEquals(Kind.LIBRARY, status(handlers, "lib/lib.jar").kind());
    assertEquals(List.of(), drivers(handlers));

    Handlers signed = reload(signed(archive));
    assertEquals(State.LOADED, status(signed, "lib/lib.jar").state());
    assertEquals(List.of("A"), drivers(signed));

    byte[] evil = Jars.withClass("lib.Lib", "public static int n() { return 2; }");
    Handlers altered = reload(signed(archive).file("lib/lib.jar", evil));
    assertRefused(altered, "lib/lib.jar", "Altered since it was signed");
    assertEquals(
        "The earlier version of this file stays in use until it is repaired",
        status(altered, "lib/lib.jar").diagnostics().get(1).message());
    assertEquals(signed.sets(), altered.sets());

    Handlers gone = reload(signed(archive).without("lib/lib.jar"));
    assertRefused(gone, "lib/lib.jar", "Missing");
    assertEquals(signed.sets(), gone.sets());
  }

  @Test
  void aJarThatIsKeptKeepsItsPlaceSoThatOthersAreNotReloaded() throws Exception {
    byte[] first = Jars.withClass("lib.Lib", "public static int n() { return 1; }");
    byte[] second = Jars.withClass("lib.Other", "");
    TestArchive theirs =
        signed(handlers().driver("B").file("lib/z.jar", second), "lib/theirs.signature", OTHER_KEY);
    TestArchive all = signed(handlers().driver("A").file("lib/a.jar", first));
    theirs.archive().files().forEach(file -> all.file(file.path(), file.content()));
    Handlers before = reload(all);
    assertEquals(List.of("A", "B"), drivers(before));

    Handlers altered = reload(all.file("lib/a.jar", second));
    assertRefused(altered, "lib/a.jar", "Altered since it was signed");
    assertEquals(before.sets(), altered.sets());

    Handlers missing = reload(all.without("lib/a.jar"));
    assertRefused(missing, "lib/a.jar", "Missing");
    assertEquals(before.sets(), missing.sets());
  }

  @Test
  void aSignedHandlerDoesNotGetTheJarOfAStranger() throws Exception {
    TestArchive archive =
        signed(handlers().file(A, driverSource("A", "Driver", "int n = lib.Lib.n();\n")));
    Handlers handlers =
        reload(
            archive.file(
                "lib/lib.jar", Jars.withClass("lib.Lib", "public static int n() { return 1; }")));
    assertRefused(handlers, "lib/lib.jar", "Not signed");
    assertEquals(State.FAILED, status(handlers, A).state());
  }

  @Test
  void flatFilesOfOdoo13AreSignedBesideThem() {
    Handlers handlers =
        reload(
            signed(
                handlers().file("A.java", driverSource("A", "Driver", "")), "shop.signature", KEY));
    assertEquals(List.of("A"), drivers(handlers));
  }

  @Test
  void lineEndsThatGitChangedAreNamed() {
    String source = driverSource("A", "Driver", "");
    TestArchive unix = signed(handlers().file(A, source));
    Handlers handlers = reload(unix.file(A, source.replace("\n", "\r\n")));
    assertRefused(handlers, A, "Only the line ends differ");
    TestArchive windows = signed(handlers().file(A, source.replace("\n", "\r\n")));
    assertRefused(reload(windows.file(A, source)), A, "Only the line ends differ");
  }

  @Test
  void namesThatDifferByCaseOrAccentsOnlyAreNamed() {
    TestArchive archive = signed(handlers().driver("A").file("drivers/\u00c4.java", ""));
    Handlers handlers =
        reload(
            archive
                .without(A)
                .file("Drivers/a.java", driverSource("A", "Driver", ""))
                .without("drivers/\u00c4.java")
                .file("drivers/A\u0308.java", ""));
    assertRefused(
        handlers, "Drivers/a.java", "Not signed: lib/shop.signature names drivers/A.java, ");
    assertRefused(
        handlers,
        "drivers/A\u0308.java",
        "Not signed: lib/shop.signature names drivers/\u00c4.java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"drivers/shop.signature", "lib/shop.sig", "interfaces/x.signature"})
  void aSignatureElsewhereIsNone(String path) {
    Handlers handlers = reload(signed(two(), path, KEY));
    assertRefused(handlers, A, "Not signed");
    assertEquals("Not a handler, ignored", message(handlers, path));
  }

  @Test
  void signaturesWithoutNumberAreNotChecked() {
    TestArchive archive = two();
    for (int i = 0; i < 250; i++) {
      archive.file(String.format("lib/%03d.signature", i), "iotbox handler signature 1\n");
    }
    Handlers handlers = reload(archive);
    assertRefused(handlers, "lib/249.signature", "The archive has more than 200 signatures");
  }

  @Test
  void eachSourceNeedsItsOwnSignature() {
    reload(signed(handlers().driver("A")));
    Handlers handlers = loader.reload("/folder", handlers().driver("B").archive()).handlers();
    assertRefused(handlers, B, "Not signed");
    assertEquals(List.of("A"), drivers(handlers));
    // The signature of the one source says nothing of the other's files.
    handlers = loader.reload("/folder", handlers().driver("A").driver("B").archive()).handlers();
    assertRefused(handlers, A, "Not signed");
    handlers =
        loader
            .reload("/folder", signed(handlers().driver("B"), "lib/b.signature", KEY).archive())
            .handlers();
    assertEquals(List.of("A", "B"), drivers(handlers));
  }

  @Test
  void whereNothingMustBeSignedSignaturesAreNotLookedAt() {
    HandlerLoader any = new HandlerLoader(registry, builtins, Programs.VISIBLE, Platform.LINUX);
    TestArchive archive =
        signed(two(), SIGNATURE, STRANGER).file(A, driverSource("A", "Driver", "int x;"));
    Handlers handlers = any.reload("odoo", archive.archive()).handlers();
    assertEquals(List.of("A", "B"), drivers(handlers));
    assertEquals(
        "A signature; this box takes handlers without looking at it", message(handlers, SIGNATURE));
  }

  @Test
  void theSameArchiveTwiceChangesNothing() {
    TestArchive archive = signed(two()).file("drivers/Evil.java", "class Evil {}");
    reload(archive);
    assertInstanceOf(LoadReport.Unchanged.class, loader.reload("odoo", archive.archive()));
  }
}
