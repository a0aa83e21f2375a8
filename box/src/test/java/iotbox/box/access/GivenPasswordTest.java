package iotbox.box.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenPasswordTest {
  @TempDir Path folder;

  @Test
  void theLineInTheFileIsThePasswordAtEachMoment() throws IOException {
    Path file = Files.writeString(folder.resolve("owner"), "first one\n");
    GivenPassword password = new GivenPassword(file);
    assertTrue(password.matches("first one"));
    assertFalse(password.matches("first one\n"));
    Files.writeString(file, "second one\r\n");
    assertTrue(password.matches("second one"));
    assertFalse(password.matches("first one"));
    assertFalse(password.canChange());
  }

  @Test
  void aFileThatIsNoGoodLetsNobodyIn() throws IOException {
    Path file = folder.resolve("owner");
    GivenPassword password = new GivenPassword(file);
    assertFalse(password.matches(""));
    assertEquals("cannot be read as text", GivenPassword.problem(file));
    for (String bad : new String[] {"", "\n", "short", "x".repeat(201), "two lines\nof text"}) {
      Files.writeString(file, bad);
      assertEquals("must hold one line of 8 to 200 characters", GivenPassword.problem(file), bad);
      assertFalse(password.matches(bad));
    }
    Files.write(file, new byte[] {(byte) 0xff, 1, 2, 3, 4, 5, 6, 7, 8});
    assertEquals("cannot be read as text", GivenPassword.problem(file));
    Files.writeString(file, "good enough");
    assertNull(GivenPassword.problem(file));
  }
}
