package iotbox.box.odoo.bus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.util.RawValue;
import iotbox.box.json.JsonValues;
import iotbox.box.odoo.BackOff;
import iotbox.box.odoo.Lane;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Odoo is still to be told of finished actions and of events (protocol section 1.4): sent one
 * after the other in order, and kept while the server is away. When too many wait, the oldest are
 * dropped and counted.
 *
 * <p>One that the server has taken is not sent again. If the connection broke after it was sent and
 * before the answer came, nobody can know whether it was taken; it is sent again then, since a user
 * who waits for it must not wait in vain.
 *
 * <p>{@link #add} may be called on any thread and does not block. One lock, {@code this}, guards
 * all fields but the lane and the back-off; it is not held while sending.
 */
final class Confirmations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  static final int MOST = 1000;
  static final int MOST_CHARACTERS = 16 << 20;

  /** So often a server may refuse one: it may be busy with an upgrade. */
  private static final int CHANCES = 3;

  private final Lane lane;
  private final BackOff backOff;
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private OdooConnection connection;
  private Waiting sending;
  private long characters;
  private long dropped;

  /** Whether the lane is sending or has arranged to. */
  private boolean active;

  private static final class Waiting {
    private final String path;
    private final String json;
    private int refusals; // Used on the lane only.

    Waiting(String path, String json) {
      this.path = path;
      this.json = json;
    }
  }

  Confirmations(BoxThreads threads, Duration retryFirst, Duration retryLongest) {
    this.lane = new Lane(threads.single("odoo-confirmations"));
    this.backOff = new BackOff(retryFirst, retryLongest);
  }

  /** Sent to this server from now on, at once. What waits for another database is forgotten. */
  void connected(OdooConnection now) {
    synchronized (this) {
      if (connection != null && !connection.pairing().sameDatabase(now.pairing())) {
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

  /** Nothing that waits is of use any more. */
  synchronized void forget() {
    clear();
    connection = null;
  }

  private void clear() {
    queue.clear();
    sending = null;
    characters = 0;
    dropped = 0;
  }

  /** Sends it after those that wait. */
  void add(String path, Map<String, Object> params) {
    Waiting next = new Waiting(path, json(params));
    synchronized (this) {
      if (connection == null) {
        return;
      }
      queue.addLast(next);
      characters += next.json.length();
      // One must be able to wait, however large it is.
      while (queue.size() > MOST || characters > MOST_CHARACTERS && queue.size() > 1) {
        if (dropped++ == 0) {
          LOG.warn("Too many confirmations wait for Odoo; the oldest are dropped");
        }
        characters -= queue.removeFirst().json.length();
      }
      if (active) {
        return;
      }
      active = true;
    }
    lane.run(this::send);
  }

  synchronized int waiting() {
    return queue.size() + (sending == null ? 0 : 1);
  }

  synchronized long dropped() {
    return dropped;
  }

  @Override
  public void close() {
    lane.close();
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
    }
  }

  private static String json(Map<String, Object> params) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      JsonValues.write(generator, params);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Memory can always be written to.
    }
    return text.toString();
  }
}
