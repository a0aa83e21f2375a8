package iotbox.box.odoo.bus;

import java.util.Map;

/**
 * An action that Odoo asked for and that has begun: what Odoo is told of it if the box ends before
 * its result is known.
 *
 * @param number among all that is in the journal
 * @param message that asked for it
 * @param path of the server where it is told
 * @param characters of the parameters as JSON
 */
record Interrupted(
    long number, long message, String path, Map<String, Object> params, int characters) {

  /** One of which this line of Odoo has no way to hear. */
  static Interrupted untold(long message) {
    return new Interrupted(0, message, "", Map.of(), 0);
  }
}
