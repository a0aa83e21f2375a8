package iotbox.loader;

import static iotbox.loader.TestArchive.driverSource;
import static iotbox.loader.TestArchive.handlers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.loader.HandlerStatus.Compiler;
import iotbox.loader.HandlerStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassCacheTest {
  private static final String LAMBDA = "final Runnable nothing = () -> {};\n";

  @TempDir private Path data;

  private Path folder() {
    return data.resolve("classes");
  }

  /** A box that starts with an empty memory and what is on disk. */
  private LoadReport.Changed start(TestArchive archive) {
    return start(archive, HandlerCompiler.automatic());
  }

  private LoadReport.Changed start(TestArchive archive, HandlerCompiler compiler) {
    BuiltinHandlers none = BuiltinHandlers.none();
    HandlerLoader loader =
        new HandlerLoader(
            new HandlerRegistry(none.handlers()),
            none,
            Programs.VISIBLE,
            Platform.LINUX,
            compiler.with(ClassCache.in(folder(), Runnable::run)));
    return assertInstanceOf(
        LoadReport.Changed.class, loader.reload("odoo", archive.archive()), "nothing was loaded");
  }

  private static TestArchive simpleAndModern() {
    return handlers().driver("A").file("drivers/B.java", driverSource("B", "Driver", LAMBDA));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.toList();
    }
  }

  /** What it says of the files, but for the time of this start. */
  private static List<HandlerStatus> timeless(LoadReport report) {
    return report.handlers().status().stream().map(file -> file.since(null)).toList();
  }

  @Test
  void anUnchangedStartCompilesNothingAndTellsWhoDid() {
    LoadReport.Changed first = start(simpleAndModern());
    LoadReport.Changed second = start(simpleAndModern());

    assertEquals(2, first.compiled());
    assertEquals(0, second.compiled());
    assertEquals(timeless(first), timeless(second));
    assertEquals(
        List.of(Compiler.JANINO, Compiler.ECJ),
        second.handlers().status().stream().map(HandlerStatus::compiler).toList());
  }

  @Test
  void keptClassesRun() throws Exception {
    TestArchive archive = simpleAndModern();
    start(archive);

    for (DriverType driver : start(archive).handlers().drivers("serial")) {
      var made =
          driver
              .type()
              .getConstructor(String.class, iotbox.handler.Device.class)
              .newInstance("id", iotbox.handler.Device.of(Map.of()));
      assertEquals("id", made.identifier());
    }
  }

  @Test
  void onlyAChangedGroupIsCompiled() {
    start(handlers().driver("A").driver("B").driver("C"));

    LoadReport.Changed report =
        start(
            handlers()
                .driver("A")
                .driver("C")
                .file("drivers/B.java", driverSource("B", "Driver", "int more;\n")));

    assertEquals(1, report.compiled());
    assertEquals(0, report.failed());
  }

  @Test
  void aChangedLibraryIsAnotherKey() throws Exception {
    byte[] jar = Jars.withClass("shop.Lib", "int one;");
    byte[] other = Jars.withClass("shop.Lib", "int two;");
    start(handlers().driver("A").file("lib/a.jar", jar));

    assertEquals(0, start(handlers().driver("A").file("lib/a.jar", jar)).compiled());
    assertEquals(1, start(handlers().driver("A").file("lib/a.jar", other)).compiled());
  }

  @Test
  void anotherChoiceOfCompilerIsAnotherKey() {
    start(handlers().driver("A"));

    LoadReport.Changed report = start(handlers().driver("A"), HandlerCompiler.eclipseOnly());

    assertEquals(1, report.compiled());
    assertEquals(Compiler.ECJ, report.handlers().status().get(0).compiler());
  }

  @Test
  void refusalsAreKeptWithWhatWasSaidAndSoIsTheRestOfTheirGroup() {
    TestArchive archive =
        handlers()
            .driver("Good")
            .file("drivers/Bad.java", driverSource("Bad", "Good", "int wrong = \"text\";\n"));
    LoadReport.Changed first = start(archive);
    LoadReport.Changed second = start(archive);

    assertEquals(timeless(first), timeless(second));
    assertEquals(2, first.compiled(), "both, and then the good one alone");
    assertEquals(0, second.compiled());
    HandlerStatus bad = second.handlers().status().get(1);
    assertEquals(State.FAILED, bad.state());
    assertEquals("int wrong = \"text\";", bad.diagnostics().get(0).source());
    assertTrue(bad.diagnostics().get(0).line() > 1);
    assertEquals(
        State.LOADED,
        start(archive.without("drivers/Bad.java")).handlers().status().get(0).state());
  }

  @Test
  void whatWasTooMuchForACompilerIsTriedAgain() {
    String deep = "int deep = " + "~".repeat(100_000) + "1;\n";
    TestArchive archive =
        handlers().file("drivers/Deep.java", driverSource("Deep", "Driver", deep));
    LoadReport.Changed first = start(archive);

    assertEquals(1, first.failed());
    assertEquals(first.compiled(), start(archive).compiled());
    assertTrue(first.compiled() > 0);
  }

  @Test
  void errorsOfAnotherGroupAreNotUsed() throws IOException {
    SourceFile file = SourceFile.of(new HandlerFile("drivers/A.java", new byte[0]));
    ClassCache cache = ClassCache.in(folder(), Runnable::run);
    cache.put(
        "key",
        CompiledGroup.refused(Compiler.ECJ, Map.of(file, List.of(Diagnostic.error("wrong")))));

    assertEquals(1, cache.get("key", List.of(file)).orElseThrow().errors().size());
    assertTrue(cache.get("key", List.of()).isEmpty());
  }

  @Test
  void aFileThatIsDamagedAnywhereIsMadeAgain() throws IOException {
    start(handlers().driver("A"));
    Path file = files().get(0);
    byte[] whole = Files.readAllBytes(file);

    for (int at = 0; at < whole.length; at += 37) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);

      LoadReport.Changed report = start(handlers().driver("A"));

      assertEquals(1, report.compiled(), "byte " + at);
      assertEquals(0, report.failed(), "byte " + at);
      assertTrue(Arrays.equals(whole, Files.readAllBytes(file)), "repaired, byte " + at);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 200})
  void aFileThatIsCutShortIsMadeAgain(int length) throws IOException {
    start(handlers().driver("A"));
    Path file = files().get(0);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));

    assertEquals(1, start(handlers().driver("A")).compiled());
    assertEquals(0, start(handlers().driver("A")).compiled());
  }

  @Test
  void aWholeFileUnderAnotherNameIsNotUsed() throws IOException {
    start(handlers().driver("A"));
    Path ofA = files().get(0);
    start(handlers().driver("B"));
    Path ofB = files().stream().filter(file -> !file.equals(ofA)).findFirst().orElseThrow();
    Files.write(ofB, Files.readAllBytes(ofA));

    LoadReport.Changed report = start(handlers().driver("B"));

    assertEquals(1, report.compiled());
    assertEquals(State.LOADED, report.handlers().status().get(0).state());
  }

  @Test
  void aFolderThatCannotBeMadeCostsOnlyTheCache() throws IOException {
    Files.writeString(folder(), "a file where the folder should be");

    assertEquals(0, start(handlers().driver("A")).failed());
    assertEquals(1, start(handlers().driver("A")).compiled());
  }

  @Test
  void onlyTheOwnerMayLookIn() throws IOException {
    start(handlers().driver("A"));

    assertEquals("rwx------", permissions(folder()));
    assertEquals("rw-------", permissions(files().get(0)));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void whatWasNotUsedForLongestGoesFirst() throws IOException {
    Files.createDirectories(folder());
    CompiledGroup group = CompiledGroup.of(Compiler.JANINO, Map.of("A", new byte[100]));
    ClassCache cache = new ClassCache(folder(), 3, 1 << 20, Runnable::run);
    Instant now = Instant.now();
    for (int i = 1; i <= 4; i++) {
      Path file = Files.write(folder().resolve("old" + i), new byte[10]);
      Files.setLastModifiedTime(file, FileTime.from(now.minus(Duration.ofDays(i))));
    }

    cache.put("key", group);

    assertEquals(
        List.of("key", "old1", "old2"),
        files().stream().map(file -> file.getFileName().toString()).sorted().toList());
    assertEquals(100, cache.get("key", List.of()).orElseThrow().classes().get("A").length);
  }

  @Test
  void nothingIsKeptBeyondTheBytesAllowed() throws IOException {
    ClassCache cache = new ClassCache(folder(), 10, 1000, Runnable::run);

    cache.put("big", CompiledGroup.of(Compiler.JANINO, Map.of("A", new byte[2000])));

    assertEquals(List.of(), files());
    assertTrue(cache.get("big", List.of()).isEmpty());
  }

  @Test
  void beingUsedMakesAFileYoung() throws IOException {
    ClassCache cache = ClassCache.in(folder(), Runnable::run);
    cache.put("key", CompiledGroup.of(Compiler.ECJ, Map.of("A", new byte[10])));
    Path file = folder().resolve("key");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(30))));

    assertEquals(Compiler.ECJ, cache.get("key", List.of()).orElseThrow().compiler());

    Instant used = Files.getLastModifiedTime(file).toInstant();
    assertTrue(used.isAfter(Instant.now().minus(Duration.ofHours(1))), "used " + used);
  }

  @Test
  void anotherBuildOfTheBoxIsAnotherHost() throws IOException {
    Path jar = data.resolve("box.jar");
    Files.write(jar, Jars.withClass("shop.Lib", "int one;"));
    String one = host(jar);
    String again = host(jar);
    Files.write(jar, Jars.withClass("shop.Lib", "int two;"));
    String other = host(jar);
    Files.write(jar, new byte[] {1, 2, 3});
    String none = host(jar);

    assertEquals(one, again);
    assertNotEquals(one, other);
    assertNotEquals(other, none);
    assertNotEquals(host(data), host(Files.createDirectory(data.resolve("empty"))));
  }

  private static String host(Path entry) throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    HostFingerprint.add(fingerprint, entry);
    return fingerprint.hex();
  }
}
