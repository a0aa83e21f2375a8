package iotbox.box.simulation;

import iotbox.box.simulation.Hearing.Heard;
import iotbox.box.simulation.LineScript.Period;
import iotbox.box.thread.Alarm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * A device that behaves as a {@link LineScript} says, whatever wire it hangs on. It does one thing
 * after the other: what it hears while it waits is done afterwards.
 *
 * <p>One lock, {@code this}, guards all fields; nothing is sent and nobody is told under it. Safe
 * for all threads.
 */
public final class PlayedDevice {
  private static final int REMEMBERED = 10_000;
  private static final int MOST_WAITING = 1_000;

  /** Longer than any pause within what one driver says, shorter than between two drivers. */
  private static final Duration LINE_PATIENCE = Duration.ofMillis(300);

  private final Alarm periods;
  private final Alarm waits;
  private final Executor executor;
  private final Wire everywhere;
  private final List<Consumer<Talk>> listeners = new CopyOnWriteArrayList<>();
  private final Deque<String> heard = new ArrayDeque<>();
  private final Deque<Doing> waiting = new ArrayDeque<>();
  private final Map<String, Values> variables = new HashMap<>();
  private final Map<Step, Integer> turns = new IdentityHashMap<>();
  private final List<Runnable> repeating = new ArrayList<>();
  private LineScript script;
  private boolean busy;
  private boolean closed;

  /** Counts the changes of the script: what was begun under an earlier one is not gone on with. */
  private int version;

  private record Doing(Iterator<Step> steps, Wire wire) {}

  /** The values of a variable, which are taken in turn. */
  private static final class Values {
    private final List<String> values;
    private int next;

    Values(List<String> values) {
      this.values = values;
    }

    String take() {
      return values.get(next++ % values.size());
    }
  }

  /**
   * A device that has not begun.
   *
   * @param periods by which it speaks by itself
   * @param waits by which it waits between two things that it does
   * @param executor its tasks may block for a moment
   * @param everywhere takes what the device says by itself
   */
  PlayedDevice(LineScript script, Alarm periods, Alarm waits, Executor executor, Wire everywhere) {
    this.script = script;
    this.periods = periods;
    this.waits = waits;
    this.executor = executor;
    this.everywhere = everywhere;
    play(script);
  }

  /** Plays this script from now on, from its beginning; the wire stays as it is. */
  public synchronized void play(LineScript next) {
    script = next;
    version++;
    waiting.clear();
    busy = false;
    turns.clear();
    variables.clear();
    next.variables().forEach((name, values) -> variables.put(name, new Values(values)));
    repeating.forEach(Runnable::run);
    repeating.clear();
    next.periods().forEach(this::repeat);
  }

  private void repeat(Period period) {
    int own = version;
    int place = repeating.size();
    repeating.add(periods.in(period.every(), () -> again(period, place, own)));
  }

  private void again(Period period, int place, int own) {
    synchronized (this) {
      if (closed || own != version) {
        return;
      }
      repeating.set(place, periods.in(period.every(), () -> again(period, place, own)));
      add(period.steps(), everywhere);
    }
    later(own);
  }

