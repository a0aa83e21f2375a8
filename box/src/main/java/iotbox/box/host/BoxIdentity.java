package iotbox.box.host;

import iotbox.box.store.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who the box says it is.
 *
 * @param identifier the box's own, under which newer servers know it; stays the same for good
 * @param mac of its network card, with colons, under which older servers know it; stays the same
 *     for good, so it may be that of a former card; empty if there never was one
 * @param address the IP address or domain under which browsers reach the box now; asked on any
 *     thread
 * @param version as Odoo reads it: begins with {@code L} on Linux and with {@code W} on Windows
 * @param hostname the name that people gave the host
 */
public record BoxIdentity(
    String identifier, String mac, Supplier<String> address, String version, String hostname) {
  private static final Logger LOG = LoggerFactory.getLogger(BoxIdentity.class);
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
  private static final Pattern MAC = Pattern.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}");
  private static final Pattern CPU_SERIAL = Pattern.compile("(?m)^Serial\\s*:\\s*(\\w+)\\s*$");

  /**
   * Finds out who this box is; for the start of the box. Reads and writes files.
   *
   * @param given what {@code --identifier} says, or {@code null}
   * @param version of the program
   * @throws IllegalArgumentException if the given identifier cannot be one; the message is for the
   *     person who gave it
   * @throws IOException if the data folder cannot be written
   */
  public static BoxIdentity of(Path dataFolder, String given, String version) throws IOException {
    return of(dataFolder, given, version, Path.of("/"), System.getenv());
  }

  static BoxIdentity of(
      Path dataFolder, String given, String version, Path root, Map<String, String> environment)
      throws IOException {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    String mac = mac(dataFolder);
    return new BoxIdentity(
        identifier(dataFolder, given, root, mac),
        mac,
        HostNetwork::address,
        (windows ? "W" : "L") + version,
        hostname(root, environment));
  }

  /** The same box, reached by another address. */
  public BoxIdentity reachedAt(Supplier<String> otherAddress) {
    return new BoxIdentity(identifier, mac, otherAddress, version, hostname);
  }

  private static String identifier(Path dataFolder, String given, Path root, String mac)
      throws IOException {
    Path file = dataFolder.resolve("identifier");
    Optional<String> stored = read(file).map(String::strip);
    if (stored.isPresent() && !IDENTIFIER.matcher(stored.get()).matches()) {
      LOG.warn("{} holds no valid identifier; the box chooses a new one.", file);
      stored = Optional.empty();
    }
    String identifier;
    if (given != null) {
      if (!IDENTIFIER.matcher(given).matches()) {
        throw new IllegalArgumentException(
            "--identifier must be 1 to 64 letters, digits, dots, colons, dashes or underscores,"
                + " beginning with a letter or digit.");
      }
      identifier = given;
    } else {
      identifier = stored.or(() -> serialNumber(root)).orElseGet(() -> fromMac(mac));
    }
    if (!stored.equals(Optional.of(identifier))) {
      PrivateFile.write(file, (identifier + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return identifier;
  }

  /** The first one ever found: a box on another network must stay the same box to Odoo. */
  private static String mac(Path dataFolder) throws IOException {
    Path file = dataFolder.resolve("mac");
    Optional<String> stored =
        read(file).map(String::strip).filter(mac -> MAC.matcher(mac).matches());
    if (stored.isPresent()) {
      return stored.get();
    }
    String mac = HostNetwork.mac();
    if (!mac.isEmpty()) {
      PrivateFile.write(file, (mac + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return mac;
  }

  /** That of a Raspberry Pi. Other boards give placeholders there, so a plain zero is none. */
  private static Optional<String> serialNumber(Path root) {
    return read(root.resolve("sys/firmware/devicetree/base/serial-number"))
        .or(
            () ->
                read(root.resolve("proc/cpuinfo"))
                    .map(CPU_SERIAL::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1)))
        // The device tree's strings end with a NUL.
        .map(text -> text.replace("\0", "").strip())
        .filter(serial -> serial.matches("[0-9a-fA-F]{8,32}") && !serial.matches("0+"));
  }

  private static String fromMac(String mac) {
    if (!mac.isEmpty()) {
      return mac.replace(":", "");
    }
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  // InetAddress.getLocalHost() may wait for a name server.
  private static String hostname(Path root, Map<String, String> environment) {
    return read(root.resolve("proc/sys/kernel/hostname"))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .or(() -> Optional.ofNullable(environment.get("COMPUTERNAME")))
        .or(() -> Optional.ofNullable(environment.get("HOSTNAME")))
        .orElse("iotbox");
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
