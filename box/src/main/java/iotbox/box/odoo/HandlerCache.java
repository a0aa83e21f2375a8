package iotbox.box.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.json.Json;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.store.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last good archive of handlers for a start without Odoo, in one file {@code
 * handlers.cache} of the data folder: a line of JSON (whose archive, its ETag, its hash), then the
 * zip. Never trusted: what does not match is ignored, and replaced by the next download. Its
 * methods read and write the disk; {@link HandlerSync} calls them on its own thread.
 */
public final class HandlerCache {
  private static final Logger LOG = LoggerFactory.getLogger(HandlerCache.class);
  private static final int FORMAT = 1;
  private static final int LONGEST_HEADER = 16_384;

  private final Path file;

  public HandlerCache(Path dataFolder) {
    this.file = dataFolder.resolve("handlers.cache");
  }

  /**
   * @param key whose handlers these are, see {@link Pairing#handlersKey}
   * @param etag or {@code null}
   * @param zip not to be changed
   */
  record Entry(String key, String etag, byte[] zip) {
    String hash() {
      return HandlerCache.hash(zip);
    }
  }

  /** What is kept, if it is whole and belongs to {@code key}. */
  Optional<Entry> load(String key) {
    try {
      byte[] content = Files.readAllBytes(file);
      Optional<Entry> entry = read(content);
      if (entry.isEmpty()) {
        LOG.warn("{} is damaged; the handlers are fetched from Odoo again.", file);
      } else if (!entry.get().key().equals(key)) {
        LOG.info("{} belongs to another server or database and is not used.", file);
        return Optional.empty();
      }
      return entry;
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("{} cannot be read ({}); the handlers are fetched from Odoo again.", file, e);
      return Optional.empty();
    }
  }

  void save(Entry entry) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("format", FORMAT);
    header.put("key", entry.key());
    header.put("etag", entry.etag());
    header.put("sha256", entry.hash());
    String line = Json.MAPPER.writeValueAsString(header) + "\n";
    PrivateFile.write(file, line.getBytes(StandardCharsets.UTF_8), entry.zip());
  }

  void clear() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted ({}).", file, e.toString());
    }
  }

  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static Optional<Entry> read(byte[] content) throws IOException {
    int end = 0;
    while (end < content.length && content[end] != '\n') {
      end++;
    }
    if (end == content.length || end > LONGEST_HEADER) {
      return Optional.empty();
    }
    JsonNode header;
    try {
      header = Json.MAPPER.readTree(content, 0, end);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    byte[] zip = Arrays.copyOfRange(content, end + 1, content.length);
    if (header.path("format").asInt() != FORMAT
        || !header.path("key").isTextual()
        || !header.path("sha256").asText().equals(hash(zip))) {
      return Optional.empty();
    }
    JsonNode etag = header.path("etag");
    return Optional.of(
        new Entry(header.get("key").textValue(), etag.isTextual() ? etag.textValue() : null, zip));
  }
}
