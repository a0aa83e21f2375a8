package iotbox.stock.printer.found;

import java.net.URI;
import java.util.Set;

/**
 * A printer as one finder sees it.
 *
 * @param way who sees it
 * @param identifier the one that it gets, if it has none yet and this finder knows best
 * @param name for people
 * @param uri where to print: {@code socket:}, {@code ipp:}, {@code ipps:}, {@code lpd:} or {@code
 *     file:}
 * @param deviceId what it tells of itself
 * @param makeAndModel empty if unknown
 * @param direct whether it hangs on this machine by a cable
 * @param marks by which other finders' sightings are known to be of the same printer
 * @param pluggedIn another one each time that it is plugged in; empty if that cannot be seen
 */
record Sighting(
    Way way,
    String identifier,
    String name,
    URI uri,
    DeviceId deviceId,
    String makeAndModel,
    boolean direct,
    Set<String> marks,
    String pluggedIn) {
  Sighting {
    marks = Set.copyOf(marks);
  }

  /** Under what its identifier is remembered; what has the same one is the same printer. */
  String key() {
    return way.word() + " " + (way == Way.MDNS ? name : identifier);
  }

  /** Whether a person gave it this very name. */
  boolean named() {
    return way == Way.GIVEN && !identifier.equals(uri.toString());
  }

  /** Whether it is the way that tells least of what becomes of a job. */
  boolean last() {
    return uri.getScheme().equals("lpd");
  }

  /** Whether bytes of the printer's language reach it with nobody on the way. */
  boolean raw() {
    return uri.getScheme().equals("socket") || uri.getScheme().equals("file");
  }
}
