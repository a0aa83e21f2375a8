package iotbox.box.store;

import java.io.IOException;
import org.slf4j.Logger;

/**
 * Writes that the disk may refuse without harm to what is at work: the log says so once, until one
 * succeeds again. Not safe for use by several threads: its owner's lock guards it.
 */
public final class BestEffort {
  private final Logger log;
  private final String loss;
  private boolean failing;

  /**
   * @param loss what cannot be stored, and what that means: the beginning of a sentence to which
   *     the reason is added
   */
  public BestEffort(Logger log, String loss) {
    this.log = log;
    this.loss = loss;
  }

  /** Something that the disk may refuse. */
  @FunctionalInterface
  public interface Write {
    /** Writes; may block for as long as the disk does. */
    void run() throws IOException;
  }

  /** Writes if that is possible. */
  public void attempt(Write write) {
    try {
      write.run();
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        log.warn("{}: {}", loss, e.toString());
      }
      failing = true;
    }
  }

  /** Whether the last one was refused. */
  public boolean isFailing() {
    return failing;
  }
}
