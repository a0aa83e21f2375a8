package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the box logs, as Odoo and people get it. */
class LogsTest {
  private static final String CHATTY =
      """
      import iotbox.handler.ConnectionType;
      import iotbox.handler.Device;
      import iotbox.handler.Interface;
      import java.time.Duration;
      import java.util.HashMap;
      import java.util.Map;
      import org.slf4j.Logger;
      import org.slf4j.LoggerFactory;

      @ConnectionType("chatty")
      public class ChattyInterface extends Interface {
        private static final Logger LOG = LoggerFactory.getLogger(ChattyInterface.class);

        public Duration loopDelay() {
          return Duration.ofMillis(50);
        }

        public Map<String, Device> getDevices() {
          LOG.debug("looked once more");
          return new HashMap<String, Device>();
        }
      }
      """;

  @Test
  void odooGetsTheLogInItsOwnForm() {
    try (OdooStandIn odoo = OdooStandIn.start();
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      await().until(() -> shipped(odoo).contains("Connected with"));
      LoggedRequest first = odoo.requests(OdooStandIn.LOG).get(0);

      assertNull(first.getHeader("Content-Length"), box::stderr);
      String[] parts = first.getBodyAsString().split("<log/>\n");
      assertEquals("identifier " + BoxProcess.IDENTIFIER, parts[0]);
      for (String record : List.of(parts).subList(1, parts.length)) {
        assertTrue(
            record.matches(
                "(?s)(10|20|30|40),\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} \\d+"
                    + " (DEBUG|INFO|WARN|ERROR) \\? \\S+: .*"),
            record);
      }
      // The sending says nothing that would have to be sent.
      await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(20)).until(quiet(odoo));
    }
  }

  @Test
  void aHandlerSaysMoreWhenAPersonWantsIt() {
    HandlersZip handlers = HandlersZip.with("interfaces/ChattyInterface.java", CHATTY);
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      await().until(() -> box.client().status().toString().contains("ChattyInterface"));
      assertFalse(box.stderr().contains("looked once more"));

      HttpResponse<String> answer =
          box.owner()
              .post(
                  "/api/log-levels",
                  "application/json",
                  "{\"logger\":\"ChattyInterface\",\"level\":\"debug\"}");

      assertEquals(200, answer.statusCode(), answer.body());
      await().until(() -> box.stderr().contains("DEBUG ChattyInterface: looked once more"));
      await().until(() -> shipped(odoo).contains("DEBUG ? ChattyInterface: looked once more"));
    }
  }

  @Test
  void theOwnerReadsAlongAndMissesNothingOverALostConnection() {
    HandlersZip handlers = HandlersZip.with("interfaces/ChattyInterface.java", CHATTY);
    try (OdooStandIn odoo = OdooStandIn.start().serving(handlers);
        BoxProcess box = BoxProcess.pairedWith(odoo)) {
      await().until(() -> box.client().status().toString().contains("ChattyInterface"));
      assertEquals(401, box.client().get("/api/logs/stream").statusCode());
      BoxClient owner = box.owner();
      String last;
      try (LogReader log = new LogReader(owner)) {
        log.await("the start", each -> each.get("message").asText().contains(" serves on port "));
        owner.post(
            "/api/log-levels",
            "application/json",
            "{\"logger\":\"ChattyInterface\",\"level\":\"debug\"}");
        JsonNode record = log.await("it chats", each -> said(each, "looked once more"));
        assertEquals("debug", record.get("level").asText());
        assertEquals("ChattyInterface", record.get("logger").asText());
        assertEquals("interfaces/ChattyInterface.java", record.get("handler").asText());
        long age =
            Duration.between(Instant.parse(record.get("time").asText()), Instant.now()).toMillis();
        assertTrue(age < 5_000, age + " ms old"); // Less than one on a machine that is not busy.
        last = record.get("id").asText();
      }
      try (LogReader log = new LogReader(owner, last)) {
        long number = number(log.all().get(0));
        assertEquals(Long.parseLong(last.split("-")[1]) + 1, number);
        await().until(() -> log.all().size() > 20);
        for (JsonNode record : log.all()) {
          assertEquals(number++, number(record), "without a gap");
        }
      }
    }
  }

  private static boolean said(JsonNode record, String what) {
    return record.get("message").asText().contains(what);
  }

  private static long number(JsonNode record) {
    return Long.parseLong(record.get("id").asText().split("-")[1]);
  }

  /** Whether there was no call since it was asked last. */
  private static Callable<Boolean> quiet(OdooStandIn odoo) {
    AtomicInteger before = new AtomicInteger();
    return () -> {
      int now = odoo.requests(OdooStandIn.LOG).size();
      return before.getAndSet(now) == now;
    };
  }

  private static String shipped(OdooStandIn odoo) {
    StringBuilder all = new StringBuilder();
    odoo.requests(OdooStandIn.LOG).forEach(request -> all.append(request.getBodyAsString()));
    return all.toString();
  }
}
