package iotbox.box.odoo.pairing;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.json.Json;
import iotbox.box.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pairing in {@code credentials.json} of the data folder, readable by the box's user
 * only. Its methods read and write the disk; one thread calls them.
 */
public final class CredentialStore {
  private static final Logger LOG = LoggerFactory.getLogger(CredentialStore.class);

  private final Path file;

  public CredentialStore(Path dataFolder) {
    this.file = dataFolder.resolve("credentials.json");
  }

  /**
   * The stored pairing. Empty if there is none, or if the file is no good: then the log says why,
   * and the file is renamed so that a person can still look at it.
   */
  public Optional<Pairing> load() {
    try {
      return Optional.of(read(Json.MAPPER.readTree(Files.readAllBytes(file))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      // Its message may quote the file's content.
      putAside("it is not valid JSON");
    } catch (BadPairingException e) {
      putAside(e.getMessage());
    } catch (IOException e) {
      putAside(e.toString());
    }
    return Optional.empty();
  }

  /** Whether there is something to load, good or not. */
  public boolean isKept() {
    return Files.exists(file);
  }

  /** Keeps this pairing in place of the one before, in one step. */
  public void save(Pairing pairing) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("url", pairing.url());
    fields.put("token", pairing.token());
    fields.put("db_uuid", pairing.dbUuid());
    fields.put("enterprise_code", pairing.enterpriseCode());
    fields.put("db_name", pairing.dbName());
    PrivateFile.write(file, Json.MAPPER.writeValueAsBytes(fields));
  }

  /** Forgets the pairing. */
  public void clear() throws IOException {
    Files.deleteIfExists(file);
  }

  private static Pairing read(JsonNode json) throws BadPairingException {
    String url = text(json, "url");
    String token = text(json, "token");
    if (url == null || token == null) {
      throw new BadPairingException("it lacks the server's address or the token");
    }
    return new Pairing(
        PairingParser.server(url),
        token,
        text(json, "db_uuid"),
        text(json, "enterprise_code"),
        text(json, "db_name"));
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
  }

  private void putAside(String reason) {
    try {
      LOG.error(
          "The stored pairing cannot be read ({}). Pair the box again; the old file is kept as {}.",
          reason,
          PrivateFile.putAside(file));
    } catch (IOException e) {
      LOG.error("The stored pairing {} cannot be read ({}). Pair the box again.", file, reason);
    }
  }
}
