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
        HttpResponse<String> response = box.getAsOwner(path);
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
      HttpResponse<String> response = box.getAsOwner("/iot_drivers/download_logs");
      assertEquals(404, response.statusCode());
      assertEquals("There is no log file yet.\n", response.body());
      assertTrue(response.headers().firstValue("Content-Disposition").isEmpty());
    }
  }

  @Test
  void theLevelOfAHandlerCanBeSetAndSeen() throws Exception {
    try (TestBox box = new TestBox()) {
      String handler = TestDriver.class.getName();
      HttpResponse<String> response =
          box.postAsOwner(
              "/api/log-levels", "{\"logger\":\"" + handler + "\",\"level\":\"debug\"}");
      assertEquals(200, response.statusCode(), response.body());
      String expected =
          "{\"levels\":[{\"logger\":\""
              + handler
              + "\",\"level\":\"debug\",\"until\":\"1970-01-01T00:00:00Z\"}]}";
      assertEquals(expected, response.body());
      assertEquals(expected, box.getAsOwner("/api/log-levels").body());

      String own = "{\"logger\":\"iotbox.box.odoo\",\"level\":null}";
      assertEquals(200, box.postAsOwner("/api/log-levels", own).statusCode());
    }
  }

  @Test
  void aLevelThatCannotBeSetIsRefusedWithTheReason() throws Exception {
    try (TestBox box = new TestBox()) {
      HttpResponse<String> none =
          box.postAsOwner("/api/log-levels", "{\"logger\":\"okhttp3\",\"level\":\"debug\"}");
      assertEquals(404, none.statusCode());
      assertEquals(
          "There is no handler of the class \"okhttp3\"; the status lists them. The box itself is"
              + " called iotbox.\n",
          none.body());
      HttpResponse<String> loud =
          box.postAsOwner("/api/log-levels", "{\"logger\":\"iotbox\",\"level\":\"loud\"}");
      assertEquals(400, loud.statusCode());
      assertEquals("No level is called loud.\n", loud.body());
      for (String body : List.of("{}", "{\"logger\":5}", "{\"logger\":\"iotbox\",\"level\":1}")) {
        HttpResponse<String> response = box.postAsOwner("/api/log-levels", body);
        assertEquals(400, response.statusCode());
        assertTrue(response.body().startsWith("Send {\"logger\""), response.body());
      }
      HttpResponse<String> full =
          box.postAsOwner("/api/log-levels", "{\"logger\":\"iotbox\",\"level\":\"warn\"}");
      assertEquals(507, full.statusCode());
      assertTrue(full.body().startsWith("Nothing was changed, as the data folder"), full.body());
      assertEquals("{\"levels\":[]}", box.getAsOwner("/api/log-levels").body());
    }
  }
}
