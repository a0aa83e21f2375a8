package iotbox.loader.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a signature is given for. Immutable.
 *
 * @param module a name for people
 * @param signed when, by the signer's clock
 * @param hashes the SHA-256 of each file in hexadecimal, by the path of the file
 */
public record Manifest(String module, Instant signed, SortedMap<String, String> hashes) {
  public Manifest {
    hashes = Collections.unmodifiableSortedMap(new TreeMap<>(hashes));
  }

  /** The SHA-256 of a file's bytes, in hexadecimal. */
  public static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JVM has it.
    }
  }
}
