package iotbox.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SideBySideTest {
  private final ExecutorService helpers = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    helpers.shutdownNow();
  }

  @Test
  void answersInTheOrderOfTheThings() {
    List<Integer> things = IntStream.range(0, 1000).boxed().toList();

    List<String> results = new SideBySide(helpers, 4).each(things, String::valueOf);

    assertEquals(things.stream().map(String::valueOf).toList(), results);
  }

  @Test
  void worksOnSeveralThreadsAtATimeAndOnNoMoreThanAllowed() {
    CyclicBarrier together = new CyclicBarrier(3);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();

    new SideBySide(helpers, 3)
        .each(
            List.of(1, 2, 3, 4, 5, 6),
            thing -> {
              threads.add(Thread.currentThread());
              try {
                return together.await(10, TimeUnit.SECONDS);
              } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException(e);
              }
            });

    assertEquals(3, threads.size());
    assertTrue(threads.contains(Thread.currentThread()));
  }

  @Test
  void doesAllAloneWhenNobodyHelps() {
    SideBySide refused =
        new SideBySide(
            task -> {
              throw new RejectedExecutionException();
            },
            4);
    SideBySide neverRun = new SideBySide(task -> {}, 4);

    assertEquals(List.of(2, 4), refused.each(List.of(1, 2), n -> 2 * n));
    assertEquals(List.of(2, 4), neverRun.each(List.of(1, 2), n -> 2 * n));
    assertEquals(List.of(2, 4), new SideBySide(Runnable::run, 2).each(List.of(1, 2), n -> 2 * n));
    assertEquals(List.of(), new SideBySide(Runnable::run, 2).each(List.of(), n -> n));
  }

  @Test
  void throwsWhatTheWorkThrowsAfterAllOthersAreDone() {
    Error error = new StackOverflowError();
    RuntimeException exception = new IllegalStateException();
    AtomicInteger done = new AtomicInteger();
    SideBySide sideBySide = new SideBySide(helpers, 2);

    assertSame(
        error,
        assertThrows(
            StackOverflowError.class,
            () ->
                sideBySide.each(
                    List.of(1, 2, 3, 4),
                    n -> {
                      if (n == 2) {
                        throw error;
                      }
                      return done.incrementAndGet();
                    })));
    assertEquals(3, done.get());
    assertSame(
        exception,
        assertThrows(
            IllegalStateException.class,
            () ->
                sideBySide.each(
                    List.of(1),
                    n -> {
                      throw exception;
                    })));
  }
}
