package iotbox.stock.serial;

import java.io.IOException;

/** Finds out, by asking, whether the device at a port is the one that a driver is for. */
public interface SerialProbe {
  /**
   * Asks over the open connection. Called on a thread of the box; the connection refuses to read
   * past the settings' probe time-out, and is closed afterwards.
   *
   * @throws IOException counts as "no"
   */
  boolean recognises(SerialConnection connection) throws IOException, InterruptedException;
}
