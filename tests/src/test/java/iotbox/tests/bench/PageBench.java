package iotbox.tests.bench;

import iotbox.tests.BoxProcess;
import iotbox.tests.Browser;
import iotbox.tests.OdooStandIn;
import iotbox.tests.TestHandlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.openqa.selenium.chrome.ChromeDriver;

/** The homepage in a real browser that has nothing of it in its cache. */
final class PageBench {
  private static final int VISITS = 7;

  /** So many bytes may all that a page loads have, uncompressed. */
  private static final int BUDGET = 200_000;

  /**
   * Notes when the first state of the box is shown and the menu stands beside it, and when the
   * browser has drawn that and so would answer a click.
   */
  private static final String WATCH =
      """
      new MutationObserver((changes, watch) => {
        if (document.querySelector("#all") && document.querySelector("nav a[href]")) {
          watch.disconnect();
          requestAnimationFrame(() => setTimeout(() => { window.interactive = performance.now(); }));
        }
      }).observe(document, { childList: true, subtree: true });
      """;

  /** Files only: what they ask of the box afterwards is no weight of the page. */
  private static final String WEIGHT =
      """
      const loaded = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .filter((each) => !new URL(each.name).pathname.startsWith("/api/") && !each.name.includes("_drivers/"));
      const sum = (field) => loaded.reduce((all, each) => all + each[field], 0);
      return [loaded.length, sum("encodedBodySize"), sum("decodedBodySize")];
      """;

  /** What a page with a plot loads besides. */
  private static final String PLOT_WEIGHT =
      """
      const loaded = performance.getEntriesByType("resource").filter((each) => each.name.includes("uPlot"));
      const sum = (field) => loaded.reduce((all, each) => all + each[field], 0);
      return [loaded.length, sum("encodedBodySize"), sum("decodedBodySize")];
      """;

  /** Has the device tell a number; two of them are a plot. */
  private static final String TELL =
      """
      fetch("/hw_drivers/action", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ params: {
          session_id: "bench", device_identifier: "bench1", data: { action: "set", value: arguments[0] } } }),
      });
      """;

  private static final List<String> PAGES =
      List.of("devices", "devices/bench1", "handlers", "pairing", "network", "logs", "options");

  void measure(Table table) throws IOException {
    Path profile = Files.createTempDirectory("bench");
    try (OdooStandIn odoo = OdooStandIn.start().serving(TestHandlers.bench());
        BoxProcess box = BoxProcess.start("--odoo", odoo.pairingUrl());
        Browser browser = Browser.open(box.url(), profile)) {
      ChromeDriver chrome = browser.chrome();
      chrome.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
      double[] interactive = new double[VISITS];
      visit(chrome, box); // The box reads its files when they are first asked for.
      for (int i = 0; i < VISITS; i++) {
        interactive[i] = visit(chrome, box);
      }
      table.row(
          "homepage, time to interactive",
          new Figures(interactive).millis(),
          "",
          "from the address to the first state shown and a menu that answers; cold cache, median of "
              + VISITS);
      row(table, "homepage, first page", weight(chrome, WEIGHT), "compressed; with an empty cache");
      PAGES.forEach(browser::go);
      long[] all = weight(chrome, WEIGHT);
      row(table, "  all of its pages", all, "opened one after the other; at most 200 kB");
      if (all[2] > BUDGET) {
        throw new IllegalStateException("The homepage has become too heavy: " + all[2] + " bytes");
      }
      row(table, "  for plots", plotWeight(browser), "besides, with the first one shown");
    } finally {
      BootBench.delete(profile);
    }
  }

  private static double visit(ChromeDriver chrome, BoxProcess box) {
    chrome.get("about:blank");
    chrome.executeCdpCommand("Network.clearBrowserCache", Map.of());
    chrome.get(box.url().toString());
    return Awaitility.await()
        .until(
            () -> (Number) chrome.executeScript("return window.interactive"), each -> each != null)
        .doubleValue();
  }

  private static long[] plotWeight(Browser browser) {
    browser.go("devices/bench1");
    ChromeDriver chrome = browser.chrome();
    chrome.executeScript(TELL, 1);
    chrome.executeScript(TELL, 2);
    Awaitility.await().until(() -> weight(chrome, PLOT_WEIGHT)[0] == 2);
    return weight(chrome, PLOT_WEIGHT);
  }

  private static long[] weight(ChromeDriver chrome, String of) {
    List<?> figures = (List<?>) chrome.executeScript(of);
    return figures.stream().mapToLong(figure -> ((Number) figure).longValue()).toArray();
  }

  private static void row(Table table, String what, long[] weight, String how) {
    table.row(
        what,
        String.format(
            Locale.ROOT,
            "%.0f kB, %.0f kB uncompressed, %d files",
            weight[1] / 1e3,
            weight[2] / 1e3,
            weight[0]),
        "",
        how);
  }
}
