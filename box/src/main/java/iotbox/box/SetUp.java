package iotbox.box;

import iotbox.box.http.part.FirstStart;
import iotbox.box.odoo.LinkListener;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooServer;
import iotbox.box.store.NotKeptException;
import iotbox.box.store.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether somebody has set the box up: the owner said so, or paired it, now or in an earlier
 * run; or whoever started it brought along what there is to say.
 */
final class SetUp implements FirstStart, LinkListener {
  private static final Logger LOG = LoggerFactory.getLogger(SetUp.class);
  private static final String FILE = "set-up";

  private final Path file;
  private final Executor work;
  private volatile boolean done;

  /**
   * @param lookedAfter whether whoever started the box has said whose it is: a password for the
   *     owner, an Odoo
   * @param work where a small file is written
   */
  SetUp(Path data, boolean lookedAfter, Executor work) {
    this.file = data.resolve(FILE);
    this.work = work;
    this.done = lookedAfter || Files.exists(file);
  }

  @Override
  public boolean isSetUp() {
    return done;
  }

  @Override
  public void done() throws IOException {
    done = true;
    if (!Files.exists(file)) {
      PrivateFile.write(file, (Instant.now() + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void pairedWith(Pairing pairing, OdooServer server) {
    if (!done) {
      done = true;
      work.execute(this::keep);
    }
  }

  private void keep() {
    try {
      done();
    } catch (IOException e) {
      LOG.warn(
          "After a restart the box asks to be set up once more, as {}.", NotKeptException.why(e));
    }
  }
}
