package iotbox.stock.display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What wlr-randr prints. */
class WaylandScreensTest {
  @Test
  void screensHaveAPlaceAndAreTurned() {
    String answer =
        """
        HDMI-A-1 "Dell Inc. DELL U2412M YPPY0738 (HDMI-A-1)"
          Make: Dell Inc.
          Model: DELL U2412M
          Serial: YPPY0738
          Physical size: 520x320 mm
          Enabled: yes
          Modes:
            1920x1200 px, 59.950001 Hz (preferred, current)
            1600x1200 px, 60.000000 Hz
          Position: 0,0
          Transform: normal
          Scale: 1.000000
          Adaptive Sync: disabled
        HDMI-A-2 "Goodix Corporation 0x0000 (HDMI-A-2)"
          Physical size: 150x100 mm
          Enabled: yes
          Modes:
            1024x600 px, 59.821000 Hz (preferred)
            800x480 px, 60.000000 Hz (current)
          Position: 1920,0
          Transform: 90
          Scale: 1.000000
        DSI-1 "(null) (null) (DSI-1)"
          Enabled: no
          Modes:
            800x480 px, 60.000000 Hz (preferred)
        """;
    assertEquals(
        List.of(
            new Screen("HDMI-A-1", 0, 0, 1920, 1200), new Screen("HDMI-A-2", 1920, 0, 480, 800)),
        WaylandScreens.parse(answer));
  }

  @Test
  void whatElseItSaysIsNoScreen() {
    assertEquals(List.of(), WaylandScreens.parse(""));
    assertEquals(List.of(), WaylandScreens.parse("  Enabled: yes\n  Position: 1,2\n"));
    assertEquals(List.of(), WaylandScreens.parse("compositor doesn't support this\n\n"));
  }

  @Test
  void aScreenOfUnknownSizeIsOneAllTheSame() {
    assertEquals(
        List.of(new Screen("HEADLESS-1", 0, 0, 0, 0)),
        WaylandScreens.parse("HEADLESS-1 \"Headless output 1\"\n  Enabled: yes\n  Modes:\n"));
  }
}
