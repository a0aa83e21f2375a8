package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import iotbox.box.device.choice.DriverRules.Decisions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesFileTest {
  private static final Decisions SOME =
      new Decisions(Map.of("/dev/ttyUSB0", "shop.Scale"), Set.of("/dev/ttyS0", "usb_0001:0002"));

  @TempDir Path folder;

  @Test
  void whatIsKeptIsThereAfterARestart() throws Exception {
    assertEquals(Decisions.NONE, new RulesFile(folder).read());
    new RulesFile(folder).keep(SOME);
    assertEquals(SOME, new RulesFile(folder).read());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"pins\": {\"a", "null", "\u0000\u0000"})
  void aDamagedFileIsPutAside(String content) throws Exception {
    Files.writeString(folder.resolve("devices.json"), content);

    assertEquals(Decisions.NONE, new RulesFile(folder).read());
    assertEquals(content, Files.readString(folder.resolve("devices.json.bad-1")));
  }

  @Test
  void whatCannotBeADecisionIsPassedOver() throws Exception {
    Files.writeString(
        folder.resolve("devices.json"),
        "{\"pins\": {\"a\": 1, \"b\": \"B\"}, \"unprobed\": [\"c\", 4, {}], \"later\": true}");

    assertEquals(new Decisions(Map.of("b", "B"), Set.of("c")), new RulesFile(folder).read());
  }

  @Test
  void whatAnInterruptedWriteLeftBehindDoesNoHarm() throws Exception {
    new RulesFile(folder).keep(SOME);
    Files.writeString(folder.resolve("devices.json.new"), "{\"pins\": {\"x");

    assertEquals(SOME, new RulesFile(folder).read());
    new RulesFile(folder).keep(Decisions.NONE);
    assertEquals(Decisions.NONE, new RulesFile(folder).read());
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaid() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    assertThrows(IOException.class, () -> new RulesFile(file).keep(SOME));
  }
}
