package iotbox.box.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthRoutesTest {
  private TestBox box;

  @BeforeEach
  void start() throws PortRefusedException {
    box = new TestBox();
  }

  @AfterEach
  void stop() {
    box.close();
  }

  private static Object body(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readValue(answer.body(), Object.class);
  }

  @Test
  void aBoxThatIsWellSaysSo() throws Exception {
    for (String path : List.of("/health", "/health/live")) {
      HttpResponse<String> answer = box.get(path);
      assertEquals(200, answer.statusCode());
      assertEquals(Map.of("healthy", true, "reasons", List.of()), body(answer));
      assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElseThrow());
    }
  }

  @Test
  void troubleIsToldButARestartIsAskedForOnlyWhereItHelps() throws Exception {
    box.trouble = Optional.of("its disk is full");

    await().until(() -> box.get("/health").statusCode() == 503); // Looked at once a second.
    assertEquals(
        Map.of("healthy", false, "reasons", List.of("its disk is full")), body(box.get("/health")));
    assertEquals(200, box.get("/health/live").statusCode());

    box.trouble = Optional.empty();
    await().until(() -> box.get("/health").statusCode() == 200);
  }

  @Test
  void aTimerThatHangsAsksForARestart() throws Exception {
    box.threads.timer().shutdownNow();

    HttpResponse<String> answer = box.get("/health/live");

    assertEquals(503, answer.statusCode());
    assertEquals(
        Map.of("healthy", false, "reasons", List.of("its timer does not run")), body(answer));
  }

  @Test
  void aBoxThatEndsSaysSoInTheSameForm() throws Exception {
    box.drain();

    HttpResponse<String> answer = box.get("/health");
    assertEquals(503, answer.statusCode());
    assertEquals(Map.of("healthy", false, "reasons", List.of("it is ending")), body(answer));
    HttpResponse<String> other = box.get("/api/status");
    assertEquals(503, other.statusCode());
    assertTrue(other.body().contains("is ending"), other.body());
  }
}
