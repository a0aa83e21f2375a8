package iotbox.stock.keyboard.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import iotbox.stock.input.KeyNames;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys are called as on a keyboard of the United States; see {@link KeyNames}. */
class KeysTest {
  /** What is expected was read from the keys of such keyboards, not from xkb. */
  static Stream<Arguments> printedOnKeys() {
    return Stream.of(
        arguments("us", "", "a shift+a 1 shift+2 [ shift+[ rightshift+/ space 102nd", "aA1@[{? <"),
        arguments("fr", "", "q w a z ; m 1 shift+1 2 altgr+0 altgr+e", "azqwm,&1é@€"),
        arguments("fr", "", "[ e shift+[ i [ shift+e", "êïÊ"),
        arguments("de", "", "y z ; ' [ - shift+7 altgr+q altgr+7 altgr+e 102nd", "zyöäüß/@{€<"),
        arguments("de", "", "= e shift+= a = shift+o", "éàÓ"),
        arguments("be", "", "q 1 shift+1 altgr+2 altgr+1 [ a shift+[ u", "a&1@|^qü"),
        arguments("gb", "", "shift+2 shift+3 shift+' \\ shift+\\ altgr+4", "\"£@#~€"),
        arguments("es", "", "; shift+; altgr+2 altgr+1 altgr+e shift+7 ' a ' shift+u", "ñÑ@|€/áÚ"),
        arguments("it", "", "; ' [ altgr+; shift+7", "òàè@/"),
        arguments("se", "", "[ ; ' altgr+2 altgr+7", "åöä@{"),
        arguments("pl", "", "altgr+a altgr+shift+l altgr+e", "ąŁę"),
        arguments("ch", "fr", "; ' [ shift+; altgr+2", "éàèö@"),
        arguments("de", "nodeadkeys", "= shift+=", "´`"),
        arguments("us", "dvorak", "q w e s", "',.o"),
        arguments("ru", "", "q w e shift+q", "йцуЙ"),
        arguments("gr", "", "q a s", ";ασ"));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("printedOnKeys")
  void aKeyWritesWhatIsPrintedOnIt(String name, String variant, String strokes, String text)
      throws Exception {
    assertEquals(text, typed(new Layout(name, variant), strokes));
  }

  @Test
  void capitalsAreLocked() throws Exception {
    assertEquals(
        "AbÖ1zZ", typed(new Layout("de", ""), "capslock a shift+b ; 1 capslock y shift+y"));
  }

  @Test
  void aKeypadHasDigitsUntilItIsSaidOtherwise() throws Exception {
    String strokes = "kp7 kp0 kp+ kpenter numlock kp7 kp0 kp+ numlock kp7";
    assertEquals("70+\r+7", typed(Layout.US, strokes));
    assertEquals("70+\r+7", typed(new UsKeys(), strokes));
    assertEquals("7,", typed(new Layout("de", ""), "kp7 kp."), "the comma of that country");
  }

  @Test
  void controlMakesControlCharacters() throws Exception {
    String strokes = "0 1 ctrl+] 2 1 ctrl+m rightctrl+j tab enter";
    String text = "01\u001d21\r\n\t\r";
    assertEquals(text, typed(Layout.US, strokes));
    assertEquals(text, typed(new UsKeys(), strokes));
  }

  @Test
  void anAccentThatFitsNoLetterIsWrittenBesideIt() throws Exception {
    Layout german = new Layout("de", "");
    assertEquals("^ ".strip(), typed(german, "` space"), "with a space: the accent itself");
    assertEquals("'x", typed(german, "= x"));
    assertEquals("'1a", typed(german, "= 1 a"));
    assertEquals("É", typed(german, "= shift+e"), "shift is no letter that might not fit");
  }

  @Test
  void keysThatWriteNothingWriteNothing() throws Exception {
    assertEquals("", typed(Layout.US, "shift ctrl alt altgr capslock numlock"));
    try (Keys keys = XkbKeys.of(Layout.US)) {
      for (int code : List.of(0, 59, 102, 103, 113, 240, 255, 300, 767)) {
        assertEquals("", keys.press(code), () -> "key " + code);
        keys.release(code);
      }
    }
  }

  @Test
  void whatWasHeldDownWhenEventsWereLostIsLetGo() throws Exception {
    for (Keys keys : List.of(XkbKeys.of(new Layout("de", "")), new UsKeys())) {
      keys.press(42);
      assertEquals("A", keys.press(30));
      keys.letGo();
      assertEquals("a", keys.press(30));
      keys.close();
    }
  }

  @Test
  void nothingIsWrittenAfterTheEnd() throws Exception {
    Keys keys = XkbKeys.of(Layout.US);
    keys.close();
    keys.close();
    assertEquals("", keys.press(30));
    keys.release(30);
    keys.letGo();
  }

  @Test
  void withoutTheLibraryItIsAsWithIt() throws Exception {
    for (String lock : List.of("", "capslock ", "numlock ")) {
      for (String held : List.of("", "shift+", "rightshift+", "ctrl+")) {
        for (int code = 1; code <= 58; code++) {
          // Ctrl and digits make what only terminals know, and Ctrl and Space no text.
          if (!held.equals("ctrl+") || code >= 16 && code <= 27) {
            assertEquals(
                both(XkbKeys.of(Layout.US), lock, held, code),
                both(new UsKeys(), lock, held, code),
                lock + held + code);
          }
        }
        for (int code = 71; code <= 83; code++) {
          if (held.isEmpty()) {
            assertEquals(
                both(XkbKeys.of(Layout.US), lock, held, code),
                both(new UsKeys(), lock, held, code),
                lock + held + code);
          }
        }
      }
    }
  }

  private static String both(Keys keys, String lock, String held, int code) {
    try (keys) {
      StringBuilder text = new StringBuilder();
      if (!lock.isEmpty()) {
        type(keys, text, lock.strip());
      }
      if (!held.isEmpty()) {
        text.append(keys.press(KeyNames.strokes(held.replace("+", "")).get(0).get(0)));
      }
      return text.append(keys.press(code)).toString();
    }
  }

  @Test
  void aLayoutThatTheSystemHasNotIsRefused() {
    UnknownLayoutException refusal =
        assertThrows(UnknownLayoutException.class, () -> XkbKeys.of(new Layout("xyz", "")));
    assertTrue(refusal.getMessage().contains("no layout xyz;"), refusal.getMessage());
    assertThrows(UnknownLayoutException.class, () -> XkbKeys.of(new Layout("de", "xyz")));
    for (String name : List.of("", "de,us", "../de", "de(mac)", "d\0e", "é", "a".repeat(65))) {
      assertThrows(IllegalArgumentException.class, () -> new Layout(name, ""), name);
      assertThrows(IllegalArgumentException.class, () -> new Layout("de", name + "!"), name);
    }
  }

  private static String typed(Layout layout, String strokes) throws UnknownLayoutException {
    return typed(XkbKeys.of(layout), strokes);
  }

  private static String typed(Keys keys, String strokes) {
    try (keys) {
      StringBuilder text = new StringBuilder();
      type(keys, text, strokes);
      return text.toString();
    }
  }

  private static void type(Keys keys, StringBuilder text, String strokes) {
    for (List<Integer> stroke : KeyNames.strokes(strokes)) {
      stroke.forEach(code -> text.append(keys.press(code)));
      stroke.forEach(keys::release);
    }
  }
}
