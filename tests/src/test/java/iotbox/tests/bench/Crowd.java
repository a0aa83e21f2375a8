package iotbox.tests.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Many browser tabs, each in a long poll on a connection of its own, in a process of its own:
 * {@code Crowd <port> <tabs> <last event> <value> <origin>}. Prints a line when all polls are sent,
 * and one in the end: how many got the event with that value, and when the last of them did, in
 * microseconds since the epoch.
 */
final class Crowd {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int DEVICES = 1_000;

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocate(8192);
  private final String wanted;
  private int answered;
  private long lastMicros;

  private Crowd(String value) throws IOException {
    wanted = "\"value\":" + value + ",";
  }

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    int tabs = Integer.parseInt(arguments[1]);
    Crowd crowd = new Crowd(arguments[3]);
    for (int i = 0; i < tabs; i++) {
      crowd.open(port, poll(i, arguments[2], arguments[4]));
    }
    System.out.println("sent");
    crowd.awaitAll(tabs);
    System.out.println(crowd.answered + " " + crowd.lastMicros);
  }

  /** What a page with two devices asks. */
  private static String poll(int tab, String lastEvent, String origin) {
    String body =
        "{\"params\":{\"listener\":{\"session_id\":\"tab"
            + tab
            + "\",\"last_event\":"
            + lastEvent
            + ",\"devices\":{\"bench1\":{\"listener_id\":\"1\",\"device_identifier\":\"bench1\"},"
            + "\"device"
            + tab % DEVICES
            + "\":{\"listener_id\":\"1\",\"device_identifier\":\"device"
            + tab % DEVICES
            + "\"}}}}}";
    return "POST /iot_drivers/event HTTP/1.1\r\nHost: localhost\r\n"
        + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\r\n"
        + "Accept: */*\r\nAccept-Language: en-US,en;q=0.9\r\nOrigin: "
        + origin
        + "\r\n"
        + "Content-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private void open(int port, String request) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new StringBuilder());
  }

  private void awaitAll(int tabs) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (answered < tabs && System.nanoTime() < end) {
      selector.select(this::read, 1_000);
    }
  }

  private void read(SelectionKey key) {
    StringBuilder answer = (StringBuilder) key.attachment();
    try {
      int count = ((SocketChannel) key.channel()).read(buffer.clear());
      if (count < 0) {
        key.cancel();
      } else {
        answer.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        if (answer.indexOf(wanted) >= 0 && answer.indexOf("}}") >= 0) {
          answered++;
          lastMicros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
          key.cancel();
        }
      }
    } catch (IOException e) {
      key.cancel(); // One that is not counted.
    }
  }
}
