package iotbox.stock.display;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.stock.pause.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;

/**
 * The page in one browser: goes to the wanted address, notices when that fails or the page breaks,
 * and tries again until it is there. Speaks Chromium's DevTools protocol (domains Target, Page,
 * Inspector, Runtime).
 *
 * <p>Used by the display's own thread only. Times are those of {@link System#nanoTime}.
 */
final class KioskPage {
  /** How often Odoo's own box loads a page again that does not do so itself. */
  private static final Duration RELOAD = Duration.ofMinutes(1);

  private static final int COMMAND = 1;
  private static final int STATUS = 2;
  private static final int SIGN_OF_LIFE = 3;
  private static final int LISTEN = 4;

  /** From here on each navigation has a number of its own, as an answer may come late. */
  private static final int NAVIGATION = 100;

  /** The status of HTTP with which the page came; 0 where there is none. */
  private static final String STATUS_QUESTION =
      "(performance.getEntriesByType('navigation')[0] || {}).responseStatus || 0";

  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;

  private final Browser browser;
  private final Logger log;
  private final Pulse pulse;
  private final Pause pause = new Pause(Duration.ofSeconds(1), Duration.ofSeconds(20));
  private String session;
  private String frame;

  /**
   * Whether the browser tells of this page: of one that is gone to earlier nothing may be heard.
   */
  private boolean listening;

  private Target target = new Target("", false);
  private int navigation = NAVIGATION;
  private boolean there;
  private boolean lost;
  private Long retryAt;
  private Long reloadAt;
  private String told = "";

  KioskPage(Browser browser, Pulse.Patience patience, Logger log, long now) throws IOException {
    this.browser = browser;
    this.log = log;
    this.pulse = new Pulse(patience, now);
    browser.send(
        COMMAND,
        "Target.setAutoAttach",
        Map.of("autoAttach", true, "waitForDebuggerOnStart", false, "flatten", true),
        null);
  }

  /** Goes there, unless that is where it is. */
  void show(Target wanted, long now) throws IOException {
    if (!wanted.equals(target)) {
      target = wanted;
      pause.reset();
      go(now);
    }
  }

  /** Loads the page again. */
  void reload(long now) throws IOException {
    if (there) {
      command("Page.reload", Map.of());
      laterReload(now);
    } else {
      go(now);
    }
    askWhetherItIsThere(now); // Who wants that may well see that nothing moves any more.
  }

  /** Does what is due. */
  void tend(long now) throws IOException {
    if (retryAt != null && now - retryAt >= 0) {
      go(now);
    } else if (reloadAt != null && now - reloadAt >= 0) {
      reload(now);
    }
    if (pulse.isDue(now)) {
      askWhetherItIsThere(now);
    }
  }

  /** The page, or the browser as long as it has none. */
  private void askWhetherItIsThere(long now) throws IOException {
    pulse.asked(now);
    if (session == null) {
      browser.send(SIGN_OF_LIFE, "Browser.getVersion", Map.of(), null);
    } else {
      browser.send(SIGN_OF_LIFE, "Runtime.evaluate", Map.of("expression", "1"), session);
    }
  }

  /** Whether it does not answer any more, all that it said having been taken. */
  boolean hangs(long now) {
    return pulse.isLost(now);
  }

  /** Whether the wanted page is shown, as far as is known. */
  boolean isThere() {
    return there;
  }

  /** Whether the browser has no page any more. */
  boolean isLost() {
    return lost;
  }

  private void go(long now) throws IOException {
    retryAt = null;
    there = false;
    laterReload(now);
    if (listening) {
      navigation++;
      browser.send(navigation, "Page.navigate", Map.of("url", target.url()), session);
    }
  }

  private void laterReload(long now) {
    reloadAt = target.still() ? now + RELOAD.toNanos() : null;
  }

  private void command(String method, Map<String, ?> params) throws IOException {
    browser.send(COMMAND, method, params, session);
  }

  /** Takes what the browser says. */
  void take(JsonNode message, long now) throws IOException {
    String method = message.path("method").asText();
    JsonNode params = message.path("params");
    pulse.heard(now);
    if (message.path("id").asInt() == SIGN_OF_LIFE) {
      pulse.answered(); // Also if with an error: of the page that was there before, say.
    }
    if (method.equals("Target.attachedToTarget")) {
      attached(params);
    } else if (method.equals("Target.detachedFromTarget")) {
      lost |= params.path("sessionId").asText().equals(session);
    } else if (session != null && session.equals(message.path("sessionId").asText())) {
      switch (method) {
        case "Page.frameNavigated" -> navigated(params.path("frame"), now);
        case "Page.loadEventFired" ->
            browser.send(
                STATUS, "Runtime.evaluate", Map.of("expression", STATUS_QUESTION), session);
        case "Page.javascriptDialogOpening" ->
            command("Page.handleJavaScriptDialog", Map.of("accept", true));
        case "Inspector.targetCrashed" -> {
          pulse.answered(); // It never will, and gets another page.
          failed("the page broke", now);
        }
        case "" -> answered(message, now);
        default -> {
          // Of no interest here.
        }
      }
    }
  }

  private void attached(JsonNode params) throws IOException {
    if (session == null && params.path("targetInfo").path("type").asText().equals("page")) {
      session = params.path("sessionId").asText();
      frame = params.path("targetInfo").path("targetId").asText();
      command("Inspector.enable", Map.of());
      browser.send(LISTEN, "Page.enable", Map.of(), session);
    }
  }

  private void navigated(JsonNode to, long now) throws IOException {
    if (!to.has("parentId")) {
      if (to.has("unreachableUrl")) {
        cover();
        failed("it cannot be reached", now);
      } else {
        retryAt = null; // Chromium, too, tries again by itself.
      }
    }
  }

  private void answered(JsonNode answer, long now) throws IOException {
    int id = answer.path("id").asInt();
    if (id == LISTEN) {
      listening = true;
      if (!target.url().isEmpty()) {
        go(now);
      }
    } else if (id == navigation) {
      String error = answer.path("result").path("errorText").asText();
      String refusal = answer.path("error").path("message").asText();
      if (!error.isEmpty() || !refusal.isEmpty()) {
        failed(error + refusal, now);
      }
    } else if (id == STATUS) {
      int status = answer.path("result").path("result").path("value").asInt();
      if (status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT) {
        if (retryAt == null) {
          cover();
        }
        failed("it answers " + status, now);
      } else if (retryAt == null) {
        arrived();
      }
    }
  }

  /** Customers need not see a browser's or a proxy's error. */
  private void cover() throws IOException {
    String site = PageAddress.site(target.url());
    command(
        "Page.setDocumentContent",
        Map.of("frameId", frame, "html", WaitingPage.html(site, Locale.getDefault())));
  }

  private void arrived() {
    there = true;
    pause.reset();
    if (!told.isEmpty()) {
      told = "";
      log.info("{} is shown again", PageAddress.site(target.url()));
    }
  }

  /** Told in several ways for one failure, of which the first counts. */
  private void failed(String why, long now) {
    if (retryAt != null) {
      return;
    }
    there = false;
    retryAt = now + pause.grow().toNanos();
    if (told.isEmpty()) {
      told = why;
      log.warn(
          "{} is not shown: {}; it is tried again and again", PageAddress.site(target.url()), why);
    }
  }
}
