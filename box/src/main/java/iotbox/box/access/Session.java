package iotbox.box.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/**
 * A browser in which the owner is logged in.
 *
 * @param csrfToken secret; the box's page sends it with whatever changes something, and a page of
 *     another site cannot, as it cannot read it
 */
public record Session(String csrfToken) {
  /** Whether this is the session's token, told in constant time. */
  public boolean hasCsrfToken(String given) {
    return given != null && MessageDigest.isEqual(csrfToken.getBytes(UTF_8), given.getBytes(UTF_8));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Session";
  }

  /**
   * One that has just begun.
   *
   * @param token secret; only the browser keeps it
   */
  public record Begun(String token, Session session) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Begun";
    }
  }
}
