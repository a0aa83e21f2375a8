package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A box on a Wayland desktop with two screens at which somebody may be working: they are there, can
 * be turned, and stay as they are.
 */
class WaylandDisplayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Process compositor;
  private static String socket;
  private static BoxProcess box;

  @BeforeAll
  static void start() throws IOException {
    Path configuration = Files.writeString(folder.resolve("phoc.ini"), "[core]\nxwayland=false\n");
    ProcessBuilder phoc =
        new ProcessBuilder("phoc", "-C", configuration.toString(), "-E", "sleep 1000")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("phoc").toFile());
    phoc.environment().putAll(environment());
    phoc.environment().keySet().removeAll(List.of("DISPLAY", "WAYLAND_DISPLAY"));
    compositor = phoc.start();
    await("phoc").atMost(PATIENCE).until(() -> !sockets().isEmpty());
    socket = sockets().get(0);
    await("its screens").atMost(PATIENCE).until(() -> randr().contains("HEADLESS-2"));
    box =
        BoxProcess.startIn(
            Map.of(
                "XDG_RUNTIME_DIR",
                folder.toString(),
                "WAYLAND_DISPLAY",
                socket,
                "DISPLAY",
                "",
                "XDG_CURRENT_DESKTOP",
                "Phosh:GNOME",
                "IOTBOX_DISPLAY",
                ""));
  }

  @AfterAll
  static void stop() throws InterruptedException {
    box.close();
    compositor.descendants().forEach(ProcessHandle::destroy);
    compositor.destroy();
    if (!compositor.waitFor(5, TimeUnit.SECONDS)) {
      compositor.destroyForcibly();
    }
  }

  private static Map<String, String> environment() {
    return Map.of(
        "XDG_RUNTIME_DIR",
        folder.toString(),
        "WLR_BACKENDS",
        "headless",
        "WLR_HEADLESS_OUTPUTS",
        "2",
        "WLR_LIBINPUT_NO_DEVICES",
        "1",
        "WLR_RENDERER",
        "pixman",
        // Its settings are its own, and not of whoever runs the tests.
        "GSETTINGS_BACKEND",
        "memory");
  }

  private static List<String> sockets() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("wayland-\\d+"))
          .toList();
    }
  }

  private static String randr() throws IOException {
    ProcessBuilder tool = new ProcessBuilder("wlr-randr").redirectErrorStream(true);
    tool.environment()
        .putAll(Map.of("XDG_RUNTIME_DIR", folder.toString(), "WAYLAND_DISPLAY", socket));
    return new String(tool.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void screensAreThereTurnAndShowNothingUnasked() throws IOException {
    JsonNode display = box.client().awaitDevice("HEADLESS-1");
    assertEquals("Display - HEADLESS-1", display.path("name").asText());
    box.client().awaitDevice("HEADLESS-2");
    assertEquals(List.of(), box.descendants());

    JsonNode answer =
        box.client()
            .action(
                "a-session",
                "HEADLESS-1",
                Map.of("action", "rotate_screen", "orientation", "left"));
    assertEquals("success", answer.at("/result/status").asText(), answer.toString());
    assertTrue(
        randr().matches("(?s).*HEADLESS-1 \"[^\"]*\"\n(?: [^\n]*\n)*  Transform: 90\n.*"), randr());
    assertEquals(List.of(), box.descendants());
  }
}
