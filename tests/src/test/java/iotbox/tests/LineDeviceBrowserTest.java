package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import iotbox.stock.serial.PtyPair;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** A scale that no driver knows, which says its weight again and again, is made to work. */
class LineDeviceBrowserTest {
  private static final String DRIVER = "iotbox.stock.line.LineDriver";

  @TempDir Path folder;
  @TempDir Path profile;
  private PtyPair line;
  private UnknownScale scale;

  @BeforeEach
  void join() throws Exception {
    line = new PtyPair(folder);
    scale = new UnknownScale(line.device());
  }

  @AfterEach
  void part() throws Exception {
    scale.close();
    line.close();
  }

  @Test
  void aPersonTriesAPatternKeepsItAndThePointOfSaleWeighs() throws Exception {
    Path data = folder.resolve("data");
    String[] options = {"--serial-port", line.box(), "--data", data.toString()};
    try (BoxProcess box = BoxProcess.start(options);
        Browser browser = Browser.open(box.url(), profile)) {
      browser.go("devices/" + line.box().replace("/", "%2F"));
      browser.awaitText(part("state"), "unsupported");
      browser.click(part("line-open"));
      browser.logIn();
      browser.await(part("line-form"));
      browser.expectAccessible();

      type(browser, "pattern", "ST,GS,(");
      browser.click(part("line-try"));
      browser.awaitText(By.cssSelector("[data-problem=pattern]"), "missing closing )");
      browser.awaitText(By.id("line-answer"), "Nothing was done");
      assertEquals("true", field(browser, "pattern").getDomAttribute("aria-invalid"));

      type(browser, "pattern", "(?:(?<stable>ST)|US),GS,(?<value>[-+] *[\\d.]+) *(?<unit>k?g)");
      type(browser, "name", "Counter scale");
      browser.click(part("line-try"));
      browser.awaitText(part("line-value"), "1.25 kg");
      browser.awaitText(part("line-text"), "ST,GS,+  1.250 kg\\r\\n");
      browser.picture(part("line"), "device-line");
      browser.expectAccessible();

      browser.click(part("line-keep"));
      browser.awaitText(part("state"), "connected");
      browser.awaitText(part("value"), "1.25");
      browser.awaitText(part("about"), DRIVER);
      browser.awaitText(By.tagName("h1"), "Counter scale");
      scale.show("+  2.500 kg");
      browser.awaitText(part("value"), "2.5");
      awaitScaleRead(box.client(), 2.5);

      browser.select(By.id("language"), "Deutsch");
      browser.awaitText(part("line"), "Ohne Treiber lesen");
      browser.awaitText(part("line"), "Art des Geräts");
    }

    // It was kept, and can be forgotten.
    try (BoxProcess box = BoxProcess.start(options)) {
      BoxClient owner = box.owner();
      JsonNode device = owner.awaitDevice(line.box());
      assertEquals("scale", device.path("type").asText());
      awaitScaleRead(owner, 2.5);
      JsonNode view =
          BoxClient.json(owner.get("/api/devices/line?identifier=" + line.box()).body());
      assertEquals("Counter scale", view.path("settings").path("name").asText());
      assertTrue(view.path("lines").size() > 0);

      assertEquals(BoxClient.json("{\"problems\": {}}"), say(owner, null));
      JsonNode status =
          owner.awaitStatus(
              "it has no driver any more",
              now ->
                  BoxClient.device(now, line.box()).path("state").asText().equals("unsupported"));
      assertTrue(BoxClient.device(status, line.box()).path("pin").isNull());
      assertFalse(Files.readString(data.resolve("device-settings.json")).contains("Counter"));
    }
  }

  @Test
  void anOptionSaysItForGood() throws Exception {
    Path file = folder.resolve("scale.json");
    Files.writeString(file, "{\"pattern\": \"([\\\\d.]+) kg\", \"name\": \"Given\"}");
    scale.show("+  0.750 kg");
    try (BoxProcess box =
        BoxProcess.start("--serial-port", line.box(), "--line-device", line.box() + "=" + file)) {
      BoxClient owner = box.owner();
      assertEquals("Given", owner.awaitDevice(line.box()).path("name").asText());
      awaitScaleRead(owner, 0.75);
      JsonNode view =
          BoxClient.json(owner.get("/api/devices/line?identifier=" + line.box()).body());
      assertTrue(view.path("fixed").asBoolean());
      String refusal =
          owner
              .post(
                  "/api/devices/line",
                  "application/json",
                  BoxClient.text(
                      Map.of("identifier", line.box(), "settings", Map.of("pattern", "(1)"))))
              .body();
      assertTrue(refusal.contains("--line-device"), refusal);
      JsonNode device = BoxClient.device(owner.status(), line.box());
      assertEquals("--line-device", device.at("/pin/option").asText());
      assertTrue(
          device.path("chosen").asText().startsWith("The option --line-device gives it"),
          device.toString());
    }
    Files.writeString(file, "{\"pattern\": \"(\"}");
    BoxProcess.Exit exit = BoxProcess.run("--line-device", line.box() + "=" + file);
    assertEquals(2, exit.code());
    assertTrue(exit.stderr().contains("pattern: This is no regular expression"), exit.stderr());
  }

