package iotbox.tests;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.openqa.selenium.JavascriptExecutor;

/**
 * Somebody's own web page that uses devices by the module that it imports from the box. What its
 * listeners hear and how it stands with the box is kept by the tab, so that a reload of the page
 * does not forget it. Whether polls are open is seen where they leave the module.
 */
final class ProxyPage implements AutoCloseable {
  /** {@code listen(device)} begins to listen; the proxy is then {@code proxies[device]}. */
  private static final String PAGE =
      """
      <!doctype html><title>Shop</title><h1>A page of somebody else</h1>
      <script>
      const note = (name, entry) => {
        const all = JSON.parse(sessionStorage.getItem(name) ?? "[]");
        sessionStorage.setItem(name, JSON.stringify([...all, entry]));
      };
      window.polls = { open: 0, most: 0, all: 0, devices: [] };
      const send = window.fetch;
      window.fetch = async (url, options) => {
        const isPoll = String(url).endsWith("/event");
        try {
          if (isPoll) {
            polls.most = Math.max(polls.most, ++polls.open);
            polls.all++;
            polls.devices = Object.keys(JSON.parse(options.body).params.listener.devices);
          }
          return await send(url, options);
        } finally {
          polls.open -= isPoll ? 1 : 0;
        }
      };
      </script>
      <script type="module">
      import { DeviceProxy } from "@BOX@/static/device-proxy.js";
      window.DeviceProxy = DeviceProxy;
      window.iot_ip = "@IP@";
      window.proxies = {};
      window.listen = (identifier) => {
        const proxy = new DeviceProxy({
          iot_ip,
          identifier,
          on_state: ({ state, message }) => note("states", [state, message]),
        });
        proxy.add_listener((event) => note(identifier, event.value));
        proxies[identifier] = proxy;
      };
      (sessionStorage.getItem("at once") ?? "").split(" ").filter(Boolean).forEach(listen);
      document.title = "Ready";
      </script>
      """;

  private final Browser browser;

  private ProxyPage(Browser browser) {
    this.browser = browser;
  }

  /** Opens it in this browser. */
  static ProxyPage open(OtherSite site, Browser browser) {
    ProxyPage page = new ProxyPage(browser);
    page.command("Security.setIgnoreCertificateErrors", Map.of("ignore", true));
    browser.chrome().navigate().to(site.url().toString());
    page.awaitReady();
    return page;
  }

  /** The page's text, for a box at this address. */
  static String text(String box, String iotIp) {
    return PAGE.replace("@BOX@", box).replace("@IP@", iotIp);
  }

  /** Begins to listen to this device. */
  void listen(String device) {
    run("listen(arguments[0])", device);
  }

  /** As {@link #listen}, and again as soon as the page has been loaded anew. */
  void listenOverReloads(String device) {
    run("sessionStorage.setItem('at once', arguments[0]); listen(arguments[0])", device);
  }

  void reload() {
    browser.chrome().navigate().refresh();
    awaitReady();
  }

  private void awaitReady() {
    Browser.waiting().until(() -> "Ready".equals(browser.chrome().getTitle()));
  }

  /** What was heard of this device: the {@code value} of each event. */
  List<?> heard(String device) {
    return (List<?>) run("return JSON.parse(sessionStorage.getItem(arguments[0]) ?? '[]')", device);
  }

  void awaitHeard(String device, Object value) {
    await("hears " + value, () -> heard(device), heard -> heard.contains(value));
  }

  /** How it stands with the box, as {@code on_state} was told last. */
  String state() {
    List<?> last = states().isEmpty() ? List.of("none") : (List<?>) lastOf(states());
    return String.join(" ", last.stream().map(Object::toString).toList()).strip();
  }

  List<?> states() {
    return (List<?>) run("return JSON.parse(sessionStorage.getItem('states') ?? '[]')");
  }

  void awaitState(String word) {
    await("state " + word, this::state, state -> state.startsWith(word));
  }

  /** The answer to an action, or {@code [code, message]} of the error that it failed with. */
  Object act(String device, Map<String, ?> data, Map<String, ?> options) {
    return ((JavascriptExecutor) browser.chrome())
        .executeAsyncScript(
            """
            const [device, data, options, done] = arguments;
            const proxy = proxies[device] ?? new DeviceProxy({ iot_ip, identifier: device });
            proxy.action(data, options).then(done, (error) => done([error.code, error.message]));
            """,
            device,
            data,
            options);
  }

  Object act(String device, Map<String, ?> data) {
    return act(device, data, Map.of());
  }

  /** Polls that are open now, the most that were at the same time, all that there were. */
  long polls(String which) {
    return (Long) run("return polls[arguments[0]]", which);
  }

  Object run(String script, Object... arguments) {
    return browser.chrome().executeScript(script, arguments);
  }

  /** What the tools of developers can do to the page. */
  void command(String name, Map<String, Object> parameters) {
    browser.chrome().executeCdpCommand(name, parameters);
  }

  static <T> void await(String what, java.util.concurrent.Callable<T> actual, Predicate<T> wanted) {
    Object[] last = {null};
    try {
      Browser.waiting()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                T now = actual.call();
                last[0] = now;
                return wanted.test(now);
              });
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError("Waited for: " + what + "; but there is " + last[0], e);
    }
  }

  private static Object lastOf(List<?> list) {
    return list.get(list.size() - 1);
  }

  @Override
  public void close() {
    browser.chrome().navigate().to("about:blank");
  }
}
