package iotbox.stock.display;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The screens of a Wayland compositor of the wlroots family (labwc, sway, the Raspberry Pi's
 * desktop), by {@code wlr-randr}. The compositor alone decides on which screen a window appears;
 * the window's application id, {@code iotbox-HDMI-A-1}, tells it which is meant.
 */
final class WaylandScreens implements Screens {
  /** {@code HDMI-A-1 "Dell Inc. DELL U2412M (HDMI-A-1)"}; what belongs to it is indented. */
  private static final Pattern OUTPUT = Pattern.compile("^(\\S+) \".*\"$");

  private static final Pattern ENABLED = Pattern.compile("^\\s+Enabled: (yes|no)$");
  private static final Pattern MODE =
      Pattern.compile("^\\s+(\\d{1,5})x(\\d{1,5}) px, .*\\bcurrent\\b.*");
  private static final Pattern POSITION =
      Pattern.compile("^\\s+Position: (-?\\d{1,5}),(-?\\d{1,5})$");
  private static final Pattern TRANSFORM = Pattern.compile("^\\s+Transform: (\\S+)$");

  private final ScreenTool randr;

  /**
   * @param socket such as {@code wayland-1}
   */
  WaylandScreens(String socket) {
    this.randr = new ScreenTool("wlr-randr", "wlr-randr", Map.of("WAYLAND_DISPLAY", socket));
  }

  @Override
  public Map<String, String> environment() {
    return randr.environment();
  }

  @Override
  public List<Screen> now() throws IOException, InterruptedException {
    return parse(randr.ask());
  }

  /** One whose size is not told, as of a virtual one, has none here. */
  static List<Screen> parse(String answer) {
    Map<String, Output> outputs = new LinkedHashMap<>();
    Output present = null;
    for (String line : answer.split("\\R")) {
      Matcher output = OUTPUT.matcher(line);
      if (output.matches()) {
        present = outputs.computeIfAbsent(output.group(1), Output::new);
      } else if (present != null) {
        present.take(line);
      }
    }
    List<Screen> screens = new ArrayList<>();
    outputs.values().stream().filter(each -> each.enabled).forEach(e -> screens.add(e.screen()));
    return screens;
  }

  @Override
  public void rotate(String name, Orientation orientation)
      throws IOException, InterruptedException {
    randr.ask("--output", name, "--transform", orientation.transform());
  }

  @Override
  public List<String> browserOptions(Screen screen) {
    return List.of("--ozone-platform=wayland", "--class=iotbox-" + screen.name());
  }

  private static final class Output {
    private final String name;
    private boolean enabled = true;
    private int x;
    private int y;
    private int width;
    private int height;
    private boolean upright = true;

    Output(String name) {
      this.name = name;
    }

    void take(String line) {
      Matcher found = ENABLED.matcher(line);
      if (found.matches()) {
        enabled = found.group(1).equals("yes");
        return;
      }
      found = MODE.matcher(line);
      if (found.matches()) {
        width = Integer.parseInt(found.group(1));
        height = Integer.parseInt(found.group(2));
        return;
      }
      found = POSITION.matcher(line);
      if (found.matches()) {
        x = Integer.parseInt(found.group(1));
        y = Integer.parseInt(found.group(2));
        return;
      }
      found = TRANSFORM.matcher(line);
      if (found.matches()) {
        upright = !found.group(1).endsWith("90") && !found.group(1).endsWith("270");
      }
    }

    Screen screen() {
      return upright
          ? new Screen(name, x, y, width, height)
          : new Screen(name, x, y, height, width);
    }
  }
}
