package iotbox.tests;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Somebody who listens to a box for as long as a test lasts, and keeps the time of each event that
 * reached it: by which it is known, since no two have the same.
 */
abstract class SoakListener implements AutoCloseable {
  final String name;
  final URI box;
  private final Map<String, String> devices = new LinkedHashMap<>(); // by time; guarded by this
  private final List<String> times = new ArrayList<>(); // guarded by this
  private final Thread thread;
  private String last = "0"; // guarded by this
  private String trouble; // guarded by this
  volatile boolean closed;

  SoakListener(String name, URI box) {
    this.name = name;
    this.box = box;
    this.thread = new Thread(this::listen, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void listen() {
    while (!closed) {
      try {
        hear();
      } catch (IOException | RuntimeException e) {
        if (!closed) {
          troubled(e);
        }
      }
    }
  }

  /** Takes one event or more, or gives up. */
  abstract void hear() throws IOException;

  /** An event came. */
  final synchronized void got(String time, String device) {
    if (Double.parseDouble(time) <= Double.parseDouble(last)) {
      trouble = "after " + last + " came " + time;
    }
    last = time;
    // Who listens to a type hears its name; what gives trouble on purpose is of another type.
    if (device.startsWith("soak") || device.equals("scale")) {
      times.add(time);
      devices.put(time, device);
    }
  }

  private synchronized void troubled(Exception e) {
    trouble = e.toString();
  }

  final synchronized String last() {
    return last;
  }

  /** The last thing that was wrong, or {@code null}. */
  final synchronized String trouble() {
    return trouble;
  }

  /** The events that came, in order, with what came twice. */
  final synchronized List<String> times() {
    return List.copyOf(times);
  }

  /** Those that came twice or more. */
  final synchronized int doubled() {
    return times.size() - devices.size();
  }

  /** Which of these did not come. */
  final synchronized Set<String> missing(Set<String> published) {
    Set<String> missing = new HashSet<>(published);
    missing.removeAll(devices.keySet());
    return missing;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private static String request(String session, Object devices, String last) {
    String body =
        "{\"params\":{\"listener\":{\"session_id\":\""
            + session
            + "\",\"last_event\":"
            + last
            + ",\"devices\":"
            + BoxClient.text(devices)
            + "}}}";
    return "POST /iot_drivers/event HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Asks again as soon as it has an answer, on one connection; now and then it goes away. */
  static final class Polling extends SoakListener {
    private final List<String> devices;
    private final Random leaving;
    private Socket socket;
    private InputStream in;

    /**
     * @param devices identifiers or types
     * @param leaving when to go away without the answer; {@code null}: never
     */
    Polling(String name, URI box, List<String> devices, Random leaving) {
      super(name, box);
      this.devices = devices;
      this.leaving = leaving;
    }

    @Override
    void hear() throws IOException {
      try {
        if (socket == null) {
          socket = new Socket(box.getHost(), box.getPort());
          socket.setTcpNoDelay(true);
          socket.setSoTimeout(65_000);
          in = socket.getInputStream();
        }
        socket
            .getOutputStream()
            .write(request(name, devices, last()).getBytes(StandardCharsets.UTF_8));
        if (leaving != null && leaving.nextInt(3) == 0) {
          Thread.sleep(leaving.nextInt(40));
          leave();
          return;
        }
        JsonNode event = BoxClient.json(answer()).path("result");
        if (event.has("time")) {
          got(event.path("time").asText(), event.path("device_identifier").asText());
        }
      } catch (InterruptedException e) {
        closed = true;
      } catch (IOException e) {
        leave();
        throw e;
      }
    }

    private String answer() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("the box closed the connection after: " + head);
        }
        head.append((char) next);
      }
      if (!head.toString().startsWith("HTTP/1.1 200 ")) {
        throw new IOException(head.toString());
      }
      String length = head.toString().replaceFirst("(?is).*content-length: *(\\d+).*", "$1");
      return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
    }

    private void leave() throws IOException {
      if (socket != null) {
        socket.close();
        socket = null;
      }
    }

    @Override
    public void close() {
      super.close();
      try {
        leave();
      } catch (IOException e) {
        // It leaves anyhow.
      }
    }
  }

  /** Reads the stream of events; now and then it begins anew where it was. */
  static final class Streaming extends SoakListener {
    private final Random leaving;
    private Socket socket;

    Streaming(String name, URI box, Random leaving) {
      super(name, box);
      this.leaving = leaving;
    }

    @Override
    void hear() throws IOException {
      try (Socket connection = new Socket(box.getHost(), box.getPort())) {
        socket = connection;
        connection.setSoTimeout(65_000);
        String request =
            "GET /api/events HTTP/1.1\r\nHost: localhost\r\n"
                + (last().equals("0") ? "" : "Last-Event-ID: " + last() + "\r\n")
                + "\r\n";
        connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("data: ")) {
            JsonNode event = BoxClient.json(line.substring(6));
            got(event.path("time").asText(), event.path("device_identifier").asText());
            if (leaving != null && leaving.nextInt(100) == 0) {
              return;
            }
          }
        }
      }
    }

    @Override
    public void close() {
      super.close();
      try {
        if (socket != null) {
          socket.close();
        }
      } catch (IOException e) {
        // It leaves anyhow.
      }
    }
  }
}
