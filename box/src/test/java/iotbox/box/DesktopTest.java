package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesktopTest {
  private static final String HEAD =
      "Num       RefCount Protocol Flags    Type St Inode Path\n"
          + "0000000000000000: 00000002 00000000 00010000 0001 01 21513 /run/systemd/private\n";

  @TempDir private Path folder;

  @Test
  void aSessionOrASocketOfOneTells() throws IOException {
    Path sockets = folder.resolve("unix");
    assertFalse(new Desktop(Map.of(), sockets).isThere());
    assertTrue(new Desktop(Map.of("XDG_CURRENT_DESKTOP", "GNOME"), sockets).isThere());
    Desktop service = new Desktop(Map.of(), sockets);
    Files.writeString(sockets, HEAD);
    assertFalse(service.isThere());
    for (String path : new String[] {"@/tmp/.X11-unix/X0", "/run/user/1000/wayland-0"}) {
      Files.writeString(sockets, HEAD + "0: 2 0 10000 0001 01 20131 " + path + "\n");
      assertTrue(new Desktop(Map.of(), sockets).isThere(), path);
    }
    assertTrue(service.isThere());
    Files.writeString(sockets, HEAD);
    assertTrue(service.isThere(), "whoever was there may come back");
  }
}
