package iotbox.stock.display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What xrandr prints. */
class X11ScreensTest {
  @Test
  void screensHaveAPlaceAndAreTurned() {
    String answer =
        """
        Screen 0: minimum 320 x 200, current 3000 x 1920, maximum 16384 x 16384
        eDP-1 connected primary 1920x1080+1080+420 (normal left inverted right x axis y axis) 309mm x 174mm
           1920x1080     60.02*+  48.00
           1400x1050     59.98
        HDMI-1 connected 1080x1920+0+0 left (normal left inverted right x axis y axis) 527mm x 296mm
           1920x1080     60.00*+  50.00    59.94
        DP-1 disconnected (normal left inverted right x axis y axis)
        DP-2 connected (normal left inverted right x axis y axis)
           2560x1440     59.95 +
        HDMI-2 disconnected 1920x1080+0+0 (normal left inverted right x axis y axis) 0mm x 0mm
        """;
    assertEquals(
        List.of(new Screen("eDP-1", 1080, 420, 1920, 1080), new Screen("HDMI-1", 0, 0, 1080, 1920)),
        X11Screens.parse(answer));
  }

  @Test
  void virtualScreensCount() {
    assertEquals(
        List.of(new Screen("screen", 0, 0, 800, 600)),
        X11Screens.parse(
            """
            Screen 0: minimum 1 x 1, current 800 x 600, maximum 800 x 600
            screen connected 800x600+0+0 0mm x 0mm
               800x600        0.00*
            """));
  }

  @Property(tries = 200)
  void whatItDoesNotKnowIsNoScreen(@ForAll String text) {
    assertEquals(List.of(), X11Screens.parse(text));
    assertEquals(List.of(), X11Screens.parse("HDMI-1 connected " + text));
  }
}
