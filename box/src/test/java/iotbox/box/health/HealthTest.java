package iotbox.box.health;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.health.Health.Report;
import iotbox.box.thread.BoxThreads;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final BoxThreads threads = new BoxThreads();

  @AfterEach
  void stop() {
    threads.close();
  }

  private static Report of(Health health)
      throws InterruptedException, ExecutionException, TimeoutException {
    return health.report().get(10, TimeUnit.SECONDS);
  }

  @Test
  void whatIsWrongIsTold() throws Exception {
    Check well = new Check(true, Optional::empty);
    Check disk = new Check(false, () -> Optional.of("its disk is full"));
    Check memory = new Check(true, () -> Optional.of("its memory is used up"));
    Report report = of(new Health(threads, List.of(well, disk, memory)));

    assertEquals(List.of("its disk is full", "its memory is used up"), report.all());
    assertEquals(List.of("its memory is used up"), report.endedByRestart());
  }

  @Test
  void aTimerThatIsHeldIsTrouble() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    threads.timer().execute(() -> uninterrupted(hold));

    Report report = of(new Health(threads, List.of(), SHORT));

    assertEquals(List.of("its timer does not run"), report.endedByRestart());
    hold.countDown();
  }

  @Test
  void aCheckThatHangsIsTroubleAndHoldsNobodyUp() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    Check hangs =
        new Check(
            false,
            () -> {
              uninterrupted(hold);
              return Optional.empty();
            });

    Report report = of(new Health(threads, List.of(hangs), SHORT));

    assertEquals(List.of("its work is not done in time"), report.all());
    hold.countDown();
  }

  @Test
  void aCheckThatThrowsIsTrouble() throws Exception {
    Check throwing =
        new Check(
            false,
            () -> {
              throw new IllegalStateException("of all things");
            });

    String trouble = of(new Health(threads, List.of(throwing))).all().get(0);

    assertTrue(trouble.contains("of all things"), trouble);
  }

  @Test
  void threadsThatAreGoneAreTrouble() throws Exception {
    threads.close();

    assertEquals(
        List.of("its timer does not run", "its work is not done in time"),
        of(new Health(threads, List.of())).endedByRestart());
  }

  @Test
  void thousandsWhoAskAtOnceCostOneLook() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    Health health =
        new Health(
            threads,
            List.of(new Check(false, () -> Optional.of("look " + looks.incrementAndGet()))));
    for (int i = 0; i < 5_000; i++) {
      health.report().cancel(false); // Nor does one that goes take it from the others.
    }
    assertEquals(List.of("look 1"), of(health).all());

    await().until(() -> !of(health).all().equals(List.of("look 1")));
  }

  @Test
  void threadsThatWaitForEachOtherAreTroubleIfTheBoxsOwnLocksAreInIt() throws Exception {
    try (Deadlocked handlers = new Deadlocked(new ReentrantLock(), new ReentrantLock())) {
      handlers.awaitBoth();
      assertEquals(List.of(), of(new Health(threads, List.of())).all(), "handlers may do that");
    }
    try (Deadlocked own = new Deadlocked(new OwnLock(), new OwnLock())) {
      own.awaitBoth();
      String trouble = of(new Health(threads, List.of())).endedByRestart().get(0);
      assertTrue(trouble.contains(" waits for ever for "), trouble);
    }
    assertEquals(List.of(), of(new Health(threads, List.of())).all());
  }

  /** A lock of one of the box's classes. */
  private static final class OwnLock extends AbstractQueuedSynchronizer implements Lock {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean tryAcquire(int ignored) {
      if (compareAndSetState(0, 1)) {
        setExclusiveOwnerThread(Thread.currentThread());
        return true;
      }
      return false;
    }

    @Override
    protected boolean tryRelease(int ignored) {
      setExclusiveOwnerThread(null);
      setState(0);
      return true;
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
      acquireInterruptibly(1);
    }

    @Override
    public void unlock() {
      release(1);
    }

    @Override
    public void lock() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean tryLock() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Condition newCondition() {
      throw new UnsupportedOperationException();
    }
  }

  /** Two threads that wait for each other, until they are released. */
  private static final class Deadlocked implements AutoCloseable {
    private final CyclicBarrier both = new CyclicBarrier(2);
    private final Thread one;
    private final Thread other;

    Deadlocked(Lock first, Lock second) {
      one = holding(first, second);
      other = holding(second, first);
    }

    void awaitBoth() {
      await().until(() -> dead() == 2);
    }

    private Thread holding(Lock first, Lock second) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  first.lockInterruptibly();
                  try {
                    both.await();
                    second.lockInterruptibly();
                  } finally {
                    first.unlock();
                  }
                } catch (InterruptedException | BrokenBarrierException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.start();
      return thread;
    }

    private static int dead() {
      long[] dead = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
      return dead == null ? 0 : dead.length;
    }

    @Override
    public void close() {
      one.interrupt();
      other.interrupt();
      await().until(() -> !one.isAlive() && !other.isAlive());
    }
  }

  private static void uninterrupted(CountDownLatch hold) {
    try {
      hold.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
