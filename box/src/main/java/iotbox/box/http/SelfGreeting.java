package iotbox.box.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * Asks the box's own server for a sign of life, as a browser would, on a connection that is kept: a
 * box that takes no more connections because it has so many is busy and not dead. Not by hello,
 * which is {@linkplain QuickRequests answered} without any of the threads that the box lives by.
 * For one thread.
 */
public final class SelfGreeting {
  private static final byte[] REQUEST =
      "GET /iot_drivers/ping HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);

  /** A small object of JSON; nothing before it has a brace. */
  private static final String END = "}";

  private static final int LONGEST = 4096;

  private final InetSocketAddress server;
  private Socket connection;

  SelfGreeting(InetSocketAddress server) {
    this.server = server;
  }

  /** Whether the server answers within this time; blocks for so long at the most. */
  public boolean answersWithin(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    // A connection that was idle for long may have been closed.
    boolean kept = connection != null;
    return attempt(end) || kept && attempt(end);
  }

  private boolean attempt(long end) {
    try {
      if (connection == null) {
        connection = new Socket();
        connection.setTcpNoDelay(true);
        connection.connect(server, millisUntil(end));
      }
      connection.getOutputStream().write(REQUEST);
      InputStream in = connection.getInputStream();
      byte[] buffer = new byte[LONGEST];
      int length = 0;
      while (length < buffer.length) {
        connection.setSoTimeout(millisUntil(end));
        int count = in.read(buffer, length, buffer.length - length);
        if (count < 0) {
          break;
        }
        length += count;
        String answer = new String(buffer, 0, length, US_ASCII);
        if (answer.endsWith(END)) {
          return answer.startsWith("HTTP/1.1 200 ");
        }
      }
    } catch (IOException e) {
      // As bad as a wrong answer.
    }
    close();
    return false;
  }

  private static int millisUntil(long end) {
    return (int) Math.max(1, (end - System.nanoTime()) / 1_000_000);
  }

  private void close() {
    try {
      connection.close();
    } catch (IOException e) {
      // It is not used any more.
    }
    connection = null;
  }
}
