package iotbox.loader;

import iotbox.handler.Driver;
import iotbox.handler.Interface;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The handlers that ship with the box. They keep the same rules as everybody's; one that breaks
 * them is a fault of the box and stops it. Immutable.
 */
public final class BuiltinHandlers {
  private final HandlerSet set;
  private final List<HandlerStatus> status;

  private BuiltinHandlers(HandlerSet set, List<HandlerStatus> status) {
    this.set = set;
    Instant now = Instant.now();
    this.status = status.stream().map(entry -> entry.since(now)).toList();
  }

  /** No handlers at all. */
  public static BuiltinHandlers none() {
    return builder().build();
  }

  /** Starts collecting. */
  public static Builder builder() {
    return new Builder();
  }

  /** The snapshot to start with: these handlers and no others, generation 0. */
  public Handlers handlers() {
    return new Handlers(0, List.of(set), status);
  }

  HandlerSet set() {
    return set;
  }

  List<HandlerStatus> status() {
    return status;
  }

  /** Collects handlers; not safe for threads. */
  public static final class Builder {
    private final List<DriverType> drivers = new ArrayList<>();
    private final List<InterfaceType> interfaces = new ArrayList<>();
    private final List<HandlerStatus> status = new ArrayList<>();

    private Builder() {}

    /**
     * Adds a driver, or an abstract base that others extend.
     *
     * @throws IllegalStateException if it breaks a rule for drivers
     */
    public Builder driver(Class<? extends Driver> type) {
      Verdict verdict = add(type, null);
      if (verdict.driver() != null) {
        drivers.add(verdict.driver());
      }
      return this;
    }

    /**
     * Adds an interface that this factory makes.
     *
     * @throws IllegalStateException if it breaks a rule for interfaces
     */
    public <T extends Interface> Builder anInterface(Class<T> type, Callable<T> factory) {
      interfaces.add(add(type, factory).anInterface());
      return this;
    }

    private Verdict add(Class<?> type, Callable<? extends Interface> factory) {
      String file = type.getName().replace('.', '/') + ".java";
      Verdict verdict = HandlerValidator.check(type, file, factory);
      if (!verdict.faults().isEmpty()) {
        throw new IllegalStateException(file + ": " + verdict.faults());
      }
      status.add(verdict.status(file, HandlerStatus.Compiler.BUILTIN, List.of()));
      return verdict;
    }

    /** The handlers collected so far. */
    public BuiltinHandlers build() {
      return new BuiltinHandlers(new HandlerSet("built-in", drivers, interfaces), status);
    }
  }
}
