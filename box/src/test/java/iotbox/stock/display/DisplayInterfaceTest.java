package iotbox.stock.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.handler.Device;
import iotbox.stock.setting.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DisplayInterfaceTest {
  private static final DisplayChoice LEFT_TO_THE_BOX = new DisplayChoice(Set.of(), false, true);
  private static final DisplayChoice ALL = new DisplayChoice(Set.of(), true, true);

  /** A desktop that is what the test says. */
  private static final class Fake implements Screens {
    private List<Screen> screens = List.of();
    private IOException trouble;

    @Override
    public List<Screen> now() throws IOException {
      if (trouble != null) {
        throw trouble;
      }
      return screens;
    }

    @Override
    public void rotate(String name, Orientation orientation) {}

    @Override
    public List<String> browserOptions(Screen screen) {
      return List.of();
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }
  }

  private final Fake wayland = new Fake();
  private final Fake x11 = new Fake();

  private static DisplayMeans means(DisplayChoice choice, Map<String, String> environment) {
    return new DisplayMeans(
        choice,
        environment,
        Path.of("nowhere"),
        Settings.passing(),
        () -> null,
        () -> null,
        () -> "http://127.0.0.1:8069/",
        new CustomerData(),
        Runnable::run);
  }

  private DisplayInterface displays(DisplayChoice choice) {
    return new DisplayInterface(means(choice, Map.of()), new Desktop(List.of(wayland, x11)));
  }

  @Test
  void screensHaveTheNamesAndAttributesOfOdoosOwnBoxes() throws Exception {
    wayland.screens =
        List.of(
            new Screen("HDMI-A-1", 0, 0, 1920, 1080), new Screen("HDMI-A-2", 1920, 0, 800, 480));
    Map<String, Device> devices = displays(LEFT_TO_THE_BOX).getDevices();
    assertEquals(List.of("HDMI-A-1", "HDMI-A-2"), List.copyOf(devices.keySet()));
    assertEquals(
        Map.of(
            "identifier",
            "HDMI-A-2",
            "name",
            "Display - HDMI-A-2",
            "x_screen",
            "1",
            "width",
            800,
            "height",
            480),
        devices.get("HDMI-A-2").attributes());
    assertTrue(DisplayDriver.supported(devices.get("HDMI-A-1")));
  }

  @Test
  void aScreenThatIsNoneCountsOnlyIfItIsNamed() throws Exception {
    wayland.screens = List.of(new Screen("DUMMY0", 0, 0, 800, 600), new Screen("DP-1", 0, 0, 9, 9));
    assertEquals(Set.of("DP-1"), displays(ALL).getDevices().keySet());
    assertEquals(
        Set.of("DUMMY0"),
        displays(new DisplayChoice(Set.of("DUMMY0"), true, true)).getDevices().keySet());
  }

  @Test
  void theOtherWayIsTakenWhereOneDoesNotWork() throws Exception {
    wayland.trouble = new IOException("compositor doesn't support it");
    x11.screens = List.of(new Screen("HDMI-1", 0, 0, 800, 600));
    assertEquals(Set.of("HDMI-1"), displays(ALL).getDevices().keySet());
  }

  @Test
  void whatKeepsScreensFromBeingFoundIsSaidToWhoeverAskedForThem() throws Exception {
    wayland.trouble = new IOException("install wlr-randr.");
    x11.trouble = new IOException("install xrandr.");
    assertEquals(
        "install wlr-randr.",
        assertThrows(IOException.class, () -> displays(ALL).getDevices()).getMessage());
    assertEquals(Map.of(), displays(LEFT_TO_THE_BOX).getDevices());
  }

  @Test
  void withoutADesktopThereAreNoneAndNobodyLooksAgain() throws Exception {
    DisplayInterface none = new DisplayInterface(means(LEFT_TO_THE_BOX, Map.of("PATH", "/")));
    assertEquals(Map.of(), none.getDevices());
    assertEquals(Duration.ZERO, none.loopDelay());
    String said =
        assertThrows(
                IOException.class, () -> new DisplayInterface(means(ALL, Map.of())).getDevices())
            .getMessage();
    assertTrue(said.contains("DISPLAY") && said.endsWith("."), said);
  }

  @Test
  void anXServerElsewhereIsSomebodysDesk() {
    Map<String, String> forwarded = Map.of("DISPLAY", "localhost:10.0", "WAYLAND_DISPLAY", " ");
    assertFalse(Desktop.of(forwarded, false).exists());
    assertTrue(Desktop.of(forwarded, true).exists());
    assertTrue(Desktop.of(Map.of("DISPLAY", ":0"), false).exists());
    assertTrue(Desktop.of(Map.of("WAYLAND_DISPLAY", "wayland-1"), false).exists());
  }

  @Test
  void aMissingProgramIsNamedWithItsPackage() {
    ScreenTool missing = new ScreenTool("no-such-randr", "some-randr", Map.of());
    assertEquals(
        "Screens cannot be found without no-such-randr: install the package some-randr.",
        assertThrows(ToolMissingException.class, missing::ask).getMessage());
    assertEquals(
        "A display needs a browser: install the package chromium.",
        assertThrows(ToolMissingException.class, () -> new Chromium("/nowhere").program())
            .getMessage());
  }

  @Test
  void aProgramThatFailsIsQuoted() {
    ScreenTool failing = new ScreenTool("sh", "dash", Map.of());
    assertEquals(
        "sh -c echo no screens >&2; exit 1 failed: no screens",
        assertThrows(IOException.class, () -> failing.ask("-c", "echo no screens >&2; exit 1"))
            .getMessage());
  }

  @Test
  void orientationsAreOdoosAndOthersAreNamed() {
    assertEquals(Orientation.RIGHT, Orientation.of("RIGHT"));
    assertEquals("270", Orientation.of("right").transform());
    assertEquals(
        "A screen's orientation is one of normal, inverted, left, right, not \"up\".",
        assertThrows(IllegalArgumentException.class, () -> Orientation.of("up")).getMessage());
  }
}
