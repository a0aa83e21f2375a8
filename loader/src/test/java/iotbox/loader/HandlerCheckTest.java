package iotbox.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import iotbox.loader.HandlerCheck.Checked;
import iotbox.loader.HandlerStatus.Compiler;
import iotbox.loader.HandlerStatus.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an author gets to know of handlers that nobody runs. */
class HandlerCheckTest {
  private static List<Checked> check(TestArchive handlers) {
    VisibleClasses visible = new VisibleClasses(HandlerCheckTest.class.getClassLoader(), List.of());
    return new HandlerCheck(visible, ArchiveLimits.DEFAULT).check(handlers.archive());
  }

  private static Checked check(String name, String members) {
    String source = TestArchive.driverSource(name, "Driver", members);
    return check(TestArchive.handlers().file("drivers/" + name + ".java", source)).get(0);
  }

  private static List<String> places(Checked file) {
    return file.obstacles().stream()
        .map(each -> each.line() + ":" + each.column() + " " + each.message())
        .toList();
  }

  @Test
  void aDriverForJaninoHasNoObstacles() {
    Checked file = check("Plain", "  @Action(\"a\") public Object a() { return 1; }\n");

    assertEquals(State.LOADED, file.status().state());
    assertEquals(Compiler.JANINO, file.status().compiler());
    assertEquals(List.of(), file.obstacles());
  }

  @Test
  void everyObstacleIsToldWithItsPlaceAlsoWhereJaninoCannotReadTheFile() {
    Checked file =
        check(
            "Modern",
            "  record Reading(double value, String unit) {}\n"
                + "  Runnable task = () -> {};\n"
                + "  int f(Object o) {\n"
                + "    var x = 1;\n"
                + "    if (o instanceof String s) { x++; }\n"
                + "    return switch (x) { case 1, 2 -> 3; default -> 4; };\n"
                + "  }\n");

    assertEquals(State.LOADED, file.status().state(), file::toString);
    assertEquals(Compiler.ECJ, file.status().compiler());
    assertEquals(
        List.of(
            "6:10 Not for Janino: a record",
            "7:19 Not for Janino: a lambda",
            "9:5 Not for Janino: a variable declared with var",
            "10:9 Not for Janino: instanceof with a variable",
            "11:12 Not for Janino: a switch expression",
            "11:25 Not for Janino: a case with an arrow",
            "11:41 Not for Janino: a case with an arrow"),
        places(file));
    assertEquals("    var x = 1;", file.obstacles().get(2).source());
  }

  @Test
  void enumsAndAnnotationsAreToldOfToo() {
    Checked file =
        check(
            "Rich",
            "  enum Unit { C(1), F { public String toString() { return \"f\"; } };\n"
                + "    int factor;\n"
                + "    Unit() {}\n"
                + "    Unit(int factor) { this.factor = factor; } }\n"
                + "  @SafeVarargs static <T> void f(T... all) { boolean b = all[0] instanceof String s; }\n");

    assertEquals(
        List.of(
            "6:8 Not for Janino: an enum with fields or initialisers",
            "6:15 Not for Janino: an enum constant with arguments or a body",
            "6:21 Not for Janino: an enum constant with arguments or a body",
            "10:4 Not for Janino: the annotation SafeVarargs",
            "10:32 Not for Janino: a generic method",
            "10:58 Not for Janino: instanceof with a variable"),
        places(file));
  }

  @Test
  void whatOnlyTheTypesShowIsToldBesidesTheSyntax() {
    Checked file =
        check(
            "Mixed",
            "  Runnable task = () -> {};\n"
                + "  java.util.List<String> names = new java.util.ArrayList<String>();\n"
                + "  String first() { String s = names.get(0); return s; }\n"
                + "  String second() { String s = names.get(1); return s; }\n"
                + "  boolean same(String a) { return a == names.toString(); }\n"
                + "  void f() { var x = names; x.clear(); }\n");

    assertEquals(
        List.of("6", "8", "9", "11"),
        places(file).stream().map(place -> place.substring(0, place.indexOf(':'))).toList(),
        () -> places(file).toString());
  }

  @Test
  void aFileThatOnlyItsCompanionKeepsFromJaninoNamesTheCompanion() {
    String helper = "public class Helper { Runnable task = () -> {}; }\n";
    String driver = TestArchive.driverSource("User", "Driver", "  Helper helper;\n");
    List<Checked> files =
        check(
            TestArchive.handlers()
                .file("drivers/User.java", driver)
                .file("drivers/Helper.java", helper));

    assertEquals(List.of("1:39 Not for Janino: a lambda"), places(files.get(0)));
    assertEquals(List.of(), files.get(1).obstacles());
    assertEquals(Compiler.ECJ, files.get(1).status().compiler());
    assertEquals(List.of("drivers/Helper.java"), files.get(1).together());
  }

  @Test
  void filesForOtherSystemsAreCheckedToo() {
    List<Checked> files =
        check(
            TestArchive.handlers()
                .file("drivers/One_L.java", TestArchive.driverSource("One", "Driver", ""))
                .file("drivers/One_W.java", TestArchive.driverSource("One", "Driver", "oops")));

    assertEquals(State.LOADED, files.get(0).status().state());
    assertEquals(State.FAILED, files.get(1).status().state());
  }

  @Test
  void nothingOfTheFilesRuns() {
    System.clearProperty("handler.check");
    Checked file = check("Eager", "  static { System.setProperty(\"handler.check\", \"ran\"); }\n");

    assertEquals(State.LOADED, file.status().state());
    assertNull(System.getProperty("handler.check"));
  }
}
