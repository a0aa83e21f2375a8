package iotbox.box.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import iotbox.box.health.Check;
import iotbox.box.health.Health;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LivenessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final BoxThreads threads = new BoxThreads();

  @AfterEach
  void stop() {
    threads.close();
  }

  @Test
  void aServerThatDoesNotAnswerIsTrouble() throws InterruptedException {
    Health well = new Health(threads, List.of());

    assertEquals(Optional.empty(), new Liveness(well, patience -> true).trouble(PATIENCE));
    assertEquals(
        Optional.of("its HTTP server does not answer"),
        new Liveness(well, patience -> false).trouble(PATIENCE));
  }

  @Test
  void onlyWhatARestartHelpsAgainstIsTrouble() throws InterruptedException {
    Check disk = new Check(false, () -> Optional.of("its disk is full"));
    Check memory = new Check(true, () -> Optional.of("its memory is used up"));

    assertEquals(
        Optional.empty(),
        new Liveness(new Health(threads, List.of(disk)), patience -> true).trouble(PATIENCE));
    assertEquals(
        Optional.of("its memory is used up"),
        new Liveness(new Health(threads, List.of(disk, memory)), patience -> true)
            .trouble(PATIENCE));
  }

  @Test
  void theWatchdogIsThatOfThisProcessOnly() {
    String own = Long.toString(ProcessHandle.current().pid());
    assertNull(Systemd.watchdog(Map.of()));
    assertEquals(Duration.ofSeconds(3), Systemd.watchdog(Map.of("WATCHDOG_USEC", "3000000")));
    assertEquals(
        Duration.ofSeconds(3),
        Systemd.watchdog(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", own)));
    assertNull(Systemd.watchdog(Map.of("WATCHDOG_USEC", "3000000", "WATCHDOG_PID", "1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-5", "soon", ""})
  void aWatchdogThatIsNoneIsNone(String micros) {
    assertNull(Systemd.watchdog(Map.of("WATCHDOG_USEC", micros)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative", "vsock:2:1", ""})
  void anAddressOfAnotherKindIsRefused(String name) {
    assertThrows(IOException.class, () -> NotifySocket.address(name));
  }

  @Test
  void anAddressThatTheSystemCannotTakeIsRefused() throws IOException {
    String longest = "/" + "x".repeat(106);
    assertEquals(2 + 107 + 1, NotifySocket.address(longest).length);
    assertThrows(IOException.class, () -> NotifySocket.address(longest + "x"));
  }
}
