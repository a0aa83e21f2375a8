package iotbox.box.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnerTest {
  private static final RemoteAddress TILL = new RemoteAddress("192.168.1.20");

  private final ManualClock clock = new ManualClock();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Slow password = new Slow();
  private final Owner owner = new Owner(password, threads, clock);

  /** Notices when two look at once. */
  private static final class Slow implements OwnerPassword {
    private final AtomicInteger looking = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile String password = "right";

    @Override
    public void prepare() {}

    @Override
    public boolean matches(String given) {
      mostAtOnce.accumulateAndGet(looking.incrementAndGet(), Math::max);
      looks.incrementAndGet();
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      looking.decrementAndGet();
      return given.equals(password);
    }

    @Override
    public boolean canChange() {
      return true;
    }

    @Override
    public void change(String next) throws IOException {
      if (next.isEmpty()) {
        throw new IOException("full");
      }
      password = next;
    }
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void theRightPasswordBeginsASession() throws Exception {
    Session.Begun begun = login("right", TILL);
    assertEquals(begun.session(), owner.session(begun.token()).orElseThrow());
    owner.logout(begun.token());
    assertTrue(owner.session(begun.token()).isEmpty());
  }

  @Test
  void passwordsAreLookedAtOneAfterTheOther() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    password.gate = gate;
    List<CompletableFuture<?>> logins = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      logins.add(owner.login("wrong", new RemoteAddress("192.0.2." + i)));
    }
    gate.countDown();
    CompletableFuture.allOf(logins.toArray(new CompletableFuture<?>[0])).get(20, TimeUnit.SECONDS);
    assertEquals(1, password.mostAtOnce.get());
    assertEquals(15, password.looks.get());
  }

  @Test
  void aGuesserWaitsLongerAndLongerForOthersNothingChanges() throws Exception {
    RemoteAddress guesser = new RemoteAddress("192.0.2.66");
    for (int i = 0; i < LoginLimits.TRIES; i++) {
      assertWrong(guesser);
    }
    TooManyLoginsException refusal =
        assertThrows(TooManyLoginsException.class, () -> owner.login("right", guesser));
    assertEquals(LoginLimits.PAUSE, refusal.pause());
    int looks = password.looks.get();
    assertThrows(TooManyLoginsException.class, () -> owner.login("right", guesser));
    assertEquals(looks, password.looks.get(), "it was not even looked at");
    login("right", TILL);

    clock.pass(LoginLimits.PAUSE);
    assertWrong(guesser);
    assertThrows(TooManyLoginsException.class, () -> owner.login("right", guesser));
    clock.pass(Duration.ofHours(1));
    for (int i = 0; i < LoginLimits.TRIES; i++) {
      assertWrong(guesser);
    }
    assertThrows(TooManyLoginsException.class, () -> owner.login("right", guesser));
  }

  @Test
  void guessesFromEverywhereLockOutNeitherTheOwnersTillNorTheMachineItself() throws Exception {
    login("right", TILL);
    int guesses = 0;
    for (int i = 0; i < 250; i++) {
      try {
        owner.login("guess", new RemoteAddress("192.0.2." + i)).get(10, TimeUnit.SECONDS);
        guesses++;
      } catch (TooManyLoginsException e) {
        assertTrue(e.pause().compareTo(LoginLimits.STRANGERS_PAUSE) <= 0, e.pause().toString());
      }
    }
    assertEquals(LoginLimits.STRANGERS_TRIES, guesses);
    login("right", TILL);
    for (String local : List.of("127.0.0.1", "[0:0:0:0:0:0:0:1]", "0:0:0:0:0:0:0:1%0", "::1")) {
      login("right", new RemoteAddress(local));
    }
    clock.pass(LoginLimits.STRANGERS_PAUSE);
    login("right", new RemoteAddress("192.168.1.99"));
  }

  @Test
  void allAddressesOfANetworkInIpv6CountAsOne() throws Exception {
    for (int i = 0; i < LoginLimits.TRIES; i++) {
      assertWrong(new RemoteAddress("[2001:db8:0:1:0:0:0:" + i + "]"));
    }
    assertThrows(
        TooManyLoginsException.class,
        () -> owner.login("x", new RemoteAddress("2001:db8:0:1:ffff:0:0:1")));
    assertWrong(new RemoteAddress("2001:db8:0:2:0:0:0:1"));
  }

  @Test
  void anOwnerWhoMistypedStartsAfreshAfterALogin() throws Exception {
    for (int round = 0; round < 5; round++) {
      for (int i = 1; i < LoginLimits.TRIES; i++) {
        assertWrong(TILL);
      }
      login("right", TILL);
    }
  }

  @Test
  void aGiantIsWrongWithoutALook() throws Exception {
    assertTrue(owner.login("x".repeat(1_000_000), TILL).get(10, TimeUnit.SECONDS).isEmpty());
    assertEquals(0, password.looks.get());
  }

  @Test
  void aChangedPasswordEndsTheOtherSessions() throws Exception {
    Session.Begun one = login("right", TILL);
    Session.Begun other = login("right", TILL);
    assertFalse(change(one, "wrong", "next"));
    assertTrue(owner.session(other.token()).isPresent());
    assertTrue(change(one, "right", "next"));
    assertTrue(owner.session(one.token()).isPresent());
    assertTrue(owner.session(other.token()).isEmpty());
    assertWrong(TILL);
    Exception failure = assertThrows(ExecutionException.class, () -> change(one, "next", ""));
    assertTrue(failure.getCause() instanceof UncheckedIOException);
    login("next", TILL);
  }

  private boolean change(Session.Begun session, String present, String next) throws Exception {
    return owner.changePassword(session.token(), present, next, TILL).get(10, TimeUnit.SECONDS);
  }

  private Session.Begun login(String given, RemoteAddress from) throws Exception {
    return owner.login(given, from).get(10, TimeUnit.SECONDS).orElseThrow();
  }

  private void assertWrong(RemoteAddress from) throws Exception {
    assertTrue(owner.login("guess", from).get(10, TimeUnit.SECONDS).isEmpty());
  }
}
