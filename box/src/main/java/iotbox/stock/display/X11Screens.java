package iotbox.stock.display;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The screens of an X server, by {@code xrandr}. */
final class X11Screens implements Screens {
  /** {@code HDMI-1 connected primary 1920x1080+0+0 left (normal left …) 527mm x 296mm}. */
  private static final Pattern OUTPUT =
      Pattern.compile(
          "^(\\S+) connected(?: primary)? (\\d{1,5})x(\\d{1,5})\\+(-?\\d{1,5})\\+(-?\\d{1,5})\\b.*");

  private final ScreenTool xrandr;

  /**
   * @param display such as {@code :0}
   */
  X11Screens(String display) {
    this.xrandr = new ScreenTool("xrandr", "x11-xserver-utils", Map.of("DISPLAY", display));
  }

  @Override
  public Map<String, String> environment() {
    return xrandr.environment();
  }

  @Override
  public List<Screen> now() throws IOException, InterruptedException {
    // The server learns by itself what is plugged in; to make it look again can make a screen
    // blink.
    return parse(xrandr.ask("--query", "--current"));
  }

  /** Outputs that are not connected or off have no place, and are left out; so is all else. */
  static List<Screen> parse(String answer) {
    List<Screen> screens = new ArrayList<>();
    for (String line : answer.split("\\R")) {
      Matcher output = OUTPUT.matcher(line);
      if (output.matches()) {
        screens.add(
            new Screen(
                output.group(1),
                Integer.parseInt(output.group(4)),
                Integer.parseInt(output.group(5)),
                Integer.parseInt(output.group(2)),
                Integer.parseInt(output.group(3))));
      }
    }
    return screens;
  }

  @Override
  public void rotate(String name, Orientation orientation)
      throws IOException, InterruptedException {
    xrandr.ask("--output", name, "--rotate", orientation.word());
  }

  /**
   * The window is a pixel larger than the screen: where nothing manages windows, Chromium makes one
   * that fits exactly a pixel smaller. Where something does, {@code --kiosk} fills the screen
   * anyway.
   */
  @Override
  public List<String> browserOptions(Screen screen) {
    return List.of(
        "--ozone-platform=x11",
        "--window-position=" + screen.x() + "," + screen.y(),
        "--window-size=" + (screen.width() + 1) + "," + (screen.height() + 1));
  }
}
