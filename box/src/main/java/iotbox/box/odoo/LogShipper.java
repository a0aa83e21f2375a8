package iotbox.box.odoo;

import iotbox.box.host.BoxIdentity;
import iotbox.box.odoo.wire.HttpAnswer;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.OdooServer;
import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the box's log to Odoo, which keeps it among its own (protocol section 1.5): in order, a few
 * lines at a time, when Odoo is there. Of what cannot be sent the latest lines are kept, and Odoo
 * is told how many are missing.
 *
 * <p>What the sending itself has to say is not sent, or it would never come to an end.
 *
 * <p>One lock, {@code waiting}, guards the lines and their count; it is never held during I/O.
 */
public final class LogShipper implements LinkListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogShipper.class);
  private static final String PATH = "/iot/log";

  /** What the server parts the lines by; with a line feed. */
  private static final String END = "<log/>";

  private static final int MOST_WAITING = 1000;
  private static final int MOST_AT_ONCE = 50;
  private static final int LONGEST_LINE = 8_000;

  /** By the number that Python has for it. */
  private static final int WARNING = 30;

  private final BoxIdentity box;
  private final Lane lane;
  private final Duration pause;
  private final BackOff backOff;

  // Guarded by itself, and so are the two below.
  private final Deque<String> waiting = new ArrayDeque<>();
  private long dropped;
  private boolean arranged;

  // Used on the lane's thread only, but for the thread itself.
  private OdooConnection connection;
  private OdooServer without;
  private List<String> batch = List.of();
  private boolean failing;
  private volatile Thread sender;

  public LogShipper(BoxIdentity box, BoxThreads threads) {
    this(
        box,
        threads,
        Duration.ofMillis(500),
        new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(1)));
  }

  /**
   * @param pause for how long lines are collected
   * @param backOff between attempts that failed
   */
  LogShipper(BoxIdentity box, BoxThreads threads, Duration pause, BackOff backOff) {
    this.box = box;
    this.pause = pause;
    this.backOff = backOff;
    this.lane = new Lane(threads.single("odoo-log"));
  }

  /**
   * Takes a line of the log. On any thread; never blocks, and never fails.
   *
   * @param level as Python counts: 10 debug, 20 info, 30 warning, 40 error
   */
  public void offer(int level, String line) {
    if (Thread.currentThread() == sender) {
      return;
    }
    String text = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + " …" : line;
    boolean first;
    synchronized (waiting) {
      if (waiting.size() == MOST_WAITING) {
        waiting.removeFirst();
        dropped++;
      }
      waiting.addLast(record(level, text));
      first = !arranged;
      arranged = true;
    }
    if (first) {
      lane.run(() -> lane.within(pause, this::send));
    }
  }

  @Override
  public void connected(OdooConnection now) {
    lane.run(
        () -> {
          connection = now;
          lane.within(pause, this::send);
        });
  }

  @Override
  public void parted() {
    lane.run(() -> connection = null);
  }

  /** What was logged for one server is nothing to the next. */
  @Override
  public void unpaired() {
    synchronized (waiting) {
      waiting.clear();
      dropped = 0;
    }
    lane.run(
        () -> {
          connection = null;
          batch = List.of();
        });
  }

  @Override
  public void close() {
    lane.close();
  }

  private void send() {
    sender = Thread.currentThread();
    synchronized (waiting) {
      arranged = false;
    }
    if (connection == null || connection.server() == without) {
      return;
    }
    if (batch.isEmpty()) {
      batch = take();
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      HttpAnswer answer = connection.server().chunks(PATH, batch);
      if (answer.status() >= 500) {
        retry("answered " + answer.status());
      } else {
        sent(answer.status());
      }
    } catch (OdooException e) {
      retry(connection.pairing().withoutSecrets(e.getMessage()));
    }
  }

  private void sent(int status) {
    if (status >= 400) {
      LOG.info("{} takes no log ({})", connection.server().name(PATH), status);
      without = connection.server();
    }
    batch = List.of();
    failing = false;
    backOff.reset();
    lane.later(pause, this::send);
  }

  private void retry(String why) {
    if (!failing) {
      LOG.info("The log waits to be sent to Odoo: {}", why);
      failing = true;
    }
    synchronized (waiting) {
      arranged = true; // Lines that come meanwhile do not hasten it.
    }
    lane.later(backOff.next(), this::send);
  }

  private List<String> take() {
    List<String> lines = new ArrayList<>();
    synchronized (waiting) {
      if (waiting.isEmpty()) {
        return List.of();
      }
      lines.add("");
      if (dropped > 0) {
        lines.add(record(WARNING, dropped + " older lines of the box's log could not be sent"));
        dropped = 0;
      }
      while (lines.size() <= MOST_AT_ONCE && !waiting.isEmpty()) {
        lines.add(waiting.removeFirst());
      }
    }
    String name = connection.line().identifierOf(box);
    lines.set(0, connection.line().logField() + " " + name);
    return lines.stream().map(line -> line + END + "\n").toList();
  }

  private static String record(int level, String text) {
    return level + "," + text.replace(END, "<log />");
  }
}