  /**
   * Gives a variable of the script other values, as if a hand had put something on the scale.
   *
   * @param values at least one, each one character for each byte; taken in turn
   */
  public synchronized void set(String variable, String... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("Give \"" + variable + "\" at least one value");
    }
    if (!variables.containsKey(variable)) {
      throw new IllegalArgumentException(
          script.name()
              + " has no variable \""
              + variable
              + "\"; it has "
              + variables.keySet().stream().sorted().toList());
    }
    variables.put(variable, new Values(List.of(values)));
  }

  /**
   * What was heard, the latest last: requests that are expected, and what was not; one character
   * for each byte. No more than the last ten thousand.
   */
  public synchronized List<String> heard() {
    return List.copyOf(heard);
  }

  /** From now on the listener gets all that goes over the line, on any thread; must not block. */
  public void onTalk(Consumer<Talk> listener) {
    listeners.add(listener);
  }

  /** Listens at a wire. For one thread, which it may keep busy for a moment. */
  Ear ear(Wire wire) {
    return new Ear(wire);
  }

  /** What comes over one wire. */
  final class Ear {
    private final Wire wire;
    private LineScript known;
    private Hearing hearing;
    private Instant last = Instant.MIN;

    private Ear(Wire wire) {
      this.wire = wire;
    }

    /** These bytes came. */
    void hear(byte[] bytes, int count) {
      LineScript now = script();
      if (now != known) {
        known = now;
        hearing = new Hearing(now, found -> heard(found, wire));
      }
      Instant time = waits.now();
      if (last.isBefore(time.minus(LINE_PATIENCE))) {
        forgotten(hearing.forgetLine());
      }
      last = time;
      hearing.hear(bytes, count);
    }
  }

  private synchronized LineScript script() {
    return script;
  }

  /** Half a line gets no answer, or the driver that asks now would take it for its own. */
  private void forgotten(String begun) {
    if (!begun.isEmpty()) {
      remember(begun);
      tell(new Talk(Talk.Kind.UNEXPECTED, begun));
    }
  }

  private synchronized void remember(String text) {
    heard.add(text);
    if (heard.size() > REMEMBERED) {
      heard.remove();
    }
  }

  private void heard(Heard found, Wire wire) {
    int own;
    synchronized (this) {
      remember(found.text());
      own = version;
      if (found.reaction() != null) {
        List<Step> steps = new ArrayList<>();
        found.variables().forEach((name, value) -> steps.add(Step.Assign.of(name, value)));
        steps.addAll(found.reaction().steps());
        add(steps, wire);
      } else if (script.otherwise() != null) {
        add(script.otherwise(), wire);
      }
    }
    Talk.Kind kind = found.reaction() == null ? Talk.Kind.UNEXPECTED : Talk.Kind.EXPECTED;
    tell(new Talk(kind, found.text()));
    proceed(own);
  }

  /** Whoever asks without end is not remembered without end. */
  private void add(List<Step> steps, Wire wire) {
    if (waiting.size() < MOST_WAITING) {
      waiting.add(new Doing(steps.iterator(), wire));
    }
  }

  private void later(int own) {
    try {
      executor.execute(() -> proceed(own));
    } catch (RejectedExecutionException e) {
      // Everything ends just now.
    }
  }

  private void proceed(int own) {
    synchronized (this) {
      if (busy || closed || own != version) {
        return;
      }
      busy = true;
    }
    goOn(own);
  }

  /** For the one thread that made it busy. */
  private void goOn(int own) {
    while (true) {
      Wire wire;
      Optional<String> answer = Optional.empty();
      synchronized (this) {
        if (closed || own != version) {
          return;
        }
        Doing doing = waiting.peek();
        if (doing == null) {
          busy = false;
          return;
        }
        if (!doing.steps.hasNext()) {
          waiting.remove();
          continue;
        }
        wire = doing.wire;
        Step step = doing.steps.next();
        if (step instanceof Step.Wait pause) {
          waits.in(pause.pause(), () -> goOnLater(own));
          return;
        } else if (step instanceof Step.Assign assign) {
          List<String> values = assign.values().stream().map(this::filled).toList();
          variables.put(assign.variable(), new Values(values));
        } else if (step instanceof Step.Answer choice) {
          int turn = turns.merge(choice, 1, Integer::sum) - 1;
          answer = choice.choices().get(turn % choice.choices().size()).map(this::filled);
        }
      }
      answer.ifPresent(text -> say(text, wire));
    }
  }

  private void goOnLater(int own) {
    try {
      executor.execute(() -> goOn(own));
    } catch (RejectedExecutionException e) {
      // Everything ends just now.
    }
  }

  private String filled(Template template) {
    return template.filled(name -> variables.containsKey(name) ? variables.get(name).take() : "");
  }

  private void say(String text, Wire wire) {
    tell(new Talk(Talk.Kind.SAID, text));
    try {
      wire.send(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // Whoever asked has hung up.
    }
  }

  private void tell(Talk talk) {
    listeners.forEach(listener -> listener.accept(talk));
  }

  /** Does nothing any more. */
  synchronized void close() {
    closed = true;
    repeating.forEach(Runnable::run);
    repeating.clear();
    waiting.clear();
  }
}
