package iotbox.box.odoo.wire;

import iotbox.box.host.BoxIdentity;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line of an Odoo server, and what its servers understand (protocol section 1). Lines are
 * compared by their numbers: {@code saas~18.2} lies between {@code 18.0} and {@code 19.0}, and
 * {@code master} is newer than all.
 *
 * <p>A server that does not tell its line is spoken to like one of 18.0, in the forms that older
 * ones understand too wherever one call can carry both.
 *
 * <p>Immutable; a server may be upgraded while the box runs, so ask for its present line each time.
 */
public final class ServerLine {
  /** That of a server that does not tell. */
  public static final ServerLine UNKNOWN = new ServerLine("unknown", 18, 0, false);

  private static final int NEWEST = Integer.MAX_VALUE;
  private static final Pattern SERIE =
      Pattern.compile("(?:saas[~-])?(\\d{1,4})(?:\\.(\\d{1,4}))?(?:\\D.*)?");

  private final String name;
  private final int major;
  private final int minor;
  private final boolean known;

  private ServerLine(String name, int major, int minor, boolean known) {
    this.name = name;
    this.major = major;
    this.minor = minor;
    this.known = known;
  }

  /**
   * Reads {@code server_serie} of {@code version_info}, such as {@code 16.0}, {@code saas~18.2} or
   * {@code master}. What cannot be read, {@code null} included, is {@link #UNKNOWN}.
   */
  public static ServerLine of(String serie) {
    String text = serie == null ? "" : serie.strip();
    if (text.equals("master")) {
      return new ServerLine(text, NEWEST, 0, true);
    }
    Matcher numbers = SERIE.matcher(text);
    if (!numbers.matches()) {
      return UNKNOWN;
    }
    int minor = numbers.group(2) == null ? 0 : Integer.parseInt(numbers.group(2));
    return new ServerLine(text, Integer.parseInt(numbers.group(1)), minor, true);
  }

  /** Whether the server has told it. */
  public boolean known() {
    return known;
  }

  /**
   * How the box is called in everything that this server hears or is told by a browser: its MAC
   * address up to 17.0, later its serial number (sections 1.1 and 1.2). A box without a network
   * card has no other name than the latter.
   */
  public String identifierOf(BoxIdentity box) {
    return identifiesByMac() && !box.mac().isEmpty() ? box.mac() : box.identifier();
  }

  /** Whether the box is known by its MAC address. */
  public boolean identifiesByMac() {
    return !after(17, 0);
  }

  /** Whether {@code /iot/setup} is to have the fields in its body's root (section 1.1). */
  public boolean setupReadsRoot() {
    return !from(17) || !known;
  }

  /**
   * Whether {@code /iot/setup} is to have {@code params}. Servers of 14 to 16 are written to read
   * the root if there are none, but released ones of 16 fail at that, so they get both.
   */
  public boolean setupReadsParams() {
    return from(14);
  }

  /**
   * By which names {@code /iot/get_handlers} is told the box's identifier (section 1.2). Servers of
   * 17 changed from one to the other within the line and ignore the one they do not know.
   */
  public List<String> handlersFields() {
    if (!from(17)) {
      return List.of("mac");
    }
    return from(18) && known ? List.of("identifier") : List.of("identifier", "mac");
  }

  /** Whether an {@code ETag} comes with the handlers (section 1.2). */
  public boolean sendsEtag() {
    return from(18);
  }

  /** Whether there is a websocket bus at all (section 1.3). */
  public boolean hasBus() {
    return from(16);
  }

  /**
   * Whether the box subscribes to the bus with {@code iot_token} and no channel; if not, with the
   * channel that {@code /iot/setup} answered (section 1.3).
   */
  public boolean subscribesByToken() {
    return from(19);
  }

  /**
   * Whether messages of the bus have {@code iot_identifier} and {@code device_identifier}; if not,
   * the lists {@code iot_identifiers} and {@code device_identifiers} (section 1.3).
   */
  public boolean singleIdentifiers() {
    return from(19);
  }

  /**
   * Whether pages want to hear on {@code /iot_drivers/action} what came of an action; up to 19.0
   * they want to hear only that a device took it (section 2). Those of a line that is not known are
   * taken for new.
   */
  public boolean answersActions() {
    return !known || after(19, 0);
  }

  /** Where a finished operation is confirmed (section 1.4). */
  public String confirmationPath() {
    return from(18) ? "/iot/box/send_websocket" : "/iot/printer/status";
  }

  /** By which word the log sent to it begins with the box's identifier (section 1.5). */
  public String logField() {
    return from(18) ? "identifier" : "mac";
  }

  /** Whether devices that no driver took may be listed, with the type {@code unsupported}. */
  public boolean knowsUnsupported() {
    return from(19);
  }

  private boolean from(int line) {
    return major >= line;
  }

  private boolean after(int line, int part) {
    return major > line || major == line && minor > part;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServerLine line && name.equals(line.name) && known == line.known;
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The server's own word for it, or {@code unknown}. */
  @Override
  public String toString() {
    return name;
  }
}
