package iotbox.box.odoo.pairing;

import java.util.Objects;

/**
 * Which Odoo database the box belongs to, and what lets it in.
 *
 * @param url of the server, without a trailing slash
 * @param token secret; a server up to 18.2 takes it once, a newer one each time
 * @param dbUuid or {@code null}
 * @param enterpriseCode secret; or {@code null}
 * @param dbName or {@code null}
 */
public record Pairing(
    String url, String token, String dbUuid, String enterpriseCode, String dbName) {
  private static final int SHORTEST_SECRET = 4;

  public Pairing {
    Objects.requireNonNull(url);
    Objects.requireNonNull(token);
  }

  /**
   * Reads what a person pasted: the address with query parameters of Odoo 18 and newer, or the four
   * parts with {@code |} between them of older ones.
   *
   * @throws BadPairingException if it is neither; its message is for that person
   */
  public static Pairing parse(String text) throws BadPairingException {
    return PairingParser.parse(text);
  }

  /** The same database, which is found at another address now. */
  public Pairing at(String server) {
    return new Pairing(server, token, dbUuid, enterpriseCode, dbName);
  }

  /** Whether it is the same database, wherever it is found. */
  public boolean sameDatabase(Pairing other) {
    return dbUuid != null && dbUuid.equals(other.dbUuid)
        || url.equals(other.url) && Objects.equals(dbName, other.dbName);
  }

  /** The text without this pairing's secrets, for whatever the server says and people read. */
  public String withoutSecrets(String text) {
    return without(enterpriseCode, without(token, text));
  }

  private static String without(String secret, String text) {
    // A shorter one is no secret, and stands in half of all words.
    return secret == null || secret.length() < SHORTEST_SECRET ? text : text.replace(secret, "***");
  }

  /** Whose handlers a box with this identifier has: changes with the server and the database. */
  public String handlersKey(String identifier) {
    return String.join(
        "|", url, Objects.toString(dbUuid, ""), Objects.toString(dbName, ""), identifier);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Pairing[" + url + (dbName == null ? "" : ", database " + dbName) + "]";
  }
}
