package iotbox.box;

import iotbox.box.host.BoxIdentity;
import iotbox.box.option.BoxOptions;
import iotbox.box.option.BoxVersion;
import iotbox.box.option.StartupException;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What every side of the box stands on.
 *
 * @param options those in effect from the start to the end of this process
 * @param environment of this process
 * @param data the folder of everything that the box keeps
 * @param parts where each part that has to be closed is left
 * @param development whether the box runs for somebody who writes handlers
 */
record Foundation(
    BoxOptions options,
    Map<String, String> environment,
    Path data,
    BoxIdentity identity,
    BoxThreads threads,
    Lifecycle parts,
    boolean development) {

  /**
   * Finds out who this box is, and makes its threads.
   *
   * @param address under which browsers reach the box, at any moment
   */
  static Foundation lay(
      BoxOptions options,
      Map<String, String> environment,
      Path data,
      Supplier<String> address,
      Lifecycle parts,
      boolean development)
      throws StartupException {
    BoxIdentity identity = identity(data, options.identifier()).reachedAt(address);
    BoxThreads threads = parts.started(new BoxThreads());
    return new Foundation(options, environment, data, identity, threads, parts, development);
  }

  private static BoxIdentity identity(Path data, String given) throws StartupException {
    try {
      return BoxIdentity.of(data, given, BoxVersion.number());
    } catch (IllegalArgumentException e) {
      throw new StartupException(e.getMessage());
    } catch (IOException e) {
      throw StartupException.unwritable(data, e);
    }
  }
}
