package iotbox.box.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept instead of a password: from it the password cannot be found but by trying, and each
 * try takes as long as a login, some tenths of a second.
 *
 * @param iterations of PBKDF2 with HMAC-SHA256, kept so that later boxes may use more
 */
record PasswordHash(int iterations, byte[] salt, byte[] hash) {
  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final String NAME = "pbkdf2-hmac-sha256";
  private static final int ITERATIONS = 210_000;
  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;

  private static final Pattern TEXT =
      Pattern.compile(NAME + " (\\d{1,8}) ((?:[0-9a-f]{2}){8,64}) ([0-9a-f]{64})");

  /** Of a new password; takes some tenths of a second. */
  static PasswordHash of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new PasswordHash(ITERATIONS, salt, derive(password, salt, ITERATIONS));
  }

  /** Whether it is that of this password; takes as long, whatever the answer. */
  boolean matches(String password) {
    return MessageDigest.isEqual(hash, derive(password, salt, iterations));
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java lacks " + ALGORITHM, e);
    } finally {
      key.clearPassword();
    }
  }

  /** One line, for a file. */
  String text() {
    HexFormat hex = HexFormat.of();
    return String.join(
        " ", NAME, String.valueOf(iterations), hex.formatHex(salt), hex.formatHex(hash));
  }

  /** Reads {@link #text()}; empty if it is none. */
  static Optional<PasswordHash> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int iterations = Integer.parseInt(parts.group(1));
    if (iterations < 1 || iterations > MOST_ITERATIONS) {
      return Optional.empty();
    }
    HexFormat hex = HexFormat.of();
    return Optional.of(
        new PasswordHash(iterations, hex.parseHex(parts.group(2)), hex.parseHex(parts.group(3))));
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "PasswordHash[" + iterations + " iterations]";
  }
}
