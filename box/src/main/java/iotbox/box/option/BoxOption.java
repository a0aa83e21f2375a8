package iotbox.box.option;

import java.util.Locale;

/**
 * The options there are, in the order of {@code --help}. {@code SERIAL_PORT} is {@code
 * --serial-port} on the command line and {@code IOTBOX_SERIAL_PORT} in the environment.
 */
enum BoxOption {
  DEMO(
      Kind.FLAG,
      "A complete demonstration: an Odoo stand-in that serves the sample module, and simulated"
          + " devices. Keeps nothing unless --data is given."),
  ODOO(
      "<url or token>",
      "Pair with this Odoo: the URL (Odoo 18 and later) or the four-part token that its IoT app"
          + " shows. While it cannot be reached the box keeps trying."),
  PORT("<n>", "Serve browsers and Odoo here; 0 for any free port.", "8069"),
  BIND(
      Kind.VALUE,
      "<address>",
      "Listen on this address only. Default: all.",
      BoxOptions.ALL_ADDRESSES),
  DATA("<folder>", "Everything the box keeps: pairing, handlers, log."),
  IDENTIFIER(
      "<id>", "The identifier under which Odoo knows the box. Default: found once, then kept."),
  HANDLERS(
      Kind.SEVERAL,
      "<module folder>",
      "Load the handlers of this local Odoo module, and again when they change."),
  HANDLERS_INTERVAL(
      "<seconds>", "Ask Odoo this often whether there are newer handlers; 0 for never.", "60"),
  ARCHIVE_LIMIT(
      Kind.SEVERAL,
      "<what>=<n>",
      "Refuse handlers beyond this: files=10000 in an archive, bytes=64M unpacked in all,"
          + " file-bytes=32M in one file, source-bytes=1M in one source, ratio=200 of unpacked to"
          + " packed size. These are the defaults; K, M and G count by 1024."),
  SERIAL_PORT(
      Kind.SEVERAL,
      "<path or address>",
      "Offer this serial port besides those that are found; one of a serial server in the network is"
          + " rfc2217://host:port, or tcp://host:port where bytes are carried and nothing else."),
  PRINTER(
      Kind.SEVERAL,
      "<uri>",
      "Offer this printer besides those that are found: socket://192.168.1.50:9100, ipp://…, ipps://…"
          + " or file:/dev/usb/lp0; Kitchen=socket://… gives it a name."),
  FIND_PRINTERS(
      Kind.SEVERAL,
      "<where or none>",
      "Look for printers there: cups (the local CUPS, or that of CUPS_SERVER), usb, mdns (those that"
          + " announce themselves in the network); none for nowhere. Default: cups,usb,mdns"),
  DISPLAY(
      Kind.SEVERAL,
      "<all, none or screen>",
      "Show pages for customers on all screens, on none, or on this one, such as HDMI-1. Default: all"
          + " screens of the desktop on which the box runs; where somebody may work there, they stay"
          + " as they are until Odoo wants a page shown."),
  INPUT_DEVICES(
      "<folder or none>",
      "Where keyboards and barcode scanners that type are looked for; none for nowhere. Where this is"
          + " given keyboards are read too that somebody who works at this machine may use. Default:"
          + " /dev/input, and only scanners where there is a desktop; none with --demo."),
  PIN(
      Kind.SEVERAL,
      "<device>=<driver>",
      "Give this device to the driver of this class without asking any: the device's identifier, or"
          + " another path of its port. The page cannot change it."),
  NO_PROBE(
      Kind.SEVERAL,
      "<device>",
      "Ask no driver about this device, and open its port for none but a pinned one. The page cannot"
          + " change it."),
  LINE_DEVICE(
      Kind.SEVERAL,
      "<port>=<file>",
      "At this serial port is a device that sends lines with a number in them; the JSON file says how"
          + " they are read, as the guide to devices explains. The page cannot change it."),
  PAIRING_PROXY(
      "<url or none>",
      "Where an unpaired box asks for a pairing code; none for nowhere, as with --demo.",
      "https://iot-proxy.odoo.com/odoo-enterprise/iot/connect-box"),
  CERTIFICATE_SERVICE(
      "<url or none>",
      "Where a paired box asks for its HTTPS certificate; none for nowhere, as with --demo.",
      "https://www.odoo.com/odoo-enterprise/iot/x509"),
  HTTPS_PORT(
      "<n or none>",
      "Serve HTTPS here; 0 for any free port, none for no HTTPS. Default: 443, or 8443 where that"
          + " cannot be had; none with --demo."),
  CERTIFICATE(
      "<pem>",
      "A certificate of your own for HTTPS, followed by those that signed it. Read again when the"
          + " file changes."),
  CERTIFICATE_KEY("<pem>", "The key of --certificate, without a password."),
  ALLOW_HOST(
      Kind.SEVERAL,
      "<name>",
      "Let browsers call the box by this name; *.shop.example for all names below shop.example. Its"
          + " addresses, the host's own names and those of its certificate need not be given."),
  ALLOW_ORIGIN(
      Kind.SEVERAL,
      "<site>",
      "Let pages of this site, such as https://my.odoo.com, use the devices; * for all. Those of the"
          + " paired Odoo need not be given; for others the box's page asks the owner."),
  OWNER_PASSWORD_FILE(
      "<file>",
      "The owner's password is the line in this file. Default: one that is made and printed at the"
          + " first start."),
  INSECURE_ODOO(
      Kind.FLAG,
      "Take any certificate for Odoo's. For laboratories only: whoever is on the network can then"
          + " read the token and send actions and handlers."),
  REQUIRE_SIGNED_HANDLERS(
      Kind.SEVERAL,
      "<public key>",
      "Load only handlers that were signed (see the command sign) with one of these keys: the line"
          + " that sign prints, or a PEM file. Handlers that come with the box need no signature."),
  REQUIRE_SIGNED_REQUESTS(
      Kind.FLAG,
      "Refuse what asks for actions and events of devices (/iot_drivers, /hw_drivers) and is not"
          + " signed by the paired Odoo, as servers of 19 and later can do."),
  HELP(Kind.QUESTION, "Show this and end."),
  VERSION(Kind.QUESTION, "Show the version and end.");

  /** How an option is given. */
  enum Kind {
    /** With one value, once. */
    VALUE,
    /** With one value or several that commas separate, as often as one likes. */
    SEVERAL,
    /** On where it is named; {@code =true} and {@code =false} say so too. */
    FLAG,
    /** Like a flag, but on the command line only: it is answered instead of a start. */
    QUESTION
  }

  private final Kind kind;
  private final String label;
  private final String description;
  private final String usual;

  BoxOption(Kind kind, String description) {
    this(kind, "", description, null);
  }

  BoxOption(String label, String description) {
    this(Kind.VALUE, label, description, null);
  }

  BoxOption(String label, String description, String usual) {
    this(Kind.VALUE, label, description + " Default: " + usual, usual);
  }

  BoxOption(Kind kind, String label, String description) {
    this(kind, label, description, null);
  }

  BoxOption(Kind kind, String label, String description, String usual) {
    this.kind = kind;
    this.label = label;
    this.description = description;
    this.usual = usual;
  }

  Kind kind() {
    return kind;
  }

  /** What stands for its value in the help. */
  String label() {
    return label;
  }

  String description() {
    return description;
  }

  /** The value where none is given, or {@code null} if there is none. */
  String usual() {
    return usual;
  }

  /** Without the dashes. */
  String longName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  String environmentName() {
    return "IOTBOX_" + name();
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return "--" + longName();
  }
}
