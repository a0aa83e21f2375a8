package iotbox.box;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether people work at this machine, who would not like what they type to be read: the box was
 * started in a desktop session, or there is one beside it, be it that of a login screen. A box that
 * is a service starts before these, so that is asked again until there is one.
 */
final class Desktop {
  /** Where X servers and Wayland's compositors listen, as Linux lists it. */
  private static final Pattern SOCKET = Pattern.compile("/\\.X11-unix/X\\d|/wayland-\\d");

  private final Path sockets;
  private volatile boolean there;

  Desktop(Map<String, String> environment) {
    this(environment, Path.of("/proc/net/unix"));
  }

  Desktop(Map<String, String> environment, Path sockets) {
    this.there = environment.containsKey("XDG_CURRENT_DESKTOP");
    this.sockets = sockets;
  }

  /** Whether there is, or was, a desktop; reads a small file. */
  boolean isThere() {
    if (!there) {
      try {
        there = SOCKET.matcher(Files.readString(sockets, StandardCharsets.ISO_8859_1)).find();
      } catch (IOException e) {
        return false; // Not Linux, where nothing is read anyway.
      }
    }
    return there;
  }
}
