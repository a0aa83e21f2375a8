package iotbox.box;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostNamesTest {
  @TempDir Path root;

  @Test
  void theHostIsKnownByItsNameInItsOwnDomainsAndByItsTable() throws Exception {
    Files.createDirectory(root.resolve("etc"));
    Files.writeString(
        root.resolve("etc/hosts"),
        "127.0.0.1 localhost\n127.0.1.1\tTill.Shop.example till # this one\n#1.2.3.4 till old\n\n"
            + "192.0.2.1 other.example\n");
    Files.writeString(
        root.resolve("etc/resolv.conf"),
        "# search commented.example\nnameserver 192.0.2.53\nsearch lan fritz.box.\ndomain .\n");
    assertEquals(
        Set.of("till", "till.local", "till.shop.example", "till.lan", "till.fritz.box"),
        new HostNames("Till", root).now());
  }

  @Test
  void withoutTheFilesTheNameIsEnough() {
    assertEquals(
        Set.of("till.shop.example", "till", "till.local"),
        new HostNames("till.shop.example", root).now());
  }
}
