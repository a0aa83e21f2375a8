package iotbox.stock.display;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A Chromium that runs, spoken to by the DevTools protocol over two pipes (messages in JSON, each
 * ended by a zero byte): no port is open that others could use, and Chromium ends by itself when
 * the pipes do, however this program came to its end.
 *
 * <p>Two tasks read from it, until it ends. The lock {@code this} keeps messages to it whole; a
 * browser that takes no more of them holds whoever sends, until it is ended.
 */
final class Browser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_MESSAGE = 1 << 20;
  private static final int LONGEST_WORDS = 300;
  private static final int END_MILLIS = 1_500;

  private final Process process;
  private final Consumer<Message> messages;
  private volatile String lastWords = "";

  /**
   * What it says.
   *
   * @param from who says it
   * @param json {@code null} for its end
   */
  record Message(Browser from, JsonNode json) {}

  Browser(Process process, Executor readers, Consumer<Message> messages) {
    this.process = process;
    this.messages = messages;
    readers.execute(this::readMessages);
    readers.execute(this::readWords);
  }

  /**
   * Sends a command.
   *
   * @param id comes back with the answer
   * @param session the page that it is for, {@code null} for the browser itself
   */
  void send(int id, String method, Map<String, ?> params, String session) throws IOException {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", id);
    message.put("method", method);
    message.put("params", params);
    if (session != null) {
      message.put("sessionId", session);
    }
    byte[] bytes = JSON.writeValueAsBytes(message);
    synchronized (this) {
      OutputStream out = process.getOutputStream();
      out.write(bytes);
      out.write(0);
      out.flush();
    }
  }

  /** The last line of its complaints; empty for none. */
  String lastWords() {
    return lastWords;
  }

  /** Ends it, and waits for that. */
  void end() throws InterruptedException {
    List<ProcessHandle> helpers = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        process.waitFor(END_MILLIS, TimeUnit.MILLISECONDS);
      }
    } finally {
      process.destroyForcibly();
      helpers.forEach(ProcessHandle::destroyForcibly); // They end by themselves unless they hang.
    }
  }

  private void readMessages() {
    try (InputStream in = new BufferedInputStream(process.getInputStream())) {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != 0) {
          if (message.size() < LONGEST_MESSAGE) {
            message.write(next);
          }
        } else {
          take(message.toByteArray());
          message.reset();
        }
      }
    } catch (IOException e) {
      // It has ended, or was.
    } finally {
      messages.accept(new Message(this, null));
    }
  }

  /** What is cut off, or no JSON, is nothing that this program has asked for. */
  private void take(byte[] message) {
    try {
      JsonNode json = JSON.readTree(message);
      if (json != null && json.isObject()) {
        messages.accept(new Message(this, json));
      }
    } catch (IOException e) {
      // As above.
    }
  }

  /** It complains of much that is no fault, so only the last is kept, to be told if it ends. */
  private void readWords() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.contains("/dbus/") && !line.contains(":dbus/")) {
          String words = line.strip();
          lastWords = words.substring(0, Math.min(words.length(), LONGEST_WORDS));
        }
      }
    } catch (IOException e) {
      // It has ended, or was.
    }
  }
}
