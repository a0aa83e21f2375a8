package iotbox.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample's widget in a browser, with a box that has the sample's caliper. What Odoo's web
 * client would give it is replaced by the little that it uses, so its template is not drawn here.
 */
class BenchMeasureTest {
  private static final String CALIPER = "BenchCaliperDriver";

  private static final Map<String, String> ODOO =
      Map.of(
          "/odoo/owl.js",
          """
          export class Component {
            constructor(props) {
              this.props = props;
              this.setup();
            }
          }
          export const useState = (state) => state;
          export const useEffect = (effect, dependencies) => {
            let last = null;
            let end;
            const run = (isMounted) => {
              const now = isMounted ? dependencies() : null;
              if (JSON.stringify(now) !== JSON.stringify(last)) {
                end?.();
                end = now ? effect(...now) : undefined;
                last = now;
              }
            };
            window.render = () => run(true);
            window.unmount = () => run(false);
          };
          """,
          "/odoo/translation.js",
          "export const _t = (text) => text;",
          "/odoo/registry.js",
          """
          export const registry = {
            category: () => ({ add: (name, field) => (window.registered = { name, ...field }) }),
          };
          """,
          "/odoo/hooks.js",
          """
          window.notified = [];
          export const useService = () => ({ add: (message) => notified.push(message) });
          """,
          "/odoo/float_field.js",
          "export class FloatField {}",
          "/odoo/props.js",
          "export const standardFieldProps = {};");

  private static final String FORM =
      """
      <!doctype html><title>Form</title>
      <script type="importmap">
      { "imports": {
        "@odoo/owl": "/odoo/owl.js",
        "@web/core/l10n/translation": "/odoo/translation.js",
        "@web/core/registry": "/odoo/registry.js",
        "@web/core/utils/hooks": "/odoo/hooks.js",
        "@web/views/fields/float/float_field": "/odoo/float_field.js",
        "@web/views/fields/standard_field_props": "/odoo/props.js"
      } }
      </script>
      <script type="module">
      import "/static/src/bench_measure/bench_measure.js";
      const options = { ip_field: "box", identifier_field: "tool", zero_action: "zero" };
      window.record = {
        data: { box: "@IP@", tool: false, length: 0 },
        update: (values) => Object.assign(record.data, values),
      };
      const props = { name: "length", record, ...registered.extractProps({ options }) };
      window.needed = registered.fieldDependencies({ options }).map(({ name }) => name);
      window.field = new registered.component(props);
      render();
      document.title = "Ready";
      </script>
      """;

  @TempDir Path profile;

  @Test
  void showsTheLiveValueAndTakesItOver() {
    try (BoxProcess box = BoxProcess.start("--demo", "--allow-origin=*");
        OtherSite odoo = odoo(box);
        Browser browser = Browser.open(odoo.url(), profile)) {
      String caliper = caliper(box);
      Browser.waiting().until(() -> "Ready".equals(browser.chrome().getTitle()));
      assertEquals("bench_measure", run(browser, "return registered.name"));
      assertEquals(List.of("box", "tool"), run(browser, "return needed"));
      assertEquals("–", run(browser, "return field.live"));

      run(browser, "record.data.tool = arguments[0]; render()", caliper);
      ProxyPage.await(
          "a value",
          () -> (String) run(browser, "return field.live"),
          live -> live.endsWith(" mm"));
      assertEquals(
          true, run(browser, "field.take(); return record.data.length === field.state.value"));
      run(browser, "return field.zero()");
      ProxyPage.await(
          "the jaws are closed",
          () -> (Number) run(browser, "return field.state.value"),
          value -> Math.abs(value.doubleValue()) < 3);
      assertEquals(List.of(), run(browser, "return notified"));
      assertEquals("", run(browser, "return field.state.trouble + field.state.fault"));

      run(browser, "record.data.tool = 'nobody'; render()");
      ProxyPage.await(
          "it is told",
          () -> String.valueOf(run(browser, "return notified")),
          told -> told.contains("has no device nobody"));
      assertEquals("–", run(browser, "return field.live"));
      run(browser, "record.data.box = 'no address at all'; render()");
      String trouble = (String) run(browser, "return field.state.trouble");
      assertEquals("iot_ip must be the box's address", trouble.split(",")[0]);
      run(browser, "unmount()");
      assertEquals(null, run(browser, "return field.instrument"));
    }
  }

  private static OtherSite odoo(BoxProcess box) {
    URI url = box.url();
    return OtherSite.with(FORM.replace("@IP@", url.getAuthority()))
        .withScripts("/odoo/", ODOO::get)
        .withScripts("/static/", BoxProcess.root().resolve("sample_module/static"));
  }

  private static String caliper(BoxProcess box) {
    return box
        .client()
        .awaitStatus(
            "the caliper", now -> BoxClient.texts(now.path("devices"), "driver").contains(CALIPER))
        .path("devices")
        .findParents("driver")
        .stream()
        .filter(device -> device.path("driver").asText().equals(CALIPER))
        .findFirst()
        .orElseThrow()
        .path("identifier")
        .asText();
  }

  private static Object run(Browser browser, String script, Object... arguments) {
    return browser.chrome().executeScript(script, arguments);
  }
}
