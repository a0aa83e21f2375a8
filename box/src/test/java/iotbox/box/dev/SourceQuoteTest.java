package iotbox.box.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.box.command.Finding;
import iotbox.box.command.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An error, its line, and a mark below the place. */
class SourceQuoteTest {
  private static Finding at(int column) {
    return new Finding("A.java", 7, column, Severity.ERROR, "No");
  }

  @Test
  void theMarkIsBelowItsPlaceAlsoBehindTabs() {
    assertEquals(
        List.of("A.java:7:5: error: No", "    \tint x;", "    \t   ^"),
        SourceQuote.lines(at(5), "\tint x;"));
  }

  @Test
  void aPlaceBehindTheLineIsItsEnd() {
    assertEquals("      ^", SourceQuote.lines(at(99), "ab").get(2));
  }

  @Test
  void withoutALineThereIsNothingToQuote() {
    assertEquals(List.of("A.java:7:5: error: No"), SourceQuote.lines(at(5), null));
    assertEquals(List.of("A.java:7:5: error: No"), SourceQuote.lines(at(5), " "));
  }
}
