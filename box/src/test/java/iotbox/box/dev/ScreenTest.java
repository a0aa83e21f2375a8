package iotbox.box.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.dev.Screen.Look;
import iotbox.box.dev.Screen.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How lines look on a terminal, and where there is none. */
class ScreenTest {
  private static final String ESCAPE = "\u001b[";

  private final List<String> lines = new ArrayList<>();

  private Screen screen(Map<String, String> environment, boolean terminal) {
    return new Screen(lines::add, Runnable::run, Look.of(environment, terminal));
  }

  @Test
  void withoutATerminalLinesArePlainAndWhole() {
    screen(Map.of("TERM", "xterm", "COLUMNS", "40"), false)
        .passed(Tone.GOOD, "event", "x".repeat(100));

    assertTrue(lines.get(0).matches("\\d\\d:\\d\\d:\\d\\d event  x{100}"), lines.get(0));
  }

  @Test
  void aTerminalHasColoursAndLinesOfItsWidth() {
    Screen screen = screen(Map.of("TERM", "xterm", "COLUMNS", "50"), true);
    screen.passed(Tone.BAD, "event", "y".repeat(100));
    screen.passed(Tone.PLAIN, "event", "short");

    assertTrue(lines.get(0).contains(ESCAPE + "31my"), lines.get(0));
    String shown = lines.get(0).replaceAll("\u001b\\[\\d*m", "");
    assertEquals(50, shown.length());
    assertTrue(shown.endsWith("y…"), shown);
    assertTrue(lines.get(1).endsWith("short"), lines.get(1));
  }

  @Test
  void whatMattersIsNeverCut() {
    Screen screen = screen(Map.of("TERM", "xterm", "COLUMNS", "50"), true);
    screen.whole(Tone.PLAIN, "z".repeat(300));
    screen.happened(Tone.PLAIN, "device", "z".repeat(300));

    assertEquals("z".repeat(300), lines.get(0));
    assertTrue(lines.get(1).endsWith("z".repeat(300)), lines.get(1));
  }

  @Test
  void nobodyIsForcedToHaveColours() {
    assertFalse(Look.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true).colours());
    assertFalse(Look.of(Map.of("TERM", "dumb"), true).colours());
    assertFalse(Look.of(Map.of(), true).colours());
    assertTrue(Look.of(Map.of("TERM", "xterm", "NO_COLOR", ""), true).colours());
  }

  @Test
  void aWidthThatMakesNoSenseIsNone() {
    assertEquals(0, Look.of(Map.of("COLUMNS", "wide"), true).width());
    assertEquals(0, Look.of(Map.of(), true).width());
    assertEquals(40, Look.of(Map.of("COLUMNS", "3"), true).width());
  }
}
