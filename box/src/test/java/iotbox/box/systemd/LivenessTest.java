package iotbox.box.systemd;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LivenessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final BoxThreads threads = new BoxThreads();

  @AfterEach
  void stop() {
    threads.close();
  }

  @Test
  void aTimerThatIsHeldIsTrouble() throws InterruptedException {
    CountDownLatch hold = new CountDownLatch(1);
    threads.timer().execute(() -> uninterrupted(hold));

    assertEquals(
        Optional.of("its timer does not run"),
        new Liveness(threads, patience -> true).trouble(SHORT));
    hold.countDown();
  }

  @Test
  void aServerThatDoesNotAnswerIsTrouble() throws InterruptedException {
    assertEquals(
        Optional.of("its HTTP server does not answer"),
        new Liveness(threads, patience -> false).trouble(PATIENCE));
  }

  /** In one test, since threads that wait for ever stay until the end of the process. */
  @Test
  void threadsThatWaitForEachOtherAreTroubleIfTheBoxsOwnLocksAreInIt() throws Exception {
    Liveness liveness = new Liveness(threads, patience -> true);
    assertEquals(Optional.empty(), liveness.trouble(PATIENCE));

    deadlock(new Object(), new Object());
    assertEquals(Optional.empty(), liveness.trouble(PATIENCE), "handlers may do that");

    deadlock(new OwnLock(), new OwnLock());
    String trouble = liveness.trouble(PATIENCE).orElseThrow();
    assertTrue(trouble.contains(" waits for ever for "), trouble);
  }

  private static final class OwnLock {}

  private static void deadlock(Object one, Object other) {
    long before = dead();
    CyclicBarrier both = new CyclicBarrier(2);
    hold(one, other, both);
    hold(other, one, both);
    await().until(() -> dead() == before + 2);
  }

  private static long dead() {
    long[] dead = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
    return dead == null ? 0 : dead.length;
  }

  private static void hold(Object first, Object second, CyclicBarrier both) {
    Thread thread =
        new Thread(
            () -> {
              synchronized (first) {
                try {
                  both.await();
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
                synchronized (second) {
                  throw new AssertionError("no deadlock");
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void uninterrupted(CountDownLatch hold) {
    try {
      hold.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
