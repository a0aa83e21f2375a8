package iotbox.stock.serial;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connection of one driver to its port, which comes and goes. Actions and the reading loop
 * share it.
 *
 * <p>{@link #turn} guards the connection and its settings and is held while a request waits for its
 * answer: two requests at once would get each other's answers. {@link #close()} does not wait for
 * it longer than the end of a native read.
 */
final class SerialLine {
  private final String path;
  private final ReentrantLock turn = new ReentrantLock(true);

  /** Written under {@link #turn}. */
  private volatile SerialSettings settings;

  private volatile SerialConnection connection;
  private volatile boolean closed;

  SerialLine(String path, SerialSettings settings) {
    this.path = path;
    this.settings = settings;
  }

  /** What is done with the connection during one turn. */
  interface Exchange {
    byte[] over(SerialConnection connection) throws IOException, InterruptedException;
  }

  /** Opens the port unless it is open and still there. */
  void open() throws IOException, InterruptedException {
    exchange(
        open -> {
          open.check();
          return null;
        });
  }

  /** Opens the port if need be, and speaks with the device while nobody else does. */
  byte[] exchange(Exchange exchange) throws IOException, InterruptedException {
    turn.lockInterruptibly();
    try {
      if (closed) {
        throw new IOException(path + " was closed");
      }
      if (connection == null) {
        connection = SerialConnection.open(path, settings);
      }
      return exchange.over(connection);
    } catch (AnswerException e) {
      throw e;
    } catch (IOException e) {
      // The next exchange opens the port anew.
      drop();
      throw e;
    } finally {
      turn.unlock();
    }
  }

  /** How the device is talked to. */
  SerialSettings settings() {
    return settings;
  }

  /** Has the device talked to like this from now on: the port is opened anew by the next. */
  void use(SerialSettings others) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      settings = others;
      drop();
    } finally {
      turn.unlock();
    }
  }

  /** For good: whoever reads is interrupted, and nobody opens the port again. */
  void close() {
    closed = true;
    SerialConnection open = connection;
    if (open != null) {
      open.stop();
    }
    turn.lock();
    try {
      drop();
    } finally {
      turn.unlock();
    }
  }

  private void drop() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
