package iotbox.box.access;

import java.security.SecureRandom;

/** Passwords that nobody guesses and everybody can type. */
public final class MadePassword {
  /** Without letters and digits that are taken for one another. */
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  /** Of almost five bits each. */
  private static final int LENGTH = 16;

  private static final int GROUP = 4;

  private MadePassword() {}

  /** Another one each time. */
  public static String next() {
    SecureRandom random = new SecureRandom();
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      if (i > 0 && i % GROUP == 0) {
        letters.append('-');
      }
      letters.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return letters.toString();
  }
}
