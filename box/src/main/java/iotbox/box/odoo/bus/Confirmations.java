package iotbox.box.odoo.bus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.util.RawValue;
import iotbox.box.json.JsonValues;
import iotbox.box.odoo.BackOff;
import iotbox.box.odoo.Lane;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Odoo is still to be told of finished actions and of events (protocol section 1.4): sent one
 * after the other in order, and kept while the server is away. When too many wait, the oldest are
 * dropped and counted.
 *
 * <p>Answers to actions outlive the end of the process, and so do actions that have begun: of those
 * Odoo is told after the restart that they were interrupted. What a device tells by itself is kept
 * on disk only while the server is away, since scales may tell something several times a second,
 * and memory cards wear out.
 *
 * <p>One that the server has taken is not sent again. If the connection broke, or the box ended,
 * after it was sent and before the answer came, nobody can know whether it was taken; it is sent
 * again then, since a user who waits for it must not wait in vain.
 *
 * <p>All but the sending may be done on any thread and does not block, but for a copy into the
 * system's memory. One lock, {@code this}, guards all fields but the lane and the back-off; it is
 * held while the journal is written, which forces nothing to the disk, and not while sending.
 */
final class Confirmations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  static final int MOST = 1000;
  static final int MOST_CHARACTERS = 16 << 20;

  /** So often a server may refuse one: it may be busy with an upgrade. */
  private static final int CHANCES = 3;

  private final LastMessage last;
  private final Lane lane;
  private final BackOff backOff;
  private final ConfirmationJournal journal;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final Map<Long, Interrupted> begun = new LinkedHashMap<>();
  private OdooConnection connection;
  private Waiting sending;

  /** Of what waits in the queue, as JSON. */
  private long characters;

  /** Of the actions that have begun. */
  private long begunCharacters;

  private long lastNumber;
  private long dropped;

  /** Whether what was left by the last process has been looked at. */
  private boolean recalled;

  /** Whether the server did not take what was sent last. */
  private boolean troubled;

  /** Whether the lane is sending or has arranged to. */
  private boolean active;

  /**
   * @param last tells which messages come again after a restart
   */
  Confirmations(
      Path dataFolder,
      LastMessage last,
      BoxThreads threads,
      Duration retryFirst,
      Duration retryLongest) {
    this.journal = new ConfirmationJournal(dataFolder);
    this.last = last;
    this.lane = new Lane(threads.single("odoo-confirmations"));
    this.backOff = new BackOff(retryFirst, retryLongest);
  }

  /**
   * Sent to this server from now on, at once. What waits for another database is forgotten. Reads
   * the disk when called first.
   */
  void connected(OdooConnection now) {
    synchronized (this) {
      if (!recalled) {
        recall(now.pairing());
      } else if (connection != null && !connection.pairing().sameDatabase(now.pairing())) {
        clear();
      }
      connection = now;
      if (sending == null && queue.isEmpty()) {
        return;
      }
      active = true;
    }
    lane.run(
        () -> {
          backOff.reset();
          lane.later(Duration.ZERO, this::send);
        });
  }

  private void recall(Pairing database) {
    recalled = true;
    ConfirmationJournal.Found found = journal.read(database, last.stored());
    lastNumber = found.lastNumber();
    for (Waiting each : found.waiting()) {
      queue.addLast(each);
      characters += each.json.length();
    }
    if (!queue.isEmpty()) {
      LOG.info("Odoo is still to be told of {} things from before the restart", queue.size());
    }
    journal.keepOnly(database, List.of(), List.copyOf(queue));
  }

  /** Nothing that waits is of use any more. */
  synchronized void forget() {
    clear();
    connection = null;
  }

  private void clear() {
    queue.clear();
    begun.clear();
    journal.clear();
    sending = null;
    characters = 0;
    begunCharacters = 0;
    dropped = 0;
  }

  /**
   * An action begins that Odoo asked for; to be called before it can have any effect, and before
   * its message is remembered as done.
   *
   * @param ifInterrupted told to Odoo after a restart if the box ends before {@link #answer}
   */
  synchronized Interrupted begin(long message, String path, Map<String, Object> ifInterrupted) {
    String json = json(ifInterrupted);
    Interrupted action = new Interrupted(++lastNumber, message, path, ifInterrupted, json.length());
    if (connection != null) {
      begun.put(action.number(), action);
      begunCharacters += action.characters();
      journal.begun(connection.pairing(), action, json);
    }
    return action;
  }

  /**
   * Sends the result of an action after those that wait.
   *
   * @param action that had begun, or {@code null} if Odoo did not ask for it
   */
  void answer(Interrupted action, String path, Map<String, Object> params) {
    add(path, params, true, action);
  }

  /** Sends what a device told by itself after those that wait. */
  void add(String path, Map<String, Object> params) {
    add(path, params, false, null);
  }

  private void add(String path, Map<String, Object> params, boolean keep, Interrupted action) {
    String json = json(params);
    synchronized (this) {
      if (connection == null) {
        return;
      }
      Waiting next = new Waiting(++lastNumber, path, json);
      queue.addLast(next);
      characters += json.length();
      if (action != null && begun.remove(action.number()) != null) {
        begunCharacters -= action.characters();
      }
      if (keep || troubled) {
        journal.tell(connection.pairing(), next, action);
      }
      dropOldest();
      tidy();
      if (active) {
        return;
      }
      active = true;
    }
    lane.run(this::send);
  }

  /** One must be able to wait, however large it is. */
  private void dropOldest() {
    while (queue.size() > MOST || characters > MOST_CHARACTERS && queue.size() > 1) {
      if (dropped++ == 0) {
        LOG.warn("Too many confirmations wait for Odoo; the oldest are dropped");
      }
      Waiting oldest = queue.removeFirst();
      characters -= oldest.json.length();
      forgetOnDisk(oldest);
    }
  }

  private void forgetOnDisk(Waiting gone) {
    if (gone.kept) {
      journal.done(connection.pairing(), gone.number);
    }
  }

  /** Keeps the journal small. */
  private void tidy() {
    long live = characters + begunCharacters + (sending == null ? 0 : sending.json.length());
    if (journal.isCrowded(live)) {
      journal.keepOnly(connection.pairing(), List.copyOf(begun.values()), toKeep());
    }
  }

  private List<Waiting> toKeep() {
    List<Waiting> all = new ArrayList<>();
    if (sending != null) {
      all.add(sending);
    }
    all.addAll(queue);
    return troubled ? all : all.stream().filter(each -> each.kept).toList();
  }

  synchronized int waiting() {
    return queue.size() + (sending == null ? 0 : 1);
  }

  synchronized long dropped() {
    return dropped;
  }

  /**
   * Sends nothing more. What waits is kept for the next start, and so is what is still added: the
   * devices end after this.
   */
  @Override
  public void close() {
    lane.close();
    synchronized (this) {
      keepAll();
      journal.close();
    }
  }

  /** The server does not take anything for now, or the box ends. */
  private void keepAll() {
    troubled = true;
    if (connection != null) {
      for (Waiting each : toKeep()) {
        if (!each.kept) {
          journal.tell(connection.pairing(), each, null);
        }
      }
    }
  }

  private void send() {
    while (true) {
      Waiting next;
      OdooConnection to;
      synchronized (this) {
        if (sending == null) {
          sending = queue.pollFirst();
          characters -= sending == null ? 0 : sending.json.length();
        }
        if (sending == null || connection == null) {
          active = false;
          return;
        }
        next = sending;
        to = connection;
      }
      try {
        to.server().json(next.path, new RawValue(next.json));
        backOff.reset();
        done(next, false);
      } catch (OdooException e) {
        LOG.debug("{}", to.pairing().withoutSecrets(e.getMessage()));
        if (e.kind() == OdooException.Kind.REFUSED && ++next.refusals >= CHANCES) {
          LOG.warn(
              "Odoo does not want a confirmation: {}", to.pairing().withoutSecrets(e.getMessage()));
          done(next, true);
        } else {
          synchronized (this) {
            keepAll();
          }
          lane.later(backOff.next(), this::send);
          return;
        }
      }
    }
  }

  private synchronized void done(Waiting sent, boolean lost) {
    if (sending == sent) {
      sending = null;
      dropped += lost ? 1 : 0;
      troubled = false;
      forgetOnDisk(sent);
      tidy();
    }
  }

  static String json(Map<String, Object> params) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      JsonValues.write(generator, params);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory can always be written to.
    }
    return text.toString();
  }
}
