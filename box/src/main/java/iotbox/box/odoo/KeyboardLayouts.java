package iotbox.box.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import iotbox.box.device.status.DeviceStatus;
import iotbox.box.json.Json;
import iotbox.box.odoo.wire.HttpAnswer;
import iotbox.box.odoo.wire.OdooConnection;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.OdooServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Odoo which layouts keyboards may have, so that people can choose one there (protocol
 * section 1.5): once for each server, as soon as there is a keyboard or a scanner that types.
 *
 * <p>One lock, {@code this}, guards which server knows; it is not held during I/O.
 */
public final class KeyboardLayouts implements LinkListener {
  private static final Logger LOG = LoggerFactory.getLogger(KeyboardLayouts.class);
  private static final String PATH = "/iot/keyboard_layouts";

  /** Only what has keys has this. */
  private static final String ACTION = "update_layout";

  private static final int FAILURE = 400;
  private static final int TROUBLE = 500;

  private final Supplier<List<DeviceStatus>> devices;
  private final Known known;
  private final Executor work;
  private OdooServer told;

  /** The layouts of this system; reads a file. */
  public interface Known {
    /** In Odoo's form: {@code name}, {@code layout}, perhaps {@code variant}. */
    List<Map<String, String>> layouts() throws IOException;
  }

  /**
   * @param work for what may block
   */
  public KeyboardLayouts(Supplier<List<DeviceStatus>> devices, Known known, Executor work) {
    this.devices = devices;
    this.known = known;
    this.work = work;
  }

  @Override
  public void connected(OdooConnection connection) {
    boolean wanted = devices.get().stream().anyMatch(device -> device.actions().contains(ACTION));
    if (wanted && toTell(connection.server())) {
      work.execute(() -> tell(connection));
    }
  }

  private synchronized boolean toTell(OdooServer server) {
    boolean first = told != server;
    told = server;
    return first;
  }

  private void tell(OdooConnection connection) {
    try {
      String list = Json.MAPPER.writeValueAsString(known.layouts());
      HttpAnswer answer =
          connection.server().form(PATH, Map.of("available_layouts", list), Map.of());
      if (answer.status() >= TROUBLE) {
        again(connection.server());
      } else if (answer.status() >= FAILURE) {
        LOG.info(
            "{} takes no layouts of keyboards ({})",
            connection.server().name(PATH),
            answer.status());
      }
    } catch (OdooException e) {
      LOG.info(
          "Odoo is told the layouts of keyboards later: {}",
          connection.pairing().withoutSecrets(e.getMessage()));
      again(connection.server());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      LOG.info(
          "Odoo cannot be told the layouts of keyboards, as this system has no list of them ({}):"
              + " apt-get install xkb-data",
          e.toString());
    }
  }

  /** When the server has accepted the box once more. */
  private synchronized void again(OdooServer server) {
    if (told == server) {
      told = null;
    }
  }
}
