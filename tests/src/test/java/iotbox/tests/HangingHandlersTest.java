package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Handlers that hang and react to nothing, or die of whatever there is: the others go on. */
class HangingHandlersTest {
  private static final String DEAF =
      "while (true) { try { Thread.sleep(60_000); } catch (InterruptedException e) { continue; } }";

  /** A driver for the devices of its name, with these bodies in place of harmless ones. */
  private static final String DRIVER =
      """
      import iotbox.handler.*;
      import java.nio.file.*;

      @ConnectionType("bench")
      @Priority(10)
      @Deadlines(supported = 1, constructor = 1, action = 1, disconnect = 1)
      public class @NAME@ extends Driver {
        public static boolean supported(Device device) {
          if (!device.getString("line").startsWith("@NAME@")) {
            return false;
          }
          @SUPPORTED@
        }

        public @NAME@(String identifier, Device device) {
          super(identifier, device);
          deviceType("device");
          deviceConnection("serial");
          deviceName(identifier);
          @CONSTRUCTOR@
        }

        public void run() throws Exception {
          @RUN@
        }

        @Action("go")
        public Object go(ActionData data) throws Exception {
          @ACTION@
        }

        public void disconnect() throws Exception {
          @DISCONNECT@
        }
      }
      """;

  @TempDir Path folder;
  private Path plugged;

  @BeforeEach
  void unplugAll() throws IOException {
    plugged = Files.writeString(folder.resolve("plugged"), "");
  }

