package iotbox.box.odoo.pairing;

import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads both forms of a pairing token (protocol section 1.6). Its messages quote nothing of the
 * text: a person may paste a bare token where an address belongs.
 */
public final class PairingParser {
  private static final int LONGEST = 4096;
  private static final String COPY_AGAIN =
      " Copy the whole token again from Odoo (IoT app, Connect).";

  // java.net.URI finds no host in names with an underscore, which container networks have.
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#.*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("([\\p{L}\\p{N}._-]+|\\[[0-9A-Fa-f:.]+])(?::([0-9]{0,5}))?");
  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9/._~%-]*");

  private PairingParser() {}

  static Pairing parse(String pasted) throws BadPairingException {
    String text = pasted == null ? "" : pasted.strip();
    if (text.isEmpty()) {
      throw bad("The pairing token is empty.");
    }
    if (text.length() > LONGEST) {
      throw bad("The pairing token is longer than " + LONGEST + " characters.");
    }
    refuseControlCharacters(text);
    int bar = text.indexOf('|');
    int query = text.indexOf('?');
    return bar >= 0 && (query < 0 || bar < query) ? fourParts(text) : address(text);
  }

  private static Pairing fourParts(String text) throws BadPairingException {
    String[] parts = text.split("\\|", -1);
    if (parts.length != 4) {
      throw bad(
          "The pairing token has "
              + parts.length
              + " parts with | between them instead of four"
              + " (address, token, database, enterprise code).");
    }
    Matcher address = match(parts[0].strip());
    if (address.group(4) != null) {
      throw bad("The address in the pairing token has parameters, which do not belong there.");
    }
    return new Pairing(
        server(address),
        token(parts[1].strip()),
        orNull(parts[2].strip()),
        orNull(parts[3].strip()),
        null);
  }

  private static Pairing address(String text) throws BadPairingException {
    Matcher address = match(text);
    String server = server(address);
    Map<String, String> parameters = parameters(address.group(4));
    return new Pairing(
        server,
        token(parameters.get("token")),
        orNull(parameters.get("db_uuid")),
        orNull(parameters.get("enterprise_code")),
        orNull(parameters.get("db_name")));
  }

  /** Checks and normalises the address of a server. */
  public static String server(String text) throws BadPairingException {
    refuseControlCharacters(text);
    return server(match(text));
  }

  private static Matcher match(String text) throws BadPairingException {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      throw bad("The pairing token does not begin with an address such as https://my.odoo.com.");
    }
    return address;
  }

  private static String server(Matcher address) throws BadPairingException {
    String scheme = address.group(1).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw bad("The address in the pairing token must begin with http:// or https://.");
    }
    Matcher authority = AUTHORITY.matcher(address.group(2));
    if (!authority.matches()) {
      throw bad(
          address.group(2).isEmpty()
              ? "The address in the pairing token has no host name."
              : "The address in the pairing token has no valid host name"
                  + " (a user name or password cannot be part of it).");
    }
    String path = address.group(3);
    if (!PATH.matcher(path).matches()) {
      throw bad("The address in the pairing token has a path with characters that cannot be.");
    }
    return scheme
        + "://"
        + host(authority.group(1))
        + port(scheme, authority.group(2))
        + path.replaceFirst("/+$", "");
  }

  private static String host(String name) throws BadPairingException {
    if (name.startsWith("[")) {
      return name.toLowerCase(Locale.ROOT);
    }
    try {
      return IDN.toASCII(name).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw bad("The address in the pairing token has no valid host name.");
    }
  }

  private static String port(String scheme, String digits) throws BadPairingException {
    if (digits == null || digits.isEmpty()) {
      return "";
    }
    int port = Integer.parseInt(digits);
    if (port < 1 || port > 65_535) {
      throw bad("The address in the pairing token has a port that is not from 1 to 65535.");
    }
    return port == (scheme.equals("http") ? 80 : 443) ? "" : ":" + port;
  }

  private static Map<String, String> parameters(String query) throws BadPairingException {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.putIfAbsent(
            decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decode(String encoded) throws BadPairingException {
    String text;
    try {
      text = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw bad("The pairing token has a % that is not followed by two hexadecimal digits.");
    }
    if (text.indexOf('\uFFFD') >= 0) {
      throw bad("The pairing token has a % code that is not UTF-8.");
    }
    refuseControlCharacters(text);
    return text.strip();
  }

  private static String token(String token) throws BadPairingException {
    if (token == null || token.isEmpty()) {
      throw bad("The pairing token has an address but no token.");
    }
    return token;
  }

  private static void refuseControlCharacters(String text) throws BadPairingException {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw bad("The pairing token contains a line break or another control character.");
    }
  }

  private static String orNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static BadPairingException bad(String what) {
    return new BadPairingException(what + COPY_AGAIN);
  }
}
