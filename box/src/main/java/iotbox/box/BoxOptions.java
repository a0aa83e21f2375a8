package iotbox.box;

import iotbox.loader.ArchiveLimits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * What the box was told on its command line and in its environment, validated once. The command
 * line wins.
 *
 * @param odoo a pairing URL or token, or {@code null}
 * @param data the folder for everything the box keeps, or {@code null} for the usual one
 * @param identifier the box's identifier, or {@code null} to find one
 * @param handlers folders of local Odoo modules whose handlers are loaded and watched
 * @param handlersInterval between two questions to Odoo for newer handlers; zero: never
 * @param archiveLimits how much of the handlers that come from elsewhere is read
 * @param serialPorts paths that are offered besides the enumerated ports
 * @param pairingProxy where pairing codes are asked for, or {@code null} for nowhere
 * @param certificateService where the certificate for HTTPS is asked for, or {@code null}
 * @param httpsPorts the ports to try for HTTPS, in this order; empty: no HTTPS
 * @param certificate a PEM file with a person's own certificate, or {@code null}
 * @param certificateKey a PEM file with its key, or {@code null}
 * @param insecureOdoo whether any certificate is taken for the paired Odoo's
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
    List<String> serialPorts,
    String pairingProxy,
    String certificateService,
    List<Integer> httpsPorts,
    Path certificate,
    Path certificateKey,
    boolean insecureOdoo) {

  /** What {@code --bind} says unless told otherwise. */
  static final String ALL_ADDRESSES = "0.0.0.0";

  /** Where Odoo's pages look for a box, and what a user may open who may not open that. */
  private static final List<Integer> USUAL_HTTPS_PORTS = List.of(443, 8443);

  private static final int LONGEST_INTERVAL = 86_400;

  public BoxOptions {
    handlers = List.copyOf(handlers);
    serialPorts = List.copyOf(serialPorts);
    httpsPorts = List.copyOf(httpsPorts);
  }

  /**
   * Reads them.
   *
   * @param help gets the text for {@code --help} or {@code --version} if one was asked for
   * @return {@code null} if help was asked for
   * @throws StartupException if one of them is unknown or unusable
   */
  public static BoxOptions parse(
      String[] arguments, Map<String, String> environment, Consumer<String> help)
      throws StartupException {
    Arguments values = new Arguments();
    CommandLine command = new CommandLine(values);
    command.setDefaultValueProvider(argument -> fromEnvironment(argument, environment));
    try {
      command.parseArgs(arguments);
    } catch (ParameterException e) {
      throw new StartupException(sentence(e.getMessage()) + " --help lists the options.");
    }
    if (command.isUsageHelpRequested()) {
      StringWriter text = new StringWriter();
      command.usage(new PrintWriter(text, true));
      help.accept(text.toString());
      return null;
    }
    if (command.isVersionHelpRequested()) {
      help.accept("iotbox " + BoxVersion.number() + System.lineSeparator());
      return null;
    }
    return values.validated();
  }

  /**
   * {@code --serial-port} is {@code IOTBOX_SERIAL_PORT}; several values are separated by commas.
   */
  private static String fromEnvironment(ArgSpec argument, Map<String, String> environment) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = option.longestName().substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
    String value = environment.get("IOTBOX_" + name);
    return value == null || value.isBlank() ? null : value;
  }

  private static String sentence(String message) {
    String line = message.lines().findFirst().orElse("The command line cannot be read");
    return line.endsWith(".") ? line : line + ".";
  }

  @Command(
      name = "iotbox",
      description = {
        "Connects the devices of this place with an Odoo database.",
        "Each option can also be given in the environment: --serial-port as IOTBOX_SERIAL_PORT."
      },
      sortOptions = false,
      usageHelpAutoWidth = true)
  private static final class Arguments {
    @Option(
        names = "--demo",
        description =
            "A complete demonstration: an Odoo stand-in that serves the sample module, and"
                + " simulated devices. Keeps nothing unless --data is given.")
    private boolean demo;

    @Option(
        names = "--odoo",
        paramLabel = "<url or token>",
        description =
            "Pair with this Odoo: the URL (Odoo 18 and later) or the four-part token that its IoT"
                + " app shows. While it cannot be reached the box keeps trying.")
    private String odoo;

    @Option(
        names = "--port",
        paramLabel = "<n>",
        defaultValue = "8069",
        description = "Serve browsers and Odoo here; 0 for any free port. Default: 8069.")
    private int port;

    @Option(
        names = "--bind",
        paramLabel = "<address>",
        defaultValue = ALL_ADDRESSES,
        description = "Listen on this address only. Default: all.")
    private String bind;

    @Option(
        names = "--data",
        paramLabel = "<folder>",
        description = "Everything the box keeps: pairing, handlers, log.")
    private String data;

    @Option(
        names = "--identifier",
        paramLabel = "<id>",
        description =
            "The identifier under which Odoo knows the box. Default: found once, then kept.")
    private String identifier;

    @Option(
        names = "--handlers",
        paramLabel = "<module folder>",
        split = ",",
        description = "Load the handlers of this local Odoo module, and again when they change.")
    private List<String> handlers = new ArrayList<>();

    @Option(
        names = "--handlers-interval",
        paramLabel = "<seconds>",
        defaultValue = "60",
        description =
            "Ask Odoo this often whether there are newer handlers; 0 for never. Default: 60.")
    private int handlersInterval;

    @Option(
        names = "--archive-limit",
        paramLabel = "<what>=<n>",
        split = ",",
        description =
            "Refuse handlers beyond this: files=10000 in an archive, bytes=64M unpacked in all,"
                + " file-bytes=32M in one file, source-bytes=1M in one source, ratio=200 of"
                + " unpacked to packed size. These are the defaults; K, M and G count by 1024.")
    private List<String> archiveLimits = new ArrayList<>();

    @Option(
        names = "--serial-port",
        paramLabel = "<path>",
        split = ",",
        description = "Offer this serial port besides those that are found.")
    private List<String> serialPorts = new ArrayList<>();

    @Option(
        names = "--pairing-proxy",
        paramLabel = "<url or none>",
        defaultValue = "https://iot-proxy.odoo.com/odoo-enterprise/iot/connect-box",
        description =
            "Where an unpaired box asks for a pairing code; none for nowhere, as with --demo."
                + " Default: ${DEFAULT-VALUE}")
    private String pairingProxy;

    @Option(
        names = "--certificate-service",
        paramLabel = "<url or none>",
        defaultValue = "https://www.odoo.com/odoo-enterprise/iot/x509",
        description =
            "Where a paired box asks for its HTTPS certificate; none for nowhere, as with --demo."
                + " Default: ${DEFAULT-VALUE}")
    private String certificateService;

    @Option(
        names = "--https-port",
        paramLabel = "<n or none>",
        description =
            "Serve HTTPS here; 0 for any free port, none for no HTTPS. Default: 443, or 8443 where"
                + " that cannot be had; none with --demo.")
    private String httpsPort;

    @Option(
        names = "--certificate",
        paramLabel = "<pem>",
        description =
            "A certificate of your own for HTTPS, followed by those that signed it. Read again when"
                + " the file changes.")
    private String certificate;

    @Option(
        names = "--certificate-key",
        paramLabel = "<pem>",
        description = "The key of --certificate, without a password.")
    private String certificateKey;

    @Option(
        names = "--insecure-odoo",
        description =
            "Take any certificate for Odoo's. For laboratories only: whoever is on the network can"
                + " then read the token and send actions and handlers.")
    private boolean insecureOdoo;

    @Option(names = "--help", usageHelp = true, description = "Show this and end.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version and end.")
    private boolean version;

    BoxOptions validated() throws StartupException {
      if (demo && odoo != null) {
        throw new StartupException(
            "--demo brings its own Odoo stand-in, so --odoo cannot be given with it.");
      }
      if (port < 0 || port > 65_535) {
        throw new StartupException("--port must be a number from 0 to 65535, not " + port + ".");
      }
      if (handlersInterval < 0 || handlersInterval > LONGEST_INTERVAL) {
        throw new StartupException(
            "--handlers-interval must be a number of seconds from 0 (never) to "
                + LONGEST_INTERVAL
                + " (a day), not "
                + handlersInterval
                + ".");
      }
      if ((certificate == null) != (certificateKey == null)) {
        throw new StartupException(
            "--certificate and --certificate-key belong together: give both or none.");
      }
      List<Path> modules = new ArrayList<>();
      for (String folder : handlers) {
        Path module = path("--handlers", folder);
        if (!Files.isDirectory(module)) {
          throw new StartupException(
              "--handlers needs the folder of an Odoo module, but " + folder + " is none.");
        }
        modules.add(module);
      }
      return new BoxOptions(
          demo,
          odoo,
          port,
          bind,
          data == null ? null : path("--data", data),
          identifier,
          modules,
          Duration.ofSeconds(handlersInterval),
          ArchiveLimitOption.parse(archiveLimits),
          serialPorts,
          demo ? null : webOrNone("--pairing-proxy", pairingProxy),
          demo ? null : webOrNone("--certificate-service", certificateService),
          httpsPorts(),
          certificate == null ? null : file("--certificate", certificate),
          certificateKey == null ? null : file("--certificate-key", certificateKey),
          insecureOdoo);
    }

    private List<Integer> httpsPorts() throws StartupException {
      if (httpsPort == null) {
        return demo ? List.of() : USUAL_HTTPS_PORTS;
      }
      if (httpsPort.equals("none")) {
        return List.of();
      }
      if (!httpsPort.matches("\\d{1,5}") || Integer.parseInt(httpsPort) > 65_535) {
        throw new StartupException(
            "--https-port must be none or a number from 0 to 65535, not \"" + httpsPort + "\".");
      }
      return List.of(Integer.parseInt(httpsPort));
    }

    private static Path file(String option, String value) throws StartupException {
      Path file = path(option, value);
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new StartupException(
            option + " needs a file that this user may read, and " + value + " is none.");
      }
      return file;
    }

    private static Path path(String option, String value) throws StartupException {
      try {
        return Path.of(value).toAbsolutePath().normalize();
      } catch (InvalidPathException e) {
        throw new StartupException(option + " needs a path, and \"" + value + "\" cannot be one.");
      }
    }

    private static String webOrNone(String option, String value) throws StartupException {
      if (value.equals("none")) {
        return null;
      }
      if (!value.matches("https?://[^\\s/]+\\S*")) {
        throw new StartupException(
            option
                + " needs none or a URL that begins with http:// or https://, not \""
                + value
                + "\".");
      }
      return value;
    }
  }
}
