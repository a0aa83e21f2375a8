package iotbox.loader;

import static iotbox.loader.FileStatuses.message;
import static iotbox.loader.FileStatuses.status;
import static iotbox.loader.TestArchive.driverSource;
import static iotbox.loader.TestArchive.handlers;
import static iotbox.loader.TestArchive.interfaceSource;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.ActionData;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.loader.HandlerStatus.Compiler;
import iotbox.loader.HandlerStatus.Kind;
import iotbox.loader.HandlerStatus.State;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HandlerLoaderTest {
  private final BuiltinHandlers builtins = BuiltinHandlers.none();
  private final HandlerRegistry registry = new HandlerRegistry(builtins.handlers());
  private final HandlerLoader loader =
      new HandlerLoader(registry, builtins, Programs.VISIBLE, Platform.LINUX);

  private Handlers reload(TestArchive archive) {
    return loader.reload("odoo", archive.archive()).handlers();
  }

  private static DriverType driver(Handlers handlers, String name) {
    return handlers.drivers("serial").stream()
        .filter(driver -> driver.className().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + handlers.status()));
  }

  private static Driver open(DriverType driver) throws Exception {
    return driver
        .type()
        .getConstructor(String.class, Device.class)
        .newInstance("id", Device.of(Map.of()));
  }

  @Test
  void aDriverInTheSimpleSubsetIsCompiledByJaninoAndWorks() throws Exception {
    Handlers handlers =
        reload(
            handlers()
                .file(
                    "drivers/Scale.java",
                    driverSource(
                        "Scale",
                        "Driver",
                        "@Action(\"read\") public Object read(ActionData data) {"
                            + " return Integer.valueOf(data.getInt(\"n\") + 1); }\n")));

    HandlerStatus status = status(handlers, "drivers/Scale.java");
    assertEquals(State.LOADED, status.state(), status.toString());
    assertEquals(Compiler.JANINO, status.compiler());
    assertEquals(Kind.DRIVER, status.kind());
    assertEquals("Scale", status.className());
    assertEquals("serial", status.connectionType());
    assertEquals(0, status.priority());
    assertEquals(List.of(), status.diagnostics());
    Driver scale = open(driver(handlers, "Scale"));
    assertEquals(6, scale.action(ActionData.of(Map.of("action", "read", "n", 5), "s")));
  }

  @Test
  void aDriverInModernJavaIsCompiledByEclipseAndWorks() throws Exception {
    Handlers handlers =
        reload(
            handlers()
                .file(
                    "drivers/Modern.java",
                    driverSource(
                            "Modern",
                            "Driver",
                            "record Weight(double kg) {}\n"
                                + "@Action(\"read\") public Object read() {"
                                + " var all = List.of(new Weight(1), new Weight(2.5));"
                                + " return all.stream().mapToDouble(Weight::kg).sum(); }\n")
                        .replace("import", "import java.util.List;\nimport")));

    assertEquals(Compiler.ECJ, status(handlers, "drivers/Modern.java").compiler());
    Driver modern = open(driver(handlers, "Modern"));
    assertEquals(3.5, modern.action(ActionData.of(Map.of("action", "read"), null)));
  }

  @Test
  void anInterfaceIsRegisteredWithAFactory() throws Exception {
    Handlers handlers = reload(handlers().file("interfaces/Net.java", interfaceSource("Net", "")));

    InterfaceType net = handlers.interfaces().get(0);
    assertEquals("Net", net.className());
    assertEquals("serial", net.connectionType());
    assertTrue(net.factory().call().getDevices().isEmpty());
    assertEquals(Kind.INTERFACE, status(handlers, "interfaces/Net.java").kind());
  }

  @Test
  void filesWithoutADirectoryAreKnownByWhatTheyDeclare() {
    Handlers handlers =
        reload(
            handlers()
                .file("Scale.java", driverSource("Scale", "Driver", ""))
                .file("Net.java", interfaceSource("Net", "")));

    assertEquals(Kind.DRIVER, status(handlers, "Scale.java").kind());
    assertEquals(Kind.INTERFACE, status(handlers, "Net.java").kind());
  }

  @Test
  void baseAndChildInTwoFilesShareAClassLoaderAndTheChildIsAskedFirst() {
    Handlers handlers =
        reload(
            handlers()
                .file(
                    "drivers/Base.java",
                    driverSource("Base", "Driver", "").replace("@Conn", "@Priority(5) @Conn"))
                .file(
                    "drivers/Child.java",
                    "import iotbox.handler.Device;\npublic class Child extends Base {"
                        + " public Child(String i, Device d) { super(i, d); } }"));

    assertEquals(
        List.of("Child", "Base"),
        handlers.drivers("serial").stream().map(DriverType::className).toList());
    assertEquals(6, driver(handlers, "Child").priority());
    assertSame(driver(handlers, "Child").type().getSuperclass(), driver(handlers, "Base").type());
    assertEquals(2, handlers.sets().size());
  }

  @Test
  void anAbstractBaseIsALibraryAndNotRegistered() {
    Handlers handlers =
        reload(
            handlers()
                .file(
                    "drivers/Base.java",
                    driverSource("Base", "Driver", "")
                        .replace("public class", "public abstract class"))
                .file("drivers/Helper.java", "public class Helper {}"));

    assertEquals(Kind.LIBRARY, status(handlers, "drivers/Base.java").kind());
    assertEquals(State.LOADED, status(handlers, "drivers/Base.java").state());
    assertEquals(Kind.LIBRARY, status(handlers, "drivers/Helper.java").kind());
    assertTrue(handlers.drivers("serial").isEmpty());
  }

  @Test
  void errorsAreShownWithLineAndColumnAndHarmNobodyElse() {
    Handlers handlers =
        reload(
            handlers()
                .driver("Good")
                .file(
                    "drivers/Bad.java",
                    driverSource(
                        "Bad", "Driver", "  int a = \"text\";\n  void f() { missing(); }\n")));

    HandlerStatus bad = status(handlers, "drivers/Bad.java");
    assertEquals(State.FAILED, bad.state());
    assertEquals(Kind.DRIVER, bad.kind());
    assertEquals("Bad", bad.className());
    assertEquals(Compiler.ECJ, bad.compiler());
    assertEquals(2, bad.diagnostics().size(), bad.toString());
    assertEquals("  int a = \"text\";", bad.diagnostics().get(0).source());
    assertNull(bad.running());
    assertEquals(6, bad.diagnostics().get(0).line());
    assertEquals(11, bad.diagnostics().get(0).column());
    assertEquals(7, bad.diagnostics().get(1).line());
    assertEquals(14, bad.diagnostics().get(1).column());
    assertEquals(State.LOADED, status(handlers, "drivers/Good.java").state());
    assertEquals(1, handlers.drivers("serial").size());
  }

  @Test
  void aBrokenFileTakesOnlyThoseDownThatReferToIt() {
    Handlers handlers =
        reload(
            handlers()
                .driver("Base")
                .file("drivers/Broken.java", driverSource("Broken", "Base", "int x = ;"))
                .file("drivers/Top.java", driverSource("Top", "Broken", ""))
                .file("drivers/Fine.java", driverSource("Fine", "Base", "")));

    assertEquals(State.LOADED, status(handlers, "drivers/Base.java").state());
    assertEquals(State.LOADED, status(handlers, "drivers/Fine.java").state());
    assertEquals(State.FAILED, status(handlers, "drivers/Broken.java").state());
    assertEquals(
        "Refers to drivers/Broken.java, which was refused", message(handlers, "drivers/Top.java"));
  }

  @Test
  void oneTypeInTwoFilesIsRefusedInTheLaterOne() {
    Handlers handlers =
        reload(handlers().driver("A").file("drivers/B.java", driverSource("A", "Driver", "")));

    assertEquals(State.LOADED, status(handlers, "drivers/A.java").state());
    HandlerStatus later = status(handlers, "drivers/B.java");
    assertEquals(State.FAILED, later.state());
    assertEquals(
        "A is declared in drivers/A.java already; rename one of them",
        later.diagnostics().get(0).message());
    assertEquals(3, later.diagnostics().get(0).line());
  }

  @Test
  void pythonOtherFilesAndOtherSystemsAreSkippedWithAWord() {
    Handlers handlers =
        reload(
            handlers()
                .file("drivers/Old.py", "class Old: pass")
                .file("drivers/notes.txt", "x")
                .file("drivers/Foo_W.java", driverSource("Foo_W", "Driver", ""))
                .file("drivers/Foo_L.java", driverSource("Foo_L", "Driver", "")));

    HandlerStatus python = status(handlers, "drivers/Old.py");
    assertEquals(Kind.PYTHON, python.kind());
    assertEquals(State.SKIPPED, python.state());
    assertEquals("Python, not run here", python.diagnostics().get(0).message());
    assertEquals(Kind.OTHER, status(handlers, "drivers/notes.txt").kind());
    HandlerStatus windows = status(handlers, "drivers/Foo_W.java");
    assertEquals(Kind.DRIVER, windows.kind());
    assertEquals(State.SKIPPED, windows.state());
    assertEquals(
        "For Windows only, and this box runs Linux", windows.diagnostics().get(0).message());
    assertEquals(State.LOADED, status(handlers, "drivers/Foo_L.java").state());
  }

  @Test
  void twoSystemsMayDeclareOneClassInFilesOfTheirOwn() {
    Handlers handlers =
        reload(
            handlers()
                .file("drivers/Foo_W.java", driverSource("Foo", "Driver", ""))
                .file(
                    "drivers/Foo_L.java", driverSource("Foo", "Driver", "Runnable r = () -> {};")));

    assertEquals(State.LOADED, status(handlers, "drivers/Foo_L.java").state());
    assertEquals("drivers/Foo_L.java", driver(handlers, "Foo").file());
  }

  @Test
  void latin1IsReadWithAWarning() throws Exception {
    byte[] source =
        driverSource("Waage", "Driver", "public String toString() { return \"Küche\"; }\n")
            .getBytes("ISO-8859-1");
    Handlers handlers = reload(handlers().file("drivers/Waage.java", source));

    HandlerStatus status = status(handlers, "drivers/Waage.java");
    assertEquals(State.LOADED, status.state());
    assertEquals(Diagnostic.Severity.WARNING, status.diagnostics().get(0).severity());
    assertEquals("Küche", open(driver(handlers, "Waage")).toString());
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheSource() {
    Handlers handlers =
        reload(handlers().file("drivers/A.java", "\uFEFF" + driverSource("A", "Driver", "")));

    assertEquals(List.of(), status(handlers, "drivers/A.java").diagnostics());
  }

  @Test
  void packagesOfTheJdkAndTheHostAreNotForHandlers() {
    for (String name :
        List.of("java.util", "java.mine", "iotbox.loader", "iotbox.handler", "org.slf4j")) {
      Handlers handlers =
          reload(
              handlers()
                  .file(
                      "drivers/A.java",
                      "package " + name + ";\n" + driverSource("A", "Driver", "")));

      assertTrue(
          message(handlers, "drivers/A.java").startsWith("The package " + name),
          handlers.toString());
    }
  }

  @Test
  void aPackageOfTheirOwnIsFine() {
    Handlers handlers =
        reload(
            handlers()
                .file("drivers/A.java", "package shop.scales;\n" + driverSource("A", "Driver", ""))
                .file(
                    "drivers/B.java",
                    "package shop.more;\nimport shop.scales.A;\n"
                        + driverSource("B", "A", "Runnable r = () -> {};")));

    assertEquals("shop.scales.A", status(handlers, "drivers/A.java").className());
    assertEquals("shop.more.B", driver(handlers, "shop.more.B").className());
  }

  @Test
  void theHostsOtherClassesCanNeitherBeCompiledAgainstNorLoaded() throws Exception {
    for (String hidden :
        List.of(
            "iotbox.loader.HandlerLoader",
            "org.codehaus.janino.Parser",
            "org.eclipse.jdt.internal.compiler.Compiler",
            "org.junit.jupiter.api.Test",
            "jdk.internal.misc.Unsafe",
            "sun.nio.ch.Interruptible")) {
      for (String style : List.of("", "Runnable r = () -> {};")) {
        Handlers handlers =
            reload(
                handlers()
                    .file(
                        "drivers/A.java",
                        driverSource("A", "Driver", "Object o = " + hidden + ".class;\n" + style)));
        assertEquals(State.FAILED, status(handlers, "drivers/A.java").state(), hidden);
      }
      Handlers handlers =
          reload(
              handlers()
                  .file(
                      "drivers/A.java",
                      driverSource(
                          "A",
                          "Driver",
                          "public String toString() { try { return Class.forName(\""
                              + hidden
                              + "\").getName(); } catch (ClassNotFoundException e) {"
                              + " return \"hidden\"; } }")));
      assertEquals("hidden", open(driver(handlers, "A")).toString());
    }
  }

  @Test
  void groupsDoNotSeeEachOther() throws Exception {
    Handlers handlers =
        reload(
            handlers()
                .driver("A")
                .file(
                    "drivers/B.java",
                    driverSource(
                        "B",
                        "Driver",
                        "public String toString() { try { return Class.forName(\"\" + 'A').getName();"
                            + " } catch (ClassNotFoundException e) { return \"hidden\"; } }")));

    assertEquals("hidden", open(driver(handlers, "B")).toString());
    assertNotSame(
        driver(handlers, "A").type().getClassLoader(),
        driver(handlers, "B").type().getClassLoader());
  }

  @Test
  void jarsThatComeAlongAreVisibleToAllGroups() throws Exception {
    TestArchive archive =
        handlers()
            .file(
                "lib/units.jar",
                Jars.withClass("shop.lib.Units", "public static String kg() { return \"kg\"; }"))
            .file(
                "drivers/A.java",
                driverSource(
                    "A", "Driver", "public String toString() { return shop.lib.Units.kg(); }"))
            .file(
                "drivers/B.java",
                driverSource(
                    "B",
                    "Driver",
                    "public String toString() { java.util.function.Supplier<String> s ="
                        + " shop.lib.Units::kg; return s.get() + (getClass().getResource(\"/shop/lib/Units.class\") != null); }"));
    Handlers handlers = reload(archive);

    assertEquals(Kind.LIBRARY, status(handlers, "lib/units.jar").kind());
    assertEquals("kg", open(driver(handlers, "A")).toString());
    assertEquals("kgtrue", open(driver(handlers, "B")).toString());
  }

  @Test
  void aBrokenJarIsReportedAndTheRestRuns() {
    Handlers handlers = reload(handlers().file("lib/x.jar", "no jar").driver("A"));

    assertEquals("This is not a zip", message(handlers, "lib/x.jar"));
    assertEquals(State.LOADED, status(handlers, "drivers/A.java").state());
  }

  @Test
  void aMissingPartOfALibraryIsNamedAndHarmsOnlyThoseWhoNeedIt() throws Exception {
    Handlers handlers =
        reload(
            handlers()
                .file("lib/odd.jar", Jars.withSubclass("shop.lib.Odd", "shop.lib.Gone"))
                .file(
                    "drivers/A.java",
                    driverSource(
                        "A", "Driver", "public Object odd() { return new shop.lib.Odd(); }"))
                .driver("B"));

    assertEquals(State.LOADED, status(handlers, "drivers/B.java").state());
    assertEquals(State.FAILED, status(handlers, "drivers/A.java").state());
    assertTrue(
        status(handlers, "drivers/A.java").diagnostics().toString().contains("Gone"),
        status(handlers, "drivers/A.java").toString());
  }

  @Test
  void theSameFilesAgainAreNoChange() {
    TestArchive archive = handlers().driver("A").file("drivers/Bad.java", "class {");
    Handlers first = reload(archive);

    LoadReport second = loader.reload("odoo", archive.archive());

    assertInstanceOf(LoadReport.Unchanged.class, second);
    assertSame(first, registry.current());
  }

  @Test
  void onlyChangedGroupsGetNewSets() {
    Handlers before = reload(handlers().driver("A").driver("B"));
    Handlers after =
        reload(
            handlers().driver("A").file("drivers/B.java", driverSource("B", "Driver", "int x;")));

    assertSame(set(before, "A"), set(after, "A"));
    assertNotSame(set(before, "B"), set(after, "B"));
    assertEquals(before.generation() + 1, after.generation());
  }

  private static HandlerSet set(Handlers handlers, String driver) {
    return handlers.sets().stream()
        .filter(set -> set.drivers().stream().anyMatch(d -> d.className().equals(driver)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(driver + " is not in " + handlers.status()));
  }

  @Test
  void aRemovedFileTakesItsSetAway() {
    reload(handlers().driver("A").driver("B"));
    Handlers after = reload(handlers().driver("A"));

    assertEquals(
        List.of("A"), after.drivers("serial").stream().map(DriverType::className).toList());
    assertEquals(1, after.status().size());
  }

  @Test
  void aBrokenNewVersionLeavesTheEarlierOneRunning() {
    Handlers before = reload(handlers().driver("A").driver("B"));
    Handlers after = reload(handlers().file("drivers/A.java", "public class A {").driver("B"));

    assertSame(set(before, "A"), set(after, "A"));
    assertEquals(before.generation(), after.generation());
    HandlerStatus status = status(after, "drivers/A.java");
    assertEquals(State.FAILED, status.state());
    assertEquals(Diagnostic.Severity.ERROR, status.diagnostics().get(0).severity());
    Diagnostic last = status.diagnostics().get(status.diagnostics().size() - 1);
    assertEquals(Diagnostic.Severity.WARNING, last.severity());
    assertEquals(
        "The earlier version of this file keeps running until it is repaired", last.message());
    assertEquals("public class A {", status.diagnostics().get(0).source());
    assertEquals("A", status.running().className());
    assertEquals(Compiler.JANINO, status.running().compiler());
    assertTrue(status.running().since().isAfter(Instant.now().minusSeconds(60)));
    assertNull(status(after, "drivers/B.java").running());
  }

  @Test
  void theEarlierVersionStaysOverFurtherReloadsAndComesBackAsItselfWhenRestored() {
    Handlers first = reload(handlers().driver("A"));
    reload(handlers().file("drivers/A.java", "public class A {"));
    Handlers third = reload(handlers().file("drivers/A.java", "public class A { int"));
    assertSame(set(first, "A"), set(third, "A"));

    Handlers restored = reload(handlers().driver("A"));
    assertSame(set(first, "A"), set(restored, "A"));
    assertEquals(State.LOADED, status(restored, "drivers/A.java").state());
    assertEquals(first.generation(), restored.generation());

    Handlers repaired =
        reload(handlers().file("drivers/A.java", driverSource("A", "Driver", "int fixed;")));
    assertNotSame(set(first, "A"), set(repaired, "A"));
  }

  @Test
  void aBrokenFileThatIsRemovedNoLongerRuns() {
    reload(handlers().driver("A"));
    reload(handlers().file("drivers/A.java", "public class A {"));
    Handlers after = reload(handlers().driver("B"));

    assertEquals(
        List.of("B"), after.drivers("serial").stream().map(DriverType::className).toList());
  }

  @Test
  void ofAChangedGroupWithABrokenPartTheWholeEarlierVersionStays() {
    TestArchive good =
        handlers().driver("Base").file("drivers/Child.java", driverSource("Child", "Base", ""));
    Handlers before = reload(good);
    Handlers after =
        reload(
            handlers()
                .file("drivers/Base.java", driverSource("Base", "Driver", "int changed;"))
                .file("drivers/Child.java", driverSource("Child", "Base", "int x = ;")));

    assertSame(set(before, "Base"), set(after, "Base"));
    assertSame(set(before, "Child"), set(after, "Child"));
    assertTrue(
        message(after, "drivers/Base.java").contains("until this is repaired: drivers/Child.java"));
    assertEquals(State.LOADED, status(after, "drivers/Base.java").state());
    assertEquals(State.FAILED, status(after, "drivers/Child.java").state());
  }

  @Test
  void aNewBrokenFileDoesNotHoldUpTheOthersOfItsGroup() {
    Handlers before = reload(handlers().driver("Base"));
    Handlers after =
        reload(
            handlers()
                .file("drivers/Base.java", driverSource("Base", "Driver", "int changed;"))
                .file("drivers/New.java", driverSource("New", "Base", "int x = ;")));

    assertNotSame(set(before, "Base"), set(after, "Base"));
    assertEquals(State.FAILED, status(after, "drivers/New.java").state());
  }

  @Test
  void whereGroupsJoinAndOneIsBrokenBothEarlierVersionsStayAndNewFilesWait() {
    Handlers before = reload(handlers().driver("A").driver("B"));
    Handlers after =
        reload(
            handlers()
                .file("drivers/A.java", "public class A {")
                .file("drivers/B.java", driverSource("B", "Driver", "Helper helper;"))
                .file("drivers/Helper.java", "public class Helper { Object a = A.class; }")
                .file("drivers/Other.java", driverSource("Other", "Driver", "B b;")));

    assertSame(set(before, "A"), set(after, "A"));
    assertSame(set(before, "B"), set(after, "B"));
    assertEquals(State.FAILED, status(after, "drivers/Other.java").state());
    assertEquals(State.FAILED, status(after, "drivers/Helper.java").state());
  }

  @Test
  void sourcesAreMergedAndALaterOneWinsOnEqualPaths() {
    reload(handlers().driver("A").driver("Same"));
    Handlers both =
        loader
            .reload(
                "folder",
                handlers()
                    .driver("B")
                    .file("drivers/Same.java", driverSource("Local", "Driver", ""))
                    .archive())
            .handlers();

    assertEquals(
        List.of("A", "B", "Local"),
        both.drivers("serial").stream().map(DriverType::className).toList());

    Handlers after = loader.reload("folder", HandlerArchive.empty()).handlers();
    assertEquals(
        List.of("A", "Same"), after.drivers("serial").stream().map(DriverType::className).toList());
  }

  @Test
  void refusedEntriesOfAnArchiveAreListed() {
    Handlers handlers = reload(handlers().file("../evil.java", "x").driver("A"));

    assertEquals(State.FAILED, status(handlers, "../evil.java").state());
  }

  @Test
  void listenersHearOfEachChangeOnce() {
    List<Handlers> heard = new ArrayList<>();
    registry.onChange(
        new HandlerRegistry.Listener() {
          @Override
          public CompletableFuture<?> leaving(Set<HandlerSet> sets) {
            throw new AssertionError("Nothing leaves");
          }

          @Override
          public void changed(Handlers before, Handlers after) {
            heard.add(after);
          }
        });

    reload(handlers().driver("A"));
    reload(handlers().driver("A"));

    assertEquals(List.of(registry.current()), heard);
  }

  @Test
  void monstrousSourcesHarmOnlyThemselves() {
    Handlers handlers =
        reload(
            handlers()
                .driver("Good")
                .file(
                    "drivers/Parens.java",
                    driverSource(
                        "Parens",
                        "Good",
                        "int x = " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + ";"))
                .file(
                    "drivers/Unary.java",
                    driverSource("Unary", "Good", "int x = " + "~".repeat(100_000) + "1;"))
                .file(
                    "drivers/Chain.java",
                    driverSource("Chain", "Good", "int x; int y = x" + "+x".repeat(100_000) + ";"))
                .file(
                    "drivers/Blocks.java",
                    driverSource(
                        "Blocks", "Good", "void f() " + "{".repeat(20_000) + "}".repeat(20_000))));

    assertEquals(State.LOADED, status(handlers, "drivers/Good.java").state());
    assertEquals(State.FAILED, status(handlers, "drivers/Unary.java").state());
    assertTrue(
        message(handlers, "drivers/Unary.java").contains("nested too deeply"),
        message(handlers, "drivers/Unary.java"));
  }

  @Test
  void nothingOfAHandlerRunsWhileItIsLoaded() {
    String property = "iotbox.test.ran";
    System.clearProperty(property);
    String trap = "static { System.setProperty(\"" + property + "\", \"yes\"); }\n";

    Handlers handlers =
        reload(
            handlers()
                .file("drivers/A.java", driverSource("A", "Driver", trap))
                .file(
                    "drivers/B.java", driverSource("B", "Driver", trap + "Runnable r = () -> {};"))
                .file("interfaces/C.java", interfaceSource("C", trap)));

    assertEquals(2, handlers.drivers("serial").size());
    assertNull(System.getProperty(property));
  }

  @Test
  void stackTracesHaveFileAndLineWithEitherCompiler() throws Exception {
    String thrower = "public void disconnect() {\n\n throw new IllegalStateException(); }\n";
    Handlers handlers =
        reload(
            handlers()
                .file("drivers/A.java", driverSource("A", "Driver", thrower))
                .file(
                    "drivers/B.java",
                    driverSource("B", "Driver", thrower + "Runnable r = () -> {};")));

    assertEquals(Compiler.JANINO, status(handlers, "drivers/A.java").compiler());
    assertEquals(Compiler.ECJ, status(handlers, "drivers/B.java").compiler());
    for (String name : List.of("A", "B")) {
      try {
        open(driver(handlers, name)).disconnect();
      } catch (IllegalStateException e) {
        assertTrue(e.getStackTrace()[0].getFileName().endsWith(name + ".java"));
        assertEquals(8, e.getStackTrace()[0].getLineNumber());
      }
    }
  }

  @Test
  void replacedClassesAreCollected() throws Exception {
    Handlers first =
        reload(
            handlers()
                .driver("A")
                .file("drivers/B.java", driverSource("B", "Driver", "Runnable r = () -> {};")));
    List<WeakReference<ClassLoader>> old = new ArrayList<>();
    for (String name : List.of("A", "B")) {
      DriverType type = driver(first, name);
      open(type).snapshot();
      old.add(new WeakReference<>(type.type().getClassLoader()));
    }
    first = null;
    reload(
        handlers()
            .file("drivers/A.java", driverSource("A", "Driver", "int changed;"))
            .file("drivers/B.java", driverSource("B", "Driver", "int changed;")));

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc();
              return old.stream().allMatch(reference -> reference.get() == null);
            });
  }

  private Handlers loadWith(HandlerCompiler compiler, TestArchive archive) {
    HandlerRegistry own = new HandlerRegistry(builtins.handlers());
    return new HandlerLoader(own, builtins, Programs.VISIBLE, Platform.LINUX, compiler)
        .reload("odoo", archive.archive())
        .handlers();
  }

  @Test
  void aForcedCompilerIsUsed() {
    TestArchive simple = handlers().driver("A");
    TestArchive modern =
        handlers().file("drivers/A.java", driverSource("A", "Driver", "void f() { assert true; }"));

    assertEquals(
        Compiler.ECJ,
        status(loadWith(HandlerCompiler.eclipseOnly(), simple), "drivers/A.java").compiler());
    assertEquals(
        Compiler.JANINO,
        status(loadWith(HandlerCompiler.janinoOnly(), simple), "drivers/A.java").compiler());
    assertTrue(
        message(loadWith(HandlerCompiler.janinoOnly(), modern), "drivers/A.java")
            .contains("assert"));
  }

  @Test
  void actionsGoOnAfterTheJdkHasMadeCodeForThem() throws Exception {
    Handlers handlers =
        reload(
            handlers()
                .file(
                    "drivers/Counter.java",
                    driverSource(
                        "Counter",
                        "Driver",
                        "  @Action(\"count\") public Object count() { return \"counted\"; }\n")));
    Driver counter = open(driver(handlers, "Counter"));

    // From the sixteenth call on the JDK 17 no longer interprets it.
    for (int i = 0; i < 40; i++) {
      assertEquals("counted", counter.action(ActionData.of(Map.of("action", "count"), null)));
    }
  }
}
