package iotbox.box.option;

import iotbox.loader.ArchiveLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the box was told on its command line, in its environment and by the {@link KeptOptions},
 * validated once.
 *
 * @param odoo a pairing URL or token, or {@code null}
 * @param data the folder for everything the box keeps, or {@code null} for the usual one
 * @param identifier the box's identifier, or {@code null} to find one
 * @param handlers folders of local Odoo modules whose handlers are loaded and watched
 * @param handlersInterval between two questions to Odoo for newer handlers; zero: never
 * @param archiveLimits how much of the handlers that come from elsewhere is read
 * @param detection which devices there are, and how drivers are chosen for them
 * @param printers where printers are
 * @param displays which screens are customers' displays
 * @param inputs where keyboards and scanners are
 * @param pairingProxy where pairing codes are asked for, or {@code null} for nowhere
 * @param certificateService where the certificate for HTTPS is asked for, or {@code null}
 * @param httpsPorts the ports to try for HTTPS, in this order; empty: no HTTPS
 * @param certificate a PEM file with a person's own certificate, or {@code null}
 * @param certificateKey a PEM file with its key, or {@code null}
 * @param access who may do what, as far as it is said in advance
 * @param insecureOdoo whether any certificate is taken for the paired Odoo's
 * @param signatures what must be signed
 */
public record BoxOptions(
    boolean demo,
    String odoo,
    int port,
    String bind,
    Path data,
    String identifier,
    List<Path> handlers,
    Duration handlersInterval,
    ArchiveLimits archiveLimits,
    DetectionOptions detection,
    PrinterOptions printers,
    DisplayOptions displays,
    InputOptions inputs,
    String pairingProxy,
    String certificateService,
    List<Integer> httpsPorts,
    Path certificate,
    Path certificateKey,
    AccessOptions access,
    boolean insecureOdoo,
    SignatureOptions signatures) {

  /** What {@code --bind} says unless told otherwise. */
  public static final String ALL_ADDRESSES = "0.0.0.0";

  /** Where Odoo's pages look for a box, and what a user may open who may not open that. */
  private static final List<Integer> USUAL_HTTPS_PORTS = List.of(443, 8443);

  private static final int LAST_PORT = 65_535;
  private static final int LONGEST_INTERVAL = 86_400;

  public BoxOptions {
    handlers = List.copyOf(handlers);
    httpsPorts = List.copyOf(httpsPorts);
  }

  /**
   * Reads them, for a program that does nothing but run a box.
   *
   * @param help gets the text for {@code --help} or {@code --version} if one was asked for
   * @return {@code null} if help was asked for
   * @throws StartupException if one of them is unknown or unusable
   */
  public static BoxOptions parse(
      String[] arguments, Map<String, String> environment, Consumer<String> help)
      throws StartupException {
    GivenOptions given = GivenOptions.read(arguments, environment, List.of(), help);
    return given == null ? null : given.options();
  }

  /**
   * Validates them.
   *
   * @throws StartupException if one of them is unusable, or two do not go together
   */
  static BoxOptions of(OptionValues values) throws StartupException {
    boolean demo = values.flag(BoxOption.DEMO);
    if (demo && values.has(BoxOption.ODOO)) {
      throw new StartupException(
          "--demo brings its own Odoo stand-in, so --odoo cannot be given with it.");
    }
    if (demo && values.has(BoxOption.REQUIRE_SIGNED_HANDLERS)) {
      throw new StartupException(
          "--demo brings handlers that nobody has signed, so --require-signed-handlers cannot be"
              + " given with it.");
    }
    if (values.has(BoxOption.CERTIFICATE) != values.has(BoxOption.CERTIFICATE_KEY)) {
      throw new StartupException(
          "--certificate and --certificate-key belong together: give both or none.");
    }
    return new BoxOptions(
        demo,
        values.text(BoxOption.ODOO),
        values.number(BoxOption.PORT, LAST_PORT, "a number from 0 to " + LAST_PORT),
        values.text(BoxOption.BIND),
        values.path(BoxOption.DATA),
        values.text(BoxOption.IDENTIFIER),
        values.modules(BoxOption.HANDLERS),
        Duration.ofSeconds(
            values.number(
                BoxOption.HANDLERS_INTERVAL,
                LONGEST_INTERVAL,
                "a number of seconds from 0 (never) to " + LONGEST_INTERVAL + " (a day)")),
        ArchiveLimitOption.parse(values.texts(BoxOption.ARCHIVE_LIMIT)),
        DetectionOptions.of(values),
        PrinterOptions.of(values),
        DisplayOptions.of(values),
        InputOptions.of(values),
        values.webOrNone(BoxOption.PAIRING_PROXY),
        values.webOrNone(BoxOption.CERTIFICATE_SERVICE),
        httpsPorts(values),
        values.file(BoxOption.CERTIFICATE),
        values.file(BoxOption.CERTIFICATE_KEY),
        AccessOptions.of(values),
        values.flag(BoxOption.INSECURE_ODOO),
        SignatureOptions.of(values));
  }

  private static List<Integer> httpsPorts(OptionValues values) throws StartupException {
    if (!values.has(BoxOption.HTTPS_PORT)) {
      return USUAL_HTTPS_PORTS;
    }
    if (values.text(BoxOption.HTTPS_PORT).equals("none")) {
      return List.of();
    }
    return List.of(
        values.number(BoxOption.HTTPS_PORT, LAST_PORT, "none or a number from 0 to " + LAST_PORT));
  }
}
