package iotbox.stock.keyboard.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WithoutXkbTest {
  /** Types on two keyboards; a process of its own, since a library loads once in each. */
  static final class Typing {
    private Typing() {}

    public static void main(String[] args) throws UnknownLayoutException {
      for (int i = 0; i < 2; i++) {
        try (Keys keys = Layouts.keys(new Layout("de", ""))) {
          System.out.println("typed: " + keys.press(21));
        }
      }
    }
  }

  @Test
  @Timeout(60)
  void withoutTheLibraryAKeyboardIsOneOfTheStatesAndThatIsTold() throws Exception {
    Process typing =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Nowhere to put what loads libraries.
                "-Djna.tmpdir=/proc/not/there",
                "-Djna.nosys=true",
                "-cp",
                System.getProperty("java.class.path"),
                Typing.class.getName())
            .redirectErrorStream(true)
            .start();
    String told = new String(typing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, typing.waitFor(), told);
    assertEquals(2, told.lines().filter("typed: y"::equals).count(), told);
    assertTrue(told.contains("apt-get install libxkbcommon0 xkb-data"), told);
  }
}
