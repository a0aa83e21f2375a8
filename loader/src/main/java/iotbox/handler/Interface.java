package iotbox.handler;

import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maintains the list of devices that are connected in one way: the how-to's {@code Interface} (Odoo
 * 13: {@code Manager}). Carry a {@link ConnectionType}, be public, have a public constructor
 * without parameters, and answer {@link #getDevices()}.
 *
 * <p>The box makes one instance, calls it from one thread at a time, and drops it when the module
 * is reloaded.
 */
public abstract class Interface {
  /** How often an interface is asked unless it says otherwise. */
  public static final Duration DEFAULT_LOOP_DELAY = Duration.ofSeconds(3);

  private final Logger log = LoggerFactory.getLogger(getClass());

  /** For subclasses. */
  protected Interface() {}

  /**
   * The devices that are there now, by identifier. Devices whose identifier is new are offered to
   * the drivers; devices whose identifier is missing are disconnected. Identifiers must stay the
   * same while the device stays.
   *
   * <p>Called every {@link #loopDelay()} on a thread of the box. It may block for a moment
   * (seconds, not minutes) and must react to interruption. An exception is reported in the status
   * and leaves the devices as they were.
   *
   * @return never {@code null}; empty when nothing is there
   * @throws Exception when the devices cannot be listed; the message is shown to people
   */
  public abstract Map<String, Device> getDevices() throws Exception;

  /**
   * The pause between two calls of {@link #getDevices()}; 3 s unless overridden, zero for one call
   * only.
   */
  public Duration loopDelay() {
    return DEFAULT_LOOP_DELAY;
  }

  /**
   * Called once when the box is done with this interface; release here what {@link #getDevices()}
   * holds open.
   */
  public void close() throws Exception {}

  /** The log of this class; it reaches the box's log and Odoo's. */
  public final Logger log() {
    return log;
  }
}
