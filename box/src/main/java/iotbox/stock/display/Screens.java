package iotbox.stock.display;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The screens of one desktop. All of it asks a program of the system, which takes some
 * milliseconds, and is interruptible; safe for all threads.
 */
interface Screens {
  /**
   * Those that are connected and on.
   *
   * @throws IOException if there is no such desktop or no program to ask, with a sentence that says
   *     what to do
   */
  List<Screen> now() throws IOException, InterruptedException;

  /** Turns the picture of one. */
  void rotate(String name, Orientation orientation) throws IOException, InterruptedException;

  /** What Chromium is told so that it appears there. */
  List<String> browserOptions(Screen screen);

  /** What Chromium has in its environment, besides what the box has. */
  Map<String, String> environment();
}
