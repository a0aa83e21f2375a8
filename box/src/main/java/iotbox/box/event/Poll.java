package iotbox.box.event;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One question of a listener, and the answer to come. */
record Poll(Listener listener, CompletableFuture<Optional<Event>> answer) {
  Poll(Listener listener) {
    this(listener, new CompletableFuture<>());
  }

  /** No two polls are the same, whoever asks. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
