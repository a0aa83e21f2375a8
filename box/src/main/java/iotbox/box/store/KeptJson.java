package iotbox.box.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import iotbox.box.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small JSON object in the data folder. Its methods read and write the disk. */
public final class KeptJson {
  private static final Logger LOG = LoggerFactory.getLogger(KeptJson.class);

  private final Path file;
  private final String loss;

  /**
   * @param loss what it means to people if the file cannot be read: a sentence
   */
  public KeptJson(Path file, String loss) {
    this.file = file;
    this.loss = loss;
  }

  /**
   * What was kept. Empty if nothing was, or if the file is no good: then the log says so, and it is
   * renamed so that a person can still look at it.
   */
  public Optional<JsonNode> read() {
    try {
      JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
      if (json.isObject()) {
        return Optional.of(json);
      }
      putAside("it is not a JSON object");
    } catch (NoSuchFileException e) {
      LOG.debug("There is no {} yet", file);
    } catch (JacksonException e) {
      putAside("it is not valid JSON");
    } catch (IOException e) {
      putAside(e.toString());
    }
    return Optional.empty();
  }

  /**
   * Keeps this in place of what was kept before, in one step.
   *
   * @throws IOException if that cannot be; what was kept before still is
   */
  public void write(Map<String, ?> content) throws IOException {
    PrivateFile.write(file, Json.MAPPER.writeValueAsBytes(content));
  }

  private void putAside(String reason) {
    try {
      LOG.error(
          "{} cannot be read ({}). {} The old file is kept as {}.",
          file,
          reason,
          loss,
          PrivateFile.putAside(file));
    } catch (IOException e) {
      LOG.error("{} cannot be read ({}). {}", file, reason, loss);
    }
  }
}
