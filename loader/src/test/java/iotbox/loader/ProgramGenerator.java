package iotbox.loader;

import java.util.List;
import java.util.Random;

/** Makes small Java programs at random: arithmetic of all types, assignments, branches, tries. */
final class ProgramGenerator {
  private static final List<String> NUMBERS =
      List.of("int", "long", "byte", "double", "float", "char) (int", "short) (int");
  private static final List<String> OPERATORS = List.of("+", "-", "*", "&", "|", "^", "%", "/");
  private static final List<String> COMPARISONS = List.of("<", ">", "<=", ">=", "==", "!=");

  private final Random random;
  private int depth;
  private int loops;

  ProgramGenerator(long seed) {
    random = new Random(seed);
  }

  String program() {
    StringBuilder program = new StringBuilder();
    program.append("int i = 7, j = -3; long l = 5000000000L; byte b = 100; short s = -300;\n");
    program.append("char c = 'x'; double d = 2.75; float f = -1.5f; boolean t = true;\n");
    program.append("Integer bi = 40; Long bl = 6L; String w = \"w\"; int[] a = {3, 1, 2};\n");
    for (int k = 0; k < 5; k++) {
      program.append(statement());
    }
    program.append("put(i); put(j); put(l); put(b); put(s); put(c); put(d); put(f); put(t);\n");
    program.append("put(bi); put(bl); put(w); put(a[0] + a[1] * a[2]);\n---\n");
    program.append("static int g(int x) { o.append('g').append(x).append(' '); return x + 1; }\n");
    program.append("static long g(long x) { o.append('h').append(x).append(' '); return -x; }\n");
    program.append("static double g(double x) { o.append('k').append(' '); return x / 2; }\n");
    return program.toString();
  }

  private String pick(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String statement() {
    if (++depth > 3) {
      depth--;
      return "put(" + number() + ");\n";
    }
    String result =
        switch (random.nextInt(12)) {
          case 0 -> "i = (int) (" + number() + ");\n";
          case 1 -> pick(List.of("i", "l", "d", "f", "a[1]", "i", "l")) + compound();
          case 2 -> "put(" + number() + ");\n";
          case 3 ->
              "if (" + condition() + ") { " + statement() + " } else { " + statement() + " }\n";
          case 4 ->
              "for (int q"
                  + ++loops
                  + " = 0; q"
                  + loops
                  + " < 3; q"
                  + loops
                  + "++) { if ("
                  + condition()
                  + ") "
                  + pick(List.of("continue", "break"))
                  + "; "
                  + statement()
                  + " }\n";
          case 5 ->
              "try { "
                  + statement()
                  + " put(i / (j + 3)); } catch (ArithmeticException e) { put(1); "
                  + statement()
                  + " } finally { put(2); "
                  + statement()
                  + " }\n";
          case 6 -> "w += " + number() + "; put(w.length());\n";
          case 7 -> "t = " + condition() + "; put(t);\n";
          case 8 ->
              "switch ((int) ("
                  + number()
                  + ") & 3) { case 0: put(0); case 1: "
                  + statement()
                  + " break; case 3: put(3); default: put(9); }\n";
          case 9 -> "put(" + condition() + " ? " + cast() + " : " + cast() + ");\n";
          case 10 ->
              pick(List.of("i", "l", "b", "s", "c", "bi", "a[2]"))
                  + pick(List.of("++", "--"))
                  + ";\n";
          default -> "put(\"\" + " + number() + " + 'q' + (" + number() + "));\n";
        };
    depth--;
    return result;
  }

  private String compound() {
    return " " + pick(List.of("+", "-", "*")) + "= " + number() + ";\n";
  }

  private String number() {
    if (++depth > 5) {
      depth--;
      return leaf();
    }
    String result =
        switch (random.nextInt(9)) {
          case 0, 1 -> "(" + number() + " " + pick(OPERATORS.subList(0, 3)) + " " + number() + ")";
          case 2 -> "(" + integer() + " " + pick(OPERATORS.subList(3, 6)) + " " + integer() + ")";
          case 3 -> "(" + pick(NUMBERS) + ") (" + number() + ")";
          case 4 ->
              "(" + integer() + " " + pick(List.of("<<", ">>", ">>>")) + " " + integer() + ")";
          case 5 -> "(" + condition() + " ? " + cast() + " : " + cast() + ")";
          case 6 -> "g(" + number() + ")";
          case 7 -> pick(List.of("-", "+", "~(int) ")) + "(" + number() + ")";
          default -> leaf();
        };
    depth--;
    return result;
  }

  private String cast() {
    return random.nextBoolean() ? "(int) (" + number() + ")" : "(" + number() + " * 1.0)";
  }

  private String integer() {
    return pick(List.of("i", "j", "l", "b", "s", "c", "a[0]", "7", "-1L", "'a'", "33"));
  }

  private String leaf() {
    return pick(
        List.of(
            "i",
            "j",
            "l",
            "b",
            "s",
            "c",
            "d",
            "f",
            "bi",
            "bl",
            "a[i & 1]",
            "1",
            "-1",
            "0x7fffffff",
            "2147483648L",
            "'z'",
            "1.5",
            "0.1f",
            "1e300",
            "-0.0",
            "i++",
            "--j",
            "w.length()",
            "(byte) 200",
            "Double.NaN",
            "Integer.MIN_VALUE"));
  }

  private String condition() {
    if (++depth > 5) {
      depth--;
      return "t";
    }
    String result =
        switch (random.nextInt(7)) {
          case 0 -> "(" + condition() + " && " + condition() + ")";
          case 1 -> "(" + condition() + " || " + condition() + ")";
          case 2 -> "!(" + condition() + ")";
          case 3 -> "(" + condition() + pick(List.of(" & ", " | ", " ^ ")) + condition() + ")";
          default -> "(" + number() + " " + pick(COMPARISONS) + " " + number() + ")";
        };
    depth--;
    return result;
  }
}