  @Test
  void aCallThatHangsCostsOnlyItsDevice() throws IOException {
    HandlersZip handlers =
        HandlersZip.with("interfaces/ListedInterface.java", TestHandlers.interfaceListing(plugged))
            .and("interfaces/DeafInterface.java", deafInterface())
            .and("drivers/Asked.java", driver("Asked", Map.of("SUPPORTED", DEAF)))
            .and("drivers/Made.java", driver("Made", Map.of("CONSTRUCTOR", DEAF)))
            .and(
                "drivers/Acting.java",
                driver(
                    "Acting",
                    Map.of("ACTION", "if (data.get(\"hang\") == null) { return 5; } " + DEAF)))
            .and("drivers/Running.java", driver("Running", Map.of("RUN", DEAF)))
            .and("drivers/Leaving.java", driver("Leaving", Map.of("DISCONNECT", DEAF)))
            .and("drivers/Good.java", driver("Good", Map.of()))
            .and(
                "drivers/Heir.java",
                driver("Heir", Map.of())
                    .replace("startsWith(\"Heir\")", "endsWith(\" or Heir\")")
                    .replace("@Priority(10)", "@Priority(1)"));
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      BoxClient client = box.client();
      BoxClient owner = box.owner();
      plug("Asked", "Asked or Heir", "Made", "Acting", "Running", "Leaving", "Good");
      client.awaitDevice("Good");
      assertEquals("Heir", client.awaitDevice("Asked or Heir").path("driver").asText());
      assertWhere(awaitState(client, "Asked", "stalled"), "Asked.supported(Asked.java:");
      assertWhere(awaitState(client, "Made", "stalled"), "Made.<init>(Made.java:");
      JsonNode status =
          client.awaitStatus(
              "the interface hangs",
              now -> listing(now, "DeafInterface").path("state").asText().equals("stalled"));
      assertWhere(listing(status, "DeafInterface"), "DeafInterface.getDevices(DeafInterface.java:");
      assertEquals("running", listing(status, "ListedInterface").path("state").asText());
      for (String file : List.of("drivers/Made.java", "interfaces/DeafInterface.java")) {
        assertTrue(
            BoxClient.handler(status, file).toString().contains("has not returned within 1000 ms"),
            file);
      }

      hangInAnAction(client, owner);
      hangWhenUnplugged(client);
      assertEquals("ping", client.get("/hw_proxy/hello").body());
      showOnThePage(box);
    }
  }

  private void hangInAnAction(BoxClient client, BoxClient owner) {
    client.awaitDevice("Acting");
    CompletableFuture<JsonNode> told = client.poll("tab1", now(client), "Acting");
    JsonNode answer =
        client.action("tab1", "Acting", Map.of("action", "go", "hang", 1)).path("result");
    assertEquals("error", answer.path("status").asText(), answer.toString());
    assertTrue(answer.path("result").asText().contains("has not returned"), answer.toString());
    JsonNode event = told.orTimeout(10, TimeUnit.SECONDS).join().path("result");
    assertEquals("error", event.path("status").asText(), event.toString());
    assertEquals("tab1", event.path("owner").asText());
    JsonNode stalled = awaitState(client, "Acting", "stalled");
    assertWhere(stalled, "Acting.go(Acting.java:");
    assertEquals("Acting", stalled.path("driver").asText());

    JsonNode refused = client.action("tab2", "Acting", Map.of("action", "go")).path("result");
    assertEquals("error", refused.path("status").asText(), refused.toString());
    assertFalse(
        client.actionAsText("Acting", Map.of("action", "go")).path("result").asBoolean(),
        "old clients hear that it was not taken");
    assertEquals(
        "success",
        client
            .action("tab2", "Good", Map.of("action", "go"))
            .path("result")
            .path("status")
            .asText());

    assertEquals(401, retry(client, "{\"identifier\":\"Acting\"}"), "not for everybody");
    assertEquals(202, retry(owner, "{\"identifier\":\"Acting\"}"));
    client.awaitDevice("Acting");
    assertEquals(
        5, client.action("tab2", "Acting", Map.of("action", "go")).at("/result/result").asInt());
    assertEquals(1, count(client, "action(go)"), "the thread of the former instance");
  }

  private void hangWhenUnplugged(BoxClient client) throws IOException {
    client.awaitDevice("Running");
    client.awaitDevice("Leaving");
    plug("Asked", "Asked or Heir", "Made", "Acting", "Good");
    client.awaitStatus(
        "both are gone",
        status ->
            BoxClient.device(status, "Running").isMissingNode()
                && BoxClient.device(status, "Leaving").isMissingNode());
    client.awaitStatus(
        "their threads are shown", now -> count(now, "disconnect") == 1 && count(now, "run") == 1);
    plug("Asked", "Asked or Heir", "Made", "Acting", "Good", "Running", "Leaving");
    client.awaitDevice("Running");
    client.awaitDevice("Leaving");
  }

  private void showOnThePage(BoxProcess box) {
    try (Browser browser = Browser.open(box.url(), folder.resolve("profile"))) {
      browser.go("devices/Made");
      By card = By.cssSelector("article[data-device='Made']");
      browser.await(card);
      Browser.waiting()
          .until(
              () -> {
                String state = browser.find(card).findElement(role("state")).getText();
                return List.of("stalled", "quarantined").contains(state);
              });
      Browser.waiting()
          .until(
              () -> {
                String stack = browser.find(card).findElement(role("stack")).getText();
                if (stack.isEmpty()) {
                  browser.find(card).findElement(By.tagName("summary")).click();
                }
                return stack.contains("Made.<init>");
              });
      browser.find(card).findElement(role("retry")).click();
      browser.logIn();
      browser.awaitText(card, "It is tried again.");
      browser.go("handlers");
      browser.awaitText(By.id("interface-rows"), "Where it hangs");
      browser.awaitText(By.id("overdue"), "Calls that do not come back");
    }
  }

  @Test
  void errorsAreFaultsLikeOthers() throws IOException {
    String memory = "byte[] all = new byte[Integer.MAX_VALUE]; ";
    HandlersZip handlers =
        HandlersZip.with("interfaces/ListedInterface.java", TestHandlers.interfaceListing(plugged))
            .and(
                "interfaces/Greedy.java",
                TestHandlers.interfaceThat("Greedy", "bench", memory + "return null;"))
            .and(
                "drivers/Asked.java",
                driver("Asked", Map.of("SUPPORTED", "return supported(device);")))
            .and(
                "drivers/Made.java",
                driver("Made", Map.of("CONSTRUCTOR", "throw new LinkageError(\"no lib\");")))
            .and(
                "drivers/Running.java",
                driver(
                    "Running",
                    Map.of(
                        "RUN",
                        "run();",
                        "ACTION",
                        memory + "return all.length;",
                        "DISCONNECT",
                        "throw new ThreadDeath();")))
            .and("drivers/Good.java", driver("Good", Map.of()));
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      BoxClient client = box.client();
      plug("Asked", "Made", "Running", "Good");
      client.awaitDevice("Good");
      JsonNode made = awaitState(client, "Made", "failed");
      assertTrue(made.path("detail").asText().contains("LinkageError: no lib"), made.toString());
      client.awaitStatus(
          "the loop dies again and again",
          status -> BoxClient.device(status, "Running").path("faults").asInt() >= 3);
      JsonNode answer = client.action("tab1", "Running", Map.of("action", "go")).path("result");
      assertEquals("error", answer.path("status").asText(), answer.toString());
      client.awaitStatus(
          "the interface's error is shown",
          now -> listing(now, "Greedy").path("detail").asText().contains("OutOfMemoryError"));
      // Its file shows it too, but only until it was asked about another device and answered.
      client.awaitStatus(
          "the stack overflow is shown",
          now ->
              BoxClient.device(now, "Asked")
                  .path("detail")
                  .asText()
                  .contains("Asked.supported failed: StackOverflowError"));

      plug("Good");
      client.awaitStatus(
          "its end is shown",
          now ->
              BoxClient.handler(now, "drivers/Running.java")
                  .toString()
                  .contains("disconnect failed: ThreadDeath"));
      assertEquals(
          "success",
          client
              .action("tab1", "Good", Map.of("action", "go"))
              .path("result")
              .path("status")
              .asText());
    }
  }

  @Test
  void aLoopThatDiesIsStartedAgainAndSaysSo() throws IOException {
    Path torn = Files.writeString(folder.resolve("torn"), "");
    String run =
        "if (Files.exists(Path.of(\""
            + torn
            + "\"))) { throw new IllegalStateException(\"belt torn\"); }"
            + " while (!isStopped()) { Thread.sleep(50); }";
    HandlersZip handlers =
        HandlersZip.with("interfaces/ListedInterface.java", TestHandlers.interfaceListing(plugged))
            .and("drivers/Belt.java", driver("Belt", Map.of("RUN", run)));
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      BoxClient client = box.client();
      plug("Belt");
      JsonNode status =
          client.awaitStatus(
              "it has died twice and waits",
              now -> {
                JsonNode belt = BoxClient.device(now, "Belt");
                return belt.path("faults").asInt() >= 2 && !BoxClient.isOpen(belt);
              });
      JsonNode belt = BoxClient.device(status, "Belt");
      assertTrue(belt.path("detail").asText().contains("belt torn"), belt.toString());
      assertTrue(belt.path("detail").asText().contains("It is started again at "));
      assertEquals("Belt", belt.path("driver").asText());
      Instant since = Instant.parse(belt.path("since").asText());
      assertTrue(since.isBefore(Instant.parse(belt.path("retryAt").asText())), belt.toString());
      assertEquals(
          "success",
          client
              .action("tab1", "Belt", Map.of("action", "go"))
              .path("result")
              .path("status")
              .asText(),
          "its actions work all the same");

      Files.delete(torn);
      JsonNode again = client.awaitDevice("Belt");
      assertTrue(again.path("detail").asText().contains("It was started again."), again.toString());
    }
  }

  private static String driver(String name, Map<String, String> bodies) {
    String source = DRIVER.replace("@NAME@", name);
    Map<String, String> harmless =
        Map.of(
            "SUPPORTED", "return true;",
            "CONSTRUCTOR", "",
            "RUN", "",
            "ACTION", "return null;",
            "DISCONNECT", "");
    for (Map.Entry<String, String> body : harmless.entrySet()) {
      source =
          source.replace(
              "@" + body.getKey() + "@", bodies.getOrDefault(body.getKey(), body.getValue()));
    }
    return source;
  }

  private static String deafInterface() {
    return TestHandlers.interfaceThat("DeafInterface", "bench", DEAF)
        .replace("@ConnectionType", "@iotbox.handler.Deadlines(getDevices = 1)\n@ConnectionType");
  }

  private void plug(String... lines) throws IOException {
    Path next = Files.writeString(folder.resolve("plugged.new"), String.join("\n", lines));
    Files.move(next, plugged, StandardCopyOption.ATOMIC_MOVE);
  }

  private static JsonNode awaitState(BoxClient client, String device, String state) {
    return BoxClient.device(
        client.awaitStatus(
            device + " is " + state,
            status -> BoxClient.device(status, device).path("state").asText().equals(state)),
        device);
  }

  private static void assertWhere(JsonNode entry, String frame) {
    List<String> stack = new ArrayList<>();
    entry.path("stack").forEach(line -> stack.add(line.asText()));
    assertTrue(stack.stream().anyMatch(line -> line.contains(frame)), entry.toPrettyString());
    assertTrue(entry.path("detail").asText().contains("has not returned"), entry.toString());
    assertFalse(entry.path("since").isNull() || entry.path("retryAt").isNull(), entry.toString());
  }

  private static JsonNode listing(JsonNode status, String className) {
    int index = BoxClient.texts(status.path("interfaces"), "className").indexOf(className);
    return status.path("interfaces").path(index);
  }

  private static int count(BoxClient client, String call) {
    return count(client.status(), call);
  }

  private static int count(JsonNode status, String call) {
    return (int)
        BoxClient.texts(status.path("overdue"), "call").stream().filter(call::equals).count();
  }

  /** The time of the latest event, so that a poll gets only what comes after it. */
  private static double now(BoxClient client) {
    client.action("before", "Acting", Map.of("action", "go"));
    return await("an event")
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> client.poll("before", 0, "Acting").join().at("/result/time").asDouble(),
            time -> time > 0);
  }

  private static int retry(BoxClient client, String body) {
    return client.post("/api/devices/retry", "application/json", body).statusCode();
  }

  private static By role(String name) {
    return By.cssSelector("[data-role=" + name + "]");
  }
}
