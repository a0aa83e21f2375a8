package iotbox.stock.display;

import iotbox.stock.pause.Pause;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Keeps a browser on one screen that shows the wanted page, and starts another when it ends or
 * hangs, each time after a longer pause.
 *
 * <p>Used by the display's own thread only, but for {@link #wake}, {@link #reload} and {@link
 * #abandon}; {@code browser} is written by that thread only.
 */
final class Kiosk {
  /** Nothing that has to be done waits longer. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  /** A browser that lived so long did not end because of what ended the one before. */
  private static final Duration LIVED = Duration.ofMinutes(1);

  private static final Browser.Message WAKE = new Browser.Message(null, null);
  private static final Browser.Message RELOAD = new Browser.Message(null, null);

  private final Desktop desktop;
  private final Chromium chromium;
  private final Profile profile;
  private final Executor readers;
  private final Pulse.Patience patience;
  private final Logger log;
  private final BlockingQueue<Browser.Message> inbox = new LinkedBlockingQueue<>();
  private final Pause pause = new Pause(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private volatile Browser browser;
  private KioskPage page;
  private List<String> place = List.of();
  private long startAt = System.nanoTime();
  private long startedAt;
  private String trouble = "";

  Kiosk(
      Desktop desktop,
      Chromium chromium,
      Path folder,
      String display,
      Executor readers,
      Pulse.Patience patience,
      Logger log) {
    this.desktop = desktop;
    this.chromium = chromium;
    this.profile = new Profile(folder, display);
    this.readers = readers;
    this.patience = patience;
    this.log = log;
  }

  /** Has the display's thread look at once; on any thread. */
  void wake() {
    inbox.add(WAKE);
  }

  /** Has the page loaded again; on any thread. */
  void reload() {
    inbox.add(RELOAD);
  }

  /** Why there is no browser although there should be; empty if there is one. */
  String trouble() {
    return trouble;
  }

  /** Whether the wanted page is shown, as far as is known. */
  boolean shows() {
    return page != null && page.isThere();
  }

  /**
   * Does what is due so that this page is shown.
   *
   * @param target {@code null} for none, and no browser
   * @param screen {@code null} while it is away
   */
  void tend(Target target, Screen screen) throws InterruptedException {
    if (target == null || screen == null) {
      stop();
      trouble = "";
      startAt = System.nanoTime();
      return;
    }
    if (browser != null && !desktop.browserOptions(screen).equals(place)) {
      stop(); // The screen has another size or place now.
    }
    try {
      long now = System.nanoTime();
      if (browser == null && now - startAt >= 0) {
        start(screen);
      }
      if (browser != null) {
        page.show(target, now);
        page.tend(now);
      }
    } catch (ToolMissingException e) {
      failed(e.getMessage());
      startAt = System.nanoTime() + LIVED.toNanos();
    } catch (IOException e) {
      failed(ended(e.getMessage()));
    }
  }

  private void start(Screen screen) throws IOException, InterruptedException {
    place = desktop.browserOptions(screen);
    startedAt = System.nanoTime();
    browser = chromium.start(place, profile.fresh(), desktop.environment(), readers, inbox::add);
    page = new KioskPage(browser, patience, log, startedAt);
    log.info("A browser was started on {}", screen.name());
  }

  /** Waits until something may be due, and takes what the browser says meanwhile. */
  void await() throws InterruptedException {
    Browser.Message message = inbox.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    while (message != null) {
      take(message);
      message = inbox.poll();
    }
    // Only now, as an answer may have waited longer than this thread's patience.
    if (page != null && page.hangs(System.nanoTime())) {
      failed("The display's browser did not answer any more, and was ended.");
    }
  }

  private void take(Browser.Message message) throws InterruptedException {
    try {
      if (message == RELOAD && page != null) {
        page.reload(System.nanoTime());
      } else if (message.from() == browser && browser != null) {
        if (message.json() == null) {
          failed(ended(browser.lastWords()));
        } else {
          page.take(message.json(), System.nanoTime());
          trouble = "";
          if (page.isLost()) {
            failed(ended("its window was closed"));
          }
        }
      }
    } catch (IOException e) {
      failed(ended(e.getMessage()));
    }
  }

  private static String ended(String why) {
    return "The display's browser ended" + (why == null || why.isEmpty() ? "." : ": " + why);
  }

  private void failed(String why) throws InterruptedException {
    stop();
    long now = System.nanoTime();
    if (now - startedAt > LIVED.toNanos()) {
      pause.reset();
    }
    startAt = now + pause.grow().toNanos();
    if (!trouble.equals(why)) {
      log.warn("{}", why);
    }
    trouble = why;
  }

  private void stop() throws InterruptedException {
    Browser ending = browser;
    browser = null;
    page = null;
    if (ending != null) {
      ending.end();
      profile.delete();
    }
  }

  /** Ends the browser, on any thread: one that takes no more commands holds the display's own. */
  void abandon() throws InterruptedException {
    Browser present = browser;
    if (present != null) {
      present.end();
    }
  }

  /** Ends the browser, and waits for that. */
  void close() throws InterruptedException {
    stop();
  }
}
