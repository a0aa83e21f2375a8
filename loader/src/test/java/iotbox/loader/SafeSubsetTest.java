package iotbox.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sources Janino gets: each construct that it must not get, and realistic ones it must. */
class SafeSubsetTest {
  private static final VisibleClasses VISIBLE =
      new VisibleClasses(SafeSubsetTest.class.getClassLoader(), List.of("shoplib"));

  private static CompiledGroup compile(String... sources) {
    List<SourceFile> files = new java.util.ArrayList<>();
    for (String source : sources) {
      files.add(Programs.file("drivers/F" + files.size() + ".java", source));
    }
    Classpath classpath =
        new Classpath(VISIBLE, new LibraryClassLoader(Map.of(), VISIBLE.loader()));
    return new JaninoCompiler().compile(files, classpath);
  }

  private static void assertRefused(String reason, String... sources) {
    CompiledGroup group = compile(sources);
    assertTrue(group.errors().toString().contains(reason), () -> group.errors().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "assert | class A { void f() { assert true; } }",
        "try with resources | class A { void f() throws Exception { try (java.io.Reader r = null) {} } }",
        "return in a finally | class A { int f() { try { return 1; } finally { return 2; } } }",
        "throw in a finally | class A { void f() { try { } finally { throw new Error(); } } }",
        "break in a finally | class A { void f() { for (;;) { try { } finally { break; } } } }",
        "continue in a finally | class A { void f() { for (;;) { try { } finally { continue; } } } }",
        "break in a finally | class A { void f() { x: for (;;) { try { } finally { for (;;) break x; } } } }",
        "an enum constant with arguments | enum A { X(1); A(int i) {} }",
        "an enum with fields | enum A { X; static int y = 1; }",
        "an annotation type | @interface A {}",
        "the annotation Mine | class A { @Mine void f() {} }",
        "the annotation PostConstruct | class A { @javax.annotation.PostConstruct void f() {} }",
        "a repeated annotation | import iotbox.handler.*; @Match(vendor = 1) @Match(vendor = 2) class A {}",
        "a generic type | class A<T> {}",
        "a generic method | class A { <T> T f(T t) { return t; } }",
        "a static import | import static java.lang.Math.max; class A {}",
        "a lambda | class A { Runnable r = () -> {}; }",
        "a lambda | class A { Object f() { return g((a, b) -> a); } Object g(Object o) { return o; } }",
        "a method reference | class A { Runnable r = this::toString; }",
        "a constructor reference | class A { java.util.function.Supplier s = A::new; }",
        "a constructor reference | class A { java.util.function.IntFunction s = int[]::new; }",
        "a static import | import static java.lang.Math.*; class A {}",
        "a class within a method | class A { void f() { class B {} } }",
        "a native method | class A { native void f(); }",
        "an assignment to x | class A { void f() { final int x = 1; x = 2; } }",
        "an assignment to x | class A { void f(final int x) { x++; } }",
        "an assignment to x | class A { final int x = 1; A() { x = 2; } }",
        "an assignment to x | class A { final int x; A() { x = 1; } void f() { this.x = 2; } }",
        "an assignment to x | class A { final int x; A() { x = 1; x += 2; } }",
        "an assignment to e | class A { void f() { try { } catch (final Exception e) { e = null; } } }",
        "an assignment to x | class A { void f(int[] a) { for (final int x : a) x = 2; } }",
        "an assignment to x | class A { void f() { final int x = 1; (x) = 2; } }",
        "two types | class A { class B {} static void f() {} } class B {}",
        "two types | import java.util.List; class A {} class List {}",
        "a cast to 16 bits | class A { char f(long l) { return (char) l; } }",
        "a cast to 16 bits | class A { short f(char c) { return (short) c; } }",
        "compound assignment to a char | class A { void f(char c, double d) { c += d; } }",
        "? : with two types | class A { Object f(boolean b) { return b ? Integer.valueOf(1) : Double.valueOf(2); } }",
        "== on strings | class A { boolean f(String a) { return a == \"x\" + 1; } }",
        "a loop over a collection | class A { void f(java.util.List<Integer> l) { for (int i : l) {} } }",
        "the generic result of get | class A { void g(Object o) {} void g(String s) {} void f(java.util.List<String> l) { g(l.get(0)); } }",
        "the generic result of get | class A { Object f(java.util.List<Object> l) { return true ? l.get(0) : null; } }",
        "a call of g | class A { void g(Object o) {} void g(Object... o) {} void f(String[] s) { g(s); } }",
        "a call of g | class A { void g(String... o) {} void f() { g(null); } }",
        "a constructor | class A { A(Object o) {} A(int... i) {} static A f() { return new A(5); } }",
        "overrides final method | class A extends shoplib.ProtectedBase { public String fixed() { return null; } }",
        "has less access | class A implements Runnable { void run() {} }",
        "is static in one class | class A extends Thread { public static void run() {} }",
        "is incompatible | class A { public int toString() { return 1; } }",
        "may implement the generic one | abstract class A implements Comparable<A> { public int compareTo(A a) { return 0; } }",
        "has the name of a field | class A { void f() { final int x = 1; new Runnable() { int x = 2; public void run() { System.out.println(x); } }; } }",
        "is not accessible | class A extends shoplib.ProtectedBase { Runnable f() { return new Runnable() { public void run() { secret(); } }; } }",
        "is not accessible | class A extends shoplib.ProtectedBase { class B { int f() { return count; } } }",
        "Does not link | class A { Object o = sun.nio.ch.Interruptible.class; }",
      })
  void isNotForJanino(String reason, String source) {
    assertRefused(reason, source);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class A { final int x; A() { this.x = 1; } }",
        "class A { static final int X; static { X = 4; } }",
        "class A { void f() { try { } finally { for (int i = 0; i < 3; i++) { if (i == 1) continue; break; } } } }",
        "class A extends shoplib.ProtectedBase { String f() { return secret() + count; } }",
        "enum A { X, Y }",
        "class A { void f() { final int x = 1; new Runnable() { public void run() { System.out.println(x); } }.run(); } }",
        "class A { void f(java.util.Map<String, Object> m) { m.put(\"a\", m.get(\"b\")); Object o = m.get(\"c\"); String s = \"\" + m.get(\"d\"); } }",
        "class A { void f(org.slf4j.Logger log, String s, int i) { log.info(\"x {}\", s); log.info(\"x {} {}\", s, i); log.info(\"x {}\", i); log.warn(\"x\", new Exception()); log.info(\"{} {} {}\", i, i, s); } }",
        "class A { String f(int i) { return String.format(\"%d %s\", i, \"x\"); } }",
        "class A { long f(boolean b) { return b ? 1 : 2L; } }",
      })
  void isForJanino(String source) {
    assertEquals(Map.of(), compile(source).errors());
  }

  @Test
  void aTypeThatALibraryHasTooIsNotForJanino() throws Exception {
    Map<String, byte[]> jar =
        LibraryClassLoader.unpack(
            Jars.withClass("shop.Units", ""), ArchiveLimits.DEFAULT, Long.MAX_VALUE);
    Classpath classpath = new Classpath(VISIBLE, new LibraryClassLoader(jar, VISIBLE.loader()));

    CompiledGroup group =
        new JaninoCompiler()
            .compile(
                List.of(Programs.file("Units.java", "package shop; public class Units {}")),
                classpath);

    assertTrue(group.errors().toString().contains("A library has a class shop.Units too"));
  }

  @Test
  void aRealisticDriverIsForJanino() {
    assertEquals(Map.of(), compile(Sources.read("SerialScale.java")).errors());
  }

  @Test
  void oneFileOutsideTheSubsetKeepsItsGroupFromJanino() {
    CompiledGroup group = compile("class A { }", "class B { A a; void f() { assert a != null; } }");

    assertEquals(1, group.errors().size());
    assertTrue(group.classes().isEmpty());
  }
}
