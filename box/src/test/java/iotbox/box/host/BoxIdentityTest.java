package iotbox.box.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxIdentityTest {
  @TempDir Path data;
  @TempDir Path root;

  @Test
  void keepsItsIdentifierForGood() throws Exception {
    String first = identity(null).identifier();
    assertTrue(first.matches("[0-9a-f]{12,16}"), first);
    serial("10000000abcdef19");
    assertEquals(first, identity(null).identifier());
  }

  @Test
  void keepsItsMacForGoodSinceOlderServersKnowItByIt() throws Exception {
    String first = identity(null).mac();
    assertEquals(first, identity(null).mac());
    assertTrue(first.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}|"), first);

    Files.writeString(data.resolve("mac"), "02:fc:00:00:00:99\n");
    assertEquals("02:fc:00:00:00:99", identity(null).mac(), "even if the card is another now");

    Files.writeString(data.resolve("mac"), "nonsense");
    assertEquals(first, identity(null).mac());
    assertEquals(first, first.isEmpty() ? "" : Files.readString(data.resolve("mac")).strip());
  }

  @Test
  void prefersWhatItIsGivenAndRemembersIt() throws Exception {
    assertEquals("shop-1", identity("shop-1").identifier());
    assertEquals("shop-1", identity(null).identifier());
    assertEquals("shop-2", identity("shop-2").identifier());
    assertEquals("shop-2", identity(null).identifier());
  }

  @Test
  void usesTheSerialNumberOfTheBoard() throws Exception {
    serial("10000000abcdef19\0");
    assertEquals("10000000abcdef19", identity(null).identifier());
  }

  @Test
  void usesTheSerialNumberOfOlderKernels() throws Exception {
    Files.createDirectories(root.resolve("proc"));
    Files.writeString(
        root.resolve("proc/cpuinfo"), "Hardware\t: BCM2835\nSerial\t\t: 00000000deadbeef\n");
    assertEquals("00000000deadbeef", identity(null).identifier());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000000000000000", "To be filled", "", "abc"})
  void ignoresPlaceholdersForASerialNumber(String placeholder) throws Exception {
    serial(placeholder);
    assertFalse(identity(null).identifier().equals(placeholder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "-a", "a\n", "../../etc", "<b>"})
  void refusesAnIdentifierThatCannotBeOne(String given) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> identity(given));
    assertTrue(refused.getMessage().startsWith("--identifier must be"), refused.getMessage());
  }

  @Test
  void choosesAnewWhenTheStoredOneIsDamaged() throws Exception {
    Files.write(data.resolve("identifier"), new byte[] {0, 1, 2});
    String chosen = identity(null).identifier();
    assertEquals(chosen + "\n", Files.readString(data.resolve("identifier")));
  }

  @Test
  void tellsWhenTheDataFolderCannotBeWritten() throws Exception {
    Path file = Files.createFile(data.resolve("a-file"));
    assertThrows(IOException.class, () -> BoxIdentity.of(file, "shop", "1.0", root, Map.of()));
  }

  @Test
  void readsTheHostsName() throws Exception {
    assertEquals("iotbox", identity(null).hostname());
    assertEquals(
        "TILL", BoxIdentity.of(data, null, "1", root, Map.of("COMPUTERNAME", "TILL")).hostname());
    Files.createDirectories(root.resolve("proc/sys/kernel"));
    Files.writeString(root.resolve("proc/sys/kernel/hostname"), "till-3\n");
    assertEquals("till-3", identity(null).hostname());
  }

  @Test
  void beginsTheVersionWithTheSystem() throws Exception {
    assertTrue(identity(null).version().matches("[LW]1\\.0"), identity(null).version());
  }

  @Test
  void ranksPlainNetworkCardsBeforeContainersAndPrivateBeforePublicAddresses() {
    HostNetwork.Candidate docker =
        new HostNetwork.Candidate("docker0", 1, "172.17.0.1", true, "02:42:00:00:00:01");
    HostNetwork.Candidate publicCard =
        new HostNetwork.Candidate("eth0", 2, "203.0.113.5", false, "");
    HostNetwork.Candidate wifi = new HostNetwork.Candidate("wlan0", 4, "10.0.0.7", true, "");
    HostNetwork.Candidate card = new HostNetwork.Candidate("eth1", 3, "192.168.1.9", true, "");
    assertEquals(
        List.of(card, wifi, publicCard, docker),
        HostNetwork.ranked(List.of(docker, publicCard, wifi, card)));
  }

  @Test
  void tellsAnIpAddressAlways() {
    assertTrue(HostNetwork.address().matches("\\d+\\.\\d+\\.\\d+\\.\\d+"));
    List<String> all = HostNetwork.addresses();
    assertEquals(all.isEmpty() ? "127.0.0.1" : all.get(0), HostNetwork.address());
    assertFalse(all.contains("127.0.0.1"));
  }

  private BoxIdentity identity(String given) throws IOException {
    return BoxIdentity.of(data, given, "1.0", root, Map.of());
  }

  private void serial(String text) throws IOException {
    Path file = root.resolve("sys/firmware/devicetree/base/serial-number");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
