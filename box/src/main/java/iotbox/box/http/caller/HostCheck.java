package iotbox.box.http.caller;

import io.javalin.http.Context;
import iotbox.box.access.Hosts;
import iotbox.box.http.message.RefusedException;

/**
 * Refuses requests that call the box by a name that is not its own, whatever they ask for: to the
 * browser their page is one of the box itself, so no later check would see that it is foreign.
 */
public final class HostCheck {
  private final Hosts hosts;

  public HostCheck(Hosts hosts) {
    this.hosts = hosts;
  }

  /** Before any route, and where there is none. */
  public void handle(Context ctx) throws RefusedException {
    String host = ctx.header("Host");
    if (!hosts.admits(host)) {
      throw new RefusedException(421, sentence(host.replaceFirst(":\\d*$", "")));
    }
  }

  private static String sentence(String name) {
    return Hosts.isName(name)
        ? "This box is not called "
            + name
            + ". Open it by its IP address; if the name is right, start the box with --allow-host "
            + name
            + "."
        : "This box is not called that. Open it by its IP address, or by a name that was given with"
            + " --allow-host when it was started.";
  }
}
