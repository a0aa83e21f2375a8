package iotbox.box.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final ManualClock clock = new ManualClock();
  private final Sessions sessions = new Sessions(clock);

  @Test
  void aTokenLeadsToItsSession() {
    Session.Begun one = sessions.begin();
    Session.Begun two = sessions.begin();
    assertEquals(Optional.of(one.session()), sessions.of(one.token()));
    assertEquals(Optional.of(two.session()), sessions.of(two.token()));
    assertEquals(Optional.empty(), sessions.of(one.token() + "x"));
    assertEquals(Optional.empty(), sessions.of(""));
    assertNotEquals(one.token(), two.token());
    assertTrue(one.session().hasCsrfToken(one.session().csrfToken()));
    for (String other : new String[] {null, "", one.token(), two.session().csrfToken()}) {
      assertFalse(one.session().hasCsrfToken(other));
    }
    assertFalse((one + "" + one.session()).contains(one.token()));
    assertFalse((one + "" + one.session()).contains(one.session().csrfToken()));
  }

  @Test
  void anUnusedOneEnds() {
    String token = sessions.begin().token();
    clock.pass(Sessions.IDLE);
    assertTrue(sessions.use(token).isPresent());
    clock.pass(Sessions.IDLE);
    assertTrue(sessions.of(token).isPresent(), "which is no use");
    clock.pass(Duration.ofSeconds(1));
    assertTrue(sessions.of(token).isEmpty());
    assertTrue(sessions.use(token).isEmpty());
  }

  @Test
  void noneLastsForEver() {
    String token = sessions.begin().token();
    Duration pause = Sessions.IDLE.dividedBy(2);
    long times = Sessions.LONGEST.dividedBy(pause);
    for (long i = 0; i < times; i++) {
      clock.pass(pause);
      assertTrue(sessions.use(token).isPresent());
    }
    clock.pass(pause);
    assertTrue(sessions.use(token).isEmpty());
  }

  @Test
  void thereAreNotTooManyAndTheLeastUsedGoes() {
    Session.Begun used = sessions.begin();
    Session.Begun unused = sessions.begin();
    for (int i = 2; i < Sessions.MOST; i++) {
      sessions.begin();
    }
    sessions.use(used.token());
    sessions.begin();
    assertTrue(sessions.of(used.token()).isPresent());
    assertTrue(sessions.of(unused.token()).isEmpty());
  }

  @Test
  void oneOrAllOthersCanBeEnded() {
    Session.Begun one = sessions.begin();
    Session.Begun two = sessions.begin();
    Session.Begun three = sessions.begin();
    sessions.end(one.token());
    assertTrue(sessions.of(one.token()).isEmpty());
    sessions.endOthers(two.token());
    assertTrue(sessions.of(two.token()).isPresent());
    assertTrue(sessions.of(three.token()).isEmpty());
  }
}
