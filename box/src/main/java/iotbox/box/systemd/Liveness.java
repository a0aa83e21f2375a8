package iotbox.box.systemd;

import iotbox.box.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Whether the box is alive, as far as a new start would help: nothing is wrong with it inside, and
 * its HTTP server answers.
 */
public final class Liveness {
  private final Health health;
  private final Server server;

  /** The box's own server, asked as any browser would. */
  public interface Server {
    /** Whether it answers within this time; blocks for so long at the most. */
    boolean answersWithin(Duration patience);
  }

  public Liveness(Health health, Server server) {
    this.health = health;
    this.server = server;
  }

  /**
   * What is wrong, for people; empty if all is well. Blocks for {@code patience} at the most, and
   * before that for as long as the health takes to be found out.
   */
  Optional<String> trouble(Duration patience) throws InterruptedException {
    List<String> troubles = inside();
    if (!troubles.isEmpty()) {
      return Optional.of(troubles.get(0));
    }
    return server.answersWithin(patience)
        ? Optional.empty()
        : Optional.of("its HTTP server does not answer");
  }

  private List<String> inside() throws InterruptedException {
    try {
      return health.report().get().endedByRestart();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause()); // It never fails.
    }
  }
}
