package iotbox.box.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compared with Python itself, which is what signs. */
class PythonJsonTest {
  private static final int RANDOM_VALUES = 3_000;
  private static final int DEPTH = 4;

  @Test
  void writesEachKindOfValueAsPythonDoes() throws Exception {
    assertSameAsPython(
        List.of(
            "{}",
            "[]",
            "null",
            "true",
            "{\"b\": 1, \"a\": [false, null, {\"z\": {}, \"y\": []}]}",
            "{\"a\": 1, \"a\": 2}",
            "\"a/b\\\\c\\\"d\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f\\u0080é€\\u2028\\ufeff😀\"",
            "\"\\ud83d\\ude00 \\ud83d \\ude00\"",
            "[0, -0, 1, -1, 9007199254740993, 18446744073709551616]",
            "[123456789012345678901234567890123456789012345678901234567890]",
            "[0.0, -0.0, 1.0, 1e0, 1E5, 0.1, -2.5e-3, 1.10]",
            "[1e15, 1e16, 1e17, 123456789012345678.0, 0.0001, 0.00001, 1.5e-5, 1e22, 1e23]",
            "[5e-324, 1e-323, 1.5e-323, 2e-323, 4.4e-323, 2.2250738585072014e-308, 1e400, -1e400]",
            "[1.7976931348623157e308, 5.684341886080802e-14, 2e23, 9007199254740993.0, 2e-44]"));
  }

  @Test
  void sortsKeysByCodePointAndNotByJavasUnits() throws Exception {
    assertSameAsPython(
        List.of(
            "{\"\\uffff\": 1, \"\\ud83d\\ude00\": 2, \"\\ud83d\\ude01\": 3, \"\\ue000\": 4, \"\": 5,"
                + " \"a\": 6, \"\\ud83d\\ude00a\": 7, \"aa\": 8, \"A\": 9, \"\\ud83c\\udfff\": 10,"
                + " \"a\\uffff\": 11, \"a\\ud83d\\ude00\": 12}"));
  }

  @Test
  void writesRandomValuesAsPythonDoes() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ObjectMapper json = new ObjectMapper();
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < RANDOM_VALUES; i++) {
      documents.add(json.writeValueAsString(value(random, DEPTH)));
    }
    assertSameAsPython(documents, "seed " + seed);
  }

  @Test
  void writesRandomNumbersAsPythonDoes() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < RANDOM_VALUES; i++) {
      double number = number(random);
      documents.add("[" + (Double.isFinite(number) ? number : 0) + "]");
    }
    for (int exponent = -1074; exponent < 1024; exponent++) {
      documents.add("[" + Math.scalb(1.0, exponent) + "]"); // Its neighbours are not equally far.
    }
    assertSameAsPython(documents, "seed " + seed);
  }

  /** Any bits, or a weight or an amount with few digits, or few bits at the lower end. */
  private static double number(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Double.longBitsToDouble(random.nextLong());
      case 1 -> Math.round(random.nextDouble() * 1e6) / 1e3;
      default -> Double.longBitsToDouble(random.nextInt(5000));
    };
  }

  private static Object value(Random random, int depth) {
    switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0:
        return null;
      case 1:
        return random.nextBoolean();
      case 2:
        return random.nextInt();
      case 3:
        return new BigInteger(200, random).negate();
      case 4:
        double number = number(random);
        return Double.isFinite(number) ? number : 0.0;
      case 5:
        return text(random);
      case 6:
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        return list;
      default:
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
          map.put(text(random), value(random, depth - 1));
        }
        return map;
    }
  }

  private static String text(Random random) {
    int[] limits = {0x80, 0x100, 0x3000, 0x11000, 0x20000};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int point = random.nextInt(limits[random.nextInt(limits.length)]);
      // Half a pair cannot be sent as UTF-8; those written as escapes are tested above.
      text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? '?' : point);
    }
    return text.toString();
  }

  private static void assertSameAsPython(List<String> documents, String... what) throws Exception {
    List<String> expected = python(documents);
    ObjectMapper json = new ObjectMapper();
    for (int i = 0; i < documents.size(); i++) {
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      PythonJson.write(json.readValue(documents.get(i), Object.class), written);
      assertEquals(
          expected.get(i),
          written.toString(StandardCharsets.UTF_8),
          documents.get(i) + " " + Arrays.toString(what));
    }
  }

  /** What Python makes of these documents, none of which has a line break. */
  private static List<String> python(List<String> documents) throws IOException {
    Process python =
        new ProcessBuilder(
                "python3",
                "-c",
                "import json, sys\n"
                    + "for line in sys.stdin.buffer.read().decode().split('\\n'):\n"
                    + "  if line: print(json.dumps(json.loads(line), sort_keys=True))\n")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    // It reads everything before it writes anything.
    try (BufferedWriter in = python.outputWriter(StandardCharsets.UTF_8)) {
      for (String document : documents) {
        in.write(document);
        in.write('\n');
      }
    }
    try (BufferedReader out = python.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = out.lines().toList();
      assertEquals(documents.size(), lines.size());
      return lines;
    } finally {
      python.destroy();
    }
  }
}
