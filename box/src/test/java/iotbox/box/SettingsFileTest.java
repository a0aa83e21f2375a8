package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.stock.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  private static final Map<String, Object> LAYOUT =
      Map.of("layout", "be", "scanner", true, "others", List.of("fr", Map.of("variant", 1)));

  @TempDir Path folder;

  @Test
  void whatWasSetIsThereAfterARestart() throws Exception {
    SettingsFile settings = new SettingsFile(folder);
    settings.of("keyboards").keep("usb_0001:0001", LAYOUT);
    settings.of("printers").keep("usb_0001:0001", Map.of("kind", "label_printer"));

    SettingsFile again = new SettingsFile(folder);
    assertEquals(LAYOUT, again.of("keyboards").of("usb_0001:0001"));
    assertEquals(Map.of("kind", "label_printer"), again.of("printers").of("usb_0001:0001"));
    assertEquals(Map.of(), again.of("keyboards").of("other"));
  }

  @Test
  void nothingLeftToSetIsForgotten() throws Exception {
    Settings settings = new SettingsFile(folder).of("keyboards");
    settings.keep("a", LAYOUT);
    settings.keep("a", Map.of());

    assertEquals(Map.of(), new SettingsFile(folder).of("keyboards").of("a"));
    assertFalse(Files.readString(folder.resolve("device-settings.json")).contains("layout"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"keyboards\": {", "[]"})
  void aDamagedFileIsPutAside(String content) throws Exception {
    Files.writeString(folder.resolve("device-settings.json"), content);

    assertEquals(Map.of(), new SettingsFile(folder).of("keyboards").of("a"));
    assertEquals(content, Files.readString(folder.resolve("device-settings.json.bad-1")));
  }

  @Test
  void whatCannotBeASettingIsPassedOver() throws Exception {
    Files.writeString(
        folder.resolve("device-settings.json"),
        "{\"keyboards\": {\"a\": 5, \"b\": {\"layout\": \"be\"}}, \"printers\": 7}");

    assertEquals(Map.of(), new SettingsFile(folder).of("keyboards").of("a"));
    assertEquals(Map.of("layout", "be"), new SettingsFile(folder).of("keyboards").of("b"));
    assertEquals(Map.of(), new SettingsFile(folder).of("printers").of("a"));
  }

  @Test
  void whatCannotBeWrittenIsNotTakenAndIsRefused() throws Exception {
    SettingsFile settings = new SettingsFile(folder);
    settings.of("printers").keep("a", Map.of("kind", "label_printer"));
    Path inTheWay = Files.createDirectories(folder.resolve("device-settings.json.new/in the way"));

    for (Map<String, Object> next : List.of(LAYOUT, Map.<String, Object>of())) {
      IOException refusal =
          assertThrows(IOException.class, () -> settings.of("printers").keep("a", next));
      assertTrue(
          refusal.getMessage().startsWith("Nothing was changed, as the data folder cannot"),
          refusal.getMessage());
    }
    assertThrows(IOException.class, () -> settings.of("keyboards").keep("b", LAYOUT));

    assertEquals(Map.of("kind", "label_printer"), settings.of("printers").of("a"));
    assertEquals(Map.of(), settings.of("keyboards").of("b"));
    Files.delete(inTheWay);
    settings.of("printers").keep("c", Map.of("kind", "office_printer"));
    SettingsFile again = new SettingsFile(folder);
    assertEquals(Map.of("kind", "label_printer"), again.of("printers").of("a"));
    assertEquals(Map.of(), again.of("keyboards").of("b"), "what was refused does not come later");
  }
}
