package iotbox.box.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRoutesTest {
  @TempDir Path folder;

  @Test
  void theLogComesAsAFileWithAName() throws Exception {
    Path log = folder.resolve("box.log");
    String lines = "2026-11-22 grüße\n".repeat(100_000);
    Files.writeString(log, lines);
    try (TestBox box = new TestBox(log, Duration.ofSeconds(1))) {
      for (String path : List.of("/hw_drivers/download_logs", "/iot_drivers/download_logs")) {
        HttpResponse<String> response = box.get(path);
        assertEquals(200, response.statusCode());
        assertEquals(lines, response.body());
        assertEquals(
            "text/plain;charset=utf-8", response.headers().firstValue("Content-Type").get());
        String name = response.headers().firstValue("Content-Disposition").get();
        assertTrue(
            name.matches(
                "attachment; filename=\"iotbox-box-1-\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d\\.log\""),
            name);
      }
    }
  }

  @Test
  void withoutALogFileThatIsSaid() throws Exception {
    try (TestBox box = new TestBox(folder.resolve("none.log"), Duration.ofSeconds(1))) {
      HttpResponse<String> response = box.get("/iot_drivers/download_logs");
      assertEquals(404, response.statusCode());
      assertEquals("There is no log file yet.\n", response.body());
      assertTrue(response.headers().firstValue("Content-Disposition").isEmpty());
    }
  }
}
