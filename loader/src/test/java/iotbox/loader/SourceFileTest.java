package iotbox.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.loader.SourceFile.DeclaredType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFileTest {
  private static SourceFile source(String text) {
    return Programs.file("drivers/A.java", text);
  }

  private static List<String> types(String text) {
    return source(text).types().stream().map(DeclaredType::name).toList();
  }

  @Test
  void typesAtTopLevelAreFoundWithTheirPlaces() {
    SourceFile file =
        source(
            "package a.b;\n\n@X({1})\npublic abstract class One<T> extends q.Base<T> {}\nenum Two {}");

    assertEquals("a.b", file.packageName());
    assertEquals(
        List.of(
                new DeclaredType("One", true, true, "", 4, 23),
                new DeclaredType("Two", false, false, "", 5, 6))
            .toString()
            .replace("parent=, line=4", "parent=Base, line=4"),
        file.types().toString());
    assertEquals("a.b.One", file.qualified(file.mainType()));
  }

  @Test
  void allKindsOfTypesAreFoundAndNestedOnesAreNot() {
    assertEquals(
        List.of("A", "B", "C", "D", "E"),
        types(
            "class A { class N {} } interface B {} enum C { X { } } record D(int a) {} @interface E {}"
                + " ; "));
  }

  @Test
  void wordsInCommentsAndLiteralsDoNotCount() {
    SourceFile file =
        source(
            "class A { /* Comment { */ // Line {\n String s = \"Text \\\" Quoted {\"; char c = '{',"
                + " d = '\\''; String t = \"\"\"\n Block \" \\\"\"\" Inner\n \"\"\"; } class Z {}");

    assertEquals(List.of("A", "Z"), file.types().stream().map(DeclaredType::name).toList());
    for (String hidden : List.of("Comment", "Line", "Text", "Quoted", "Block", "Inner")) {
      assertFalse(file.words().contains(hidden), hidden);
    }
    assertTrue(file.words().contains("String"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "class",
        "class {",
        "\"",
        "'",
        "/*",
        "\"\"\"",
        "package",
        "package a",
        "record",
        "\\",
        "@"
      })
  void brokenTextIsReadWithoutComplaint(String text) {
    SourceFile file = source(text);

    assertEquals(List.of(), file.types());
    assertNull(file.mainType());
  }

  @Test
  void anUnfinishedStringEndsWithItsLine() {
    assertEquals(List.of("A", "B"), types("class A { String s = \"open; \n } class B {}"));
  }

  @Test
  void groupsAreFilesThatReferToEachOther() {
    SourceFile base = Programs.file("Base.java", "class Base {}");
    SourceFile child = Programs.file("Child.java", "class Child extends Base {}");
    SourceFile user = Programs.file("User.java", "class User { Child c; }");
    SourceFile alone =
        Programs.file("Alone.java", "class Alone { String s = \"Base\"; /* Child */ }");

    List<SourceGroup> groups = SourceGroup.of(List.of(child, alone, user, base));

    assertEquals(
        List.of(List.of(child, user, base), List.of(alone)),
        groups.stream().map(SourceGroup::files).toList());
    assertEquals(java.util.Set.of(child, user), groups.get(0).dependentsOf(List.of(child)));
    assertEquals(List.of(child, base), groups.get(0).dependenciesOf(child));
  }
}
