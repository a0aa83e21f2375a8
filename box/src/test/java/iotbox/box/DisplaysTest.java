package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.box.option.BoxOptions;
import iotbox.box.option.StartupException;
import iotbox.box.thread.BoxThreads;
import iotbox.stock.display.DisplayChoice;
import iotbox.stock.display.DisplayMeans;
import iotbox.stock.setting.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** On whose screens something appears without being asked for. */
class DisplaysTest {
  private static final Map<String, String> KIOSK = Map.of("DISPLAY", ":0");
  private static final Map<String, String> DESK =
      Map.of("DISPLAY", ":0", "XDG_CURRENT_DESKTOP", "GNOME");

  private static DisplayMeans means(
      Map<String, String> environment, boolean development, String... options)
      throws StartupException {
    try (BoxThreads threads = new BoxThreads()) {
      Foundation base =
          new Foundation(
              BoxOptions.parse(options, Map.of(), text -> {}),
              environment,
              Path.of("data"),
              null,
              threads,
              new Lifecycle(),
              development);
      return new Displays(base, () -> "").means(Settings.passing(), () -> null);
    }
  }

  private static boolean opens(
      Map<String, String> environment, boolean development, String... options)
      throws StartupException {
    return means(environment, development, options).choice().opens();
  }

  @Test
  void aMachineForNothingElseShowsThePageByItself() throws StartupException {
    assertEquals(true, opens(KIOSK, false));
  }

  @Test
  void nobodysScreenIsCoveredUnasked() throws StartupException {
    assertEquals(false, opens(DESK, false));
    assertEquals(false, opens(KIOSK, true));
    assertEquals(false, opens(KIOSK, false, "--demo"));
  }

  @Test
  void whoNamesScreensMeansThem() throws StartupException {
    assertEquals(true, opens(DESK, true, "--display", "all"));
    assertEquals(
        new DisplayChoice(Set.of("HDMI-1"), true, true),
        means(DESK, false, "--display", "HDMI-1").choice());
  }

  @Test
  void whereThereShallBeNoneNobodyLooks() throws StartupException {
    DisplayMeans none = means(DESK, false, "--display", "none");
    assertEquals(false, none.choice().asked());
    assertEquals(Map.of(), none.environment());
  }
}