  @Test
  void whatCannotBeIsRefusedInWords() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (PtyPair taken = new PtyPair(other);
        BoxProcess box =
            BoxProcess.start(
                "--serial-port", line.box(),
                "--serial-port", taken.box(),
                "--pin", taken.box() + "=iotbox.stock.serial.Toledo8217Driver")) {
      BoxClient owner = box.owner();
      owner.awaitDevice(taken.box());
      expect(400, "Say which device", owner.get("/api/devices/line"));
      expect(404, "There is no device", owner.get("/api/devices/line?identifier=none"));
      Map<String, Object> settings = Map.of("pattern", "(\\d+)");
      expect(400, "Send {", post(owner, "", Map.of("identifier", line.box())));
      expect(404, "There is no device", post(owner, "", request("none", settings)));
      expect(409, "The option --pin", post(owner, "", request(taken.box(), settings)));
      expect(409, "The option --pin", post(owner, "/trial", request(taken.box(), settings)));
      Map<String, Object> wrong = Map.of("pattern", "(\\d+)", "baud_rate", 1);
      for (String path : List.of("", "/trial")) {
        expect(200, "{\"problems\":{\"baud_rate\":", post(owner, path, request(line.box(), wrong)));
      }
      assertTrue(
          BoxClient.device(owner.status(), line.box()).path("pin").isNull(), "nothing was kept");
      assertEquals(401, box.client().get("/api/devices/line?identifier=x").statusCode());
    }
  }

  private static HttpResponse<String> post(BoxClient owner, String path, Object request) {
    return owner.post("/api/devices/line" + path, "application/json", BoxClient.text(request));
  }

  private static Map<String, Object> request(String identifier, Object settings) {
    return Map.of("identifier", identifier, "settings", settings);
  }

  private static void expect(int status, String words, HttpResponse<String> answer) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(words), answer.body());
  }

  private JsonNode say(BoxClient owner, Object settings) {
    Map<String, Object> request = new HashMap<>();
    request.put("identifier", line.box());
    request.put("settings", settings);
    return BoxClient.json(
        owner.post("/api/devices/line", "application/json", BoxClient.text(request)).body());
  }

  private static void awaitScaleRead(BoxClient client, double weight) {
    await("the point of sale's own call")
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                client
                        .call("/hw_proxy/scale_read", Map.of())
                        .path("result")
                        .path("weight")
                        .asDouble()
                    == weight);
  }

  private static void type(Browser browser, String field, String text) {
    Browser.waiting()
        .until(
            () -> {
              WebElement input = field(browser, field);
              input.clear();
              input.sendKeys(text);
              return input.getDomProperty("value").equals(text);
            });
  }

  private static WebElement field(Browser browser, String name) {
    return browser.find(By.id("line-" + name));
  }

  private By part(String role) {
    return By.cssSelector("#page [data-role=" + role + "]");
  }

  /** It says its weight five times a second, and listens to nobody. */
  private static final class UnknownScale implements AutoCloseable {
    private final RandomAccessFile line;
    private volatile String shown = "+  1.250 kg";

    UnknownScale(String path) throws IOException {
      line = new RandomAccessFile(path, "rw");
      Thread thread = new Thread(this::talk, "unknown scale");
      thread.setDaemon(true);
      thread.start();
    }

    void show(String weight) {
      shown = weight;
    }

    private void talk() {
      try {
        while (true) {
          line.write(("ST,GS," + shown + "\r\n").getBytes(StandardCharsets.US_ASCII));
          LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
      } catch (IOException e) {
        // The line is gone.
      }
    }

    @Override
    public void close() throws IOException {
      line.close();
    }
  }
}
