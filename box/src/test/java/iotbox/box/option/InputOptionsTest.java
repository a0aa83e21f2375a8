package iotbox.box.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputOptionsTest {
  private static final Path USUAL = Path.of("/dev/input");
  private static final Path KERNELS = Path.of("/sys/class/input");

  @Test
  void theyAreWhereLinuxHasThem() throws StartupException {
    assertEquals(new InputOptions(USUAL, KERNELS, false), parse());
    assertEquals(new InputOptions(USUAL, KERNELS, true), parse("--input-devices", "/dev/input"));
    assertEquals(
        new InputOptions(Path.of("/host/dev"), Path.of("/host/sys/class/input"), true),
        parse("--input-devices=/host/dev:/host/sys/class/input"));
  }

  @Test
  void aDemonstrationReadsNobodysKeyboardUnlessItIsSaid() throws StartupException {
    assertTrue(parse("--demo").isNone());
    assertTrue(parse("--input-devices", "none").isNone());
    assertFalse(parse("--demo", "--input-devices", "/dev/input").isNone());
  }

  @Test
  void whatIsNoFolderIsRefused() {
    for (String wrong : new String[] {"", "keyboard", "/dev/input:", "/dev/input:sys", ":/sys"}) {
      StartupException refusal =
          assertThrows(StartupException.class, () -> parse("--input-devices=" + wrong), wrong);
      assertTrue(
          refusal.getMessage().startsWith("--input-devices needs none or a folder such as"),
          refusal.getMessage());
    }
  }

  private static InputOptions parse(String... arguments) throws StartupException {
    return BoxOptions.parse(arguments, Map.of(), help -> {}).inputs();
  }
}
