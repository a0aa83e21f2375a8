package iotbox.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same sources through both compilers: wherever Janino is allowed, it must agree with ECJ. */
class DifferentialTest {
  private static final GroupCompiler ECLIPSE = new EclipseCompiler();
  private static final GroupCompiler JANINO = new JaninoCompiler();
  private static final GroupCompiler UNCHECKED_JANINO = new JaninoCompiler(false);

  @TestFactory
  Stream<DynamicTest> janinoAgreesWithEclipseWhereItIsAllowed() {
    return Programs.all().entrySet().stream()
        .map(
            program ->
                DynamicTest.dynamicTest(program.getKey(), () -> compare(program.getValue())));
  }

  private static void compare(String source) {
    String right = Programs.outcome(ECLIPSE, source);
    String janino = Programs.outcome(JANINO, source);

    assertTrue(right.startsWith("answers"), right);
    if (!janino.startsWith("refused")) {
      assertEquals(right, janino);
    }
  }

  /** Most programs are odd on purpose; the subset must not shrink to nothing unnoticed. */
  @Test
  void mostProgramsAreForJanino() {
    List<String> allowed =
        Programs.all().entrySet().stream()
            .filter(program -> !Programs.outcome(JANINO, program.getValue()).startsWith("refused"))
            .map(java.util.Map.Entry::getKey)
            .toList();

    assertTrue(allowed.size() >= 88, () -> allowed.size() + ": " + allowed);
  }

  /**
   * What the checks are for: without them these go wrong, and with them they are not let through.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "finally_return_overrides",
        "finally_throw_overrides",
        "try_with_resources",
        "assertion",
        "interned_constants",
        "casts",
        "narrowing_casts_of_variables",
        "foreach_unboxing",
        "overloads",
        "overloads_boxing_phase",
        "library_static_and_default_interface_methods",
        "capture_shadowed_by_field",
        "capture_nested_anonymous",
        "enums_static_init",
        "erased_overload",
        "erased_ternary",
        "ternary_boxes",
        "char_int_overloads"
      })
  void whatJaninoGetsWrongIsKeptFromIt(String name) {
    String source = Programs.all().get(name);

    assertNotEquals(Programs.outcome(ECLIPSE, source), Programs.outcome(UNCHECKED_JANINO, source));
    assertTrue(Programs.outcome(JANINO, source).startsWith("refused"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "try_catch_finally",
        "finally_nested_rewritten",
        "finally_catch_completes_normally",
        "finally_with_loops_inside"
      })
  void whatJaninoGetsWrongIsRewrittenForIt(String name) {
    String source = Programs.all().get(name);
    String right = Programs.outcome(ECLIPSE, source);

    assertNotEquals(right, Programs.outcome(UNCHECKED_JANINO, source));
    assertEquals(right, Programs.outcome(JANINO, source));
  }

  /**
   * Programs made at random by a grammar of expressions and statements, the same ones each time.
   */
  @TestFactory
  Stream<DynamicTest> janinoAgreesOnGeneratedPrograms() {
    return Stream.iterate(1L, seed -> seed + 1)
        .limit(Long.getLong("iotbox.generated", 150))
        .map(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed,
                    () -> {
                      String source = Programs.source(new ProgramGenerator(seed).program());
                      String right = Programs.outcome(ECLIPSE, source);
                      String janino = Programs.outcome(JANINO, source);
                      if (!right.startsWith("refused") && !janino.startsWith("refused")) {
                        assertEquals(right, janino, source);
                      }
                    }));
  }
}
