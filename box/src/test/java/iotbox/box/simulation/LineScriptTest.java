package iotbox.box.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an author is told about a script that is wrong. */
class LineScriptTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "say \"a\"            | 1 | A line begins with expect, otherwise, every, answer, silence, wait, set or #",
        "answer \"a\"         | 1 | Before \"answer\" write when: expect \"…\" or every 2 s",
        "expect \"a           | 8 | This text has no closing quotation mark",
        "expect \"a\\q\"      | 10 | Write \\r \\n \\t \\0 \\\\ \\\" \\{ or a byte as \\x1B",
        "expect \"\\x4\"      | 9 | Write \\r \\n \\t \\0 \\\\ \\\" \\{ or a byte as \\x1B",
        "expect hex 0         | 12 | Write bytes as two hexadecimal digits each: hex 02 31 0D",
        "expect hex           | 11 | Write bytes as two hexadecimal digits each: hex 02 31 0D",
        "expect W             | 8 | Write a text in quotation marks, or hex and bytes: hex 02 0D",
        "expect \"\"          | 8 | An empty text is never heard",
        "expect \"a{b}\"      | 8 | A variable at the end has no end; write what follows it, such as \\r",
        "expect \"a{b\"       | 10 | Write a variable as {name}, and a brace that is meant as \\{",
        "expect \"€\"         | 9 | \"€\" is more than one byte; write its bytes, such as \\xE2",
        "every 2              | 7 | Write a time such as 200 ms, 1.5 s or 2 min",
        "every two s          | 7 | Write a time such as 200 ms, 1.5 s or 2 min",
        "every 2 h            | 7 | Write a time such as 200 ms, 1.5 s or 2 min",
        "every 0 s            | 7 | A time is from 1 ms to 60 min",
        "every 61 min         | 7 | A time is from 1 ms to 60 min",
        "set \"a\"            | 5 | Write a name and values: set weight \"1.234\", \"2.500\"",
        "set a                | 6 | Write a text in quotation marks, or hex and bytes: hex 02 0D",
        "set a \"{b}\"        | 7 | Values at the beginning are made of no variables",
        "expect \"a\"         | 1 | Write below this what is done: answer \"…\", or silence",
        "expect \"a\" \"b\"   | 12 | Nothing may follow here but a comment (# …)",
        "# nothing            | 1 | A device does something: write expect \"…\" or every 2 s, then answer \"…\"",
      })
  void aFaultIsToldWithItsPlace(String script, int column, String message) {
    assertEquals("scale.line:1:" + column + ": " + message, faults(script));
  }

  @Test
  void allFaultsAreToldAtOnceAndNoneTwice() {
    assertEquals(
        """
        scale.line:2:8: Write a text in quotation marks, or hex and bytes: hex 02 0D
        scale.line:4:11: There is no variable "weight"; write at the beginning: set weight "…"
        scale.line:5:8: This is expected in line 3 already""",
        faults(
            """
            # The answer of the second line has no wrong place because of it.
            expect W
            expect "T"
            answer "a{weight}"
            expect "T"
            answer "b"
            """));
  }

  @Test
  void onlyLinesCanBeUnexpected() {
    assertEquals(
        "scale.line:3:1: Only lines can be unexpected: let each expect end with the same control"
            + " character, such as \\r or \\n",
        faults("expect \"W\"\nsilence\notherwise\nanswer \"?\""));
    assertEquals(
        "scale.line:5:1: There is an otherwise in line 3 already",
        faults("expect \"W\\r\"\nsilence\notherwise\nanswer \"?\"\notherwise\nsilence"));
  }

  @Test
  void aVariableIsSetOnceAtTheBeginning() {
    assertEquals(
        "scale.line:2:5: \"a\" is set already; write all values in one line",
        faults("set a \"1\"\nset a \"2\"\nexpect \"W\"\nsilence"));
  }

  @Test
  void aFileThatIsNotTextIsTold(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("scale.line");
    Files.write(file, "expect \"ä\"\nsilence".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        file + ":1:1: The file is not UTF-8; write bytes as \\xE4, or save it as UTF-8",
        assertThrows(LineScriptException.class, () -> LineScript.read(file)).getMessage());
    Files.write(file, new byte[300_000]);
    assertEquals(
        file + ":1:1: A script has no more than 262144 bytes",
        assertThrows(LineScriptException.class, () -> LineScript.read(file)).getMessage());
  }

  private static String faults(String script) {
    return assertThrows(LineScriptException.class, () -> LineScript.parse("scale.line", script))
        .getMessage();
  }
}
