package iotbox.loader.signature;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An Ed25519 key by which signatures are checked. Immutable; equal if it is the same key. Its text
 * is the base64 of its 32 bytes, one line that fits on a command line.
 */
public final class VerifyingKey {
  static final String ALGORITHM = "Ed25519";

  private static final int BYTES = 32;
  private static final int ID_BYTES = 8;
  private static final int SIGNATURE_BYTES = 64;
  private static final String PEM = "PUBLIC KEY";
  private static final String WANTED =
      " Give the line that \"sign\" printed (44 characters), or a PEM file that begins with"
          + " -----BEGIN PUBLIC KEY-----.";

  /** What stands before the key's own bytes in X.509: that it is one of Ed25519. */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final byte[] bytes;
  private final PublicKey key;

  private VerifyingKey(byte[] bytes, PublicKey key) {
    this.bytes = bytes;
    this.key = key;
  }

  /**
   * Reads a key: the base64 of its 32 bytes, or PEM.
   *
   * @throws BadKeyException if it is neither, or a key of another kind
   */
  public static VerifyingKey parse(String text) throws BadKeyException {
    Optional<byte[]> x509 = PemBlock.read(text, PEM);
    if (x509.isPresent()) {
      return ofX509(x509.get());
    }
    if (text.contains("PRIVATE KEY")) {
      throw new BadKeyException("This is a private key, which must stay with its owner." + WANTED);
    }
    if (text.contains("-----BEGIN")) {
      throw new BadKeyException("This is not a public key, or it was cut." + WANTED);
    }
    if (!isText(text.strip())) {
      throw new BadKeyException("This is not a public key." + WANTED);
    }
    return ofBytes(Base64.getDecoder().decode(text.strip()));
  }

  /** Whether this has the form of a key in one line. */
  public static boolean isText(String text) {
    // 32 bytes leave two bits of the last letter, which must not be used.
    return text.matches("[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=");
  }

  private static VerifyingKey ofX509(byte[] x509) throws BadKeyException {
    if (x509.length != X509_PREFIX.length + BYTES
        || !Arrays.equals(x509, 0, X509_PREFIX.length, X509_PREFIX, 0, X509_PREFIX.length)) {
      throw new BadKeyException("This is a public key, but not one of Ed25519." + WANTED);
    }
    return ofBytes(Arrays.copyOfRange(x509, X509_PREFIX.length, x509.length));
  }

  private static VerifyingKey ofBytes(byte[] bytes) throws BadKeyException {
    byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + BYTES);
    System.arraycopy(bytes, 0, x509, X509_PREFIX.length, BYTES);
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(x509));
      VerifyingKey made = new VerifyingKey(bytes, key);
      // Java finds out only now whether the bytes are a point of the curve.
      made.check(ByteBuffer.allocate(0), new byte[SIGNATURE_BYTES]);
      return made;
    } catch (GeneralSecurityException e) {
      throw new BadKeyException("This is no key of Ed25519: it is damaged." + WANTED);
    }
  }

  /**
   * @param key one of Ed25519
   */
  static VerifyingKey of(PublicKey key) throws BadKeyException {
    return ofX509(key.getEncoded());
  }

  /** Whether this key's owner signed these bytes so. */
  boolean hasSigned(ByteBuffer content, byte[] signature) {
    try {
      return signature.length == SIGNATURE_BYTES && check(content, signature);
    } catch (SignatureException e) {
      return false; // It has the form of none.
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // The key was tried when it was made.
    }
  }

  private boolean check(ByteBuffer content, byte[] signature) throws GeneralSecurityException {
    Signature check = Signature.getInstance(ALGORITHM);
    check.initVerify(key);
    check.update(content.duplicate());
    return check.verify(signature);
  }

  /** A short name for it, for people: two keys have the same one by no accident. */
  public String id() {
    return Manifest.hash(bytes).substring(0, 2 * ID_BYTES);
  }

  /** The base64 of its bytes. */
  @Override
  public String toString() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyingKey same && Arrays.equals(bytes, same.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
