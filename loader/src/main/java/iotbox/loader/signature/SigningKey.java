package iotbox.loader.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** The Ed25519 key with which the maker of handlers signs them. Immutable; prints nothing of it. */
public final class SigningKey {
  private static final String PEM = "PRIVATE KEY";
  private static final String WANTED =
      " Give a PEM file that begins with -----BEGIN PRIVATE KEY-----, such as \"sign\" makes, or"
          + " openssl genpkey -algorithm ed25519.";

  private final PrivateKey key;
  private final VerifyingKey publicKey;

  private SigningKey(PrivateKey key, VerifyingKey publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /** A new key that nobody else has. */
  public static SigningKey generate() {
    try {
      return of(KeyPairGenerator.getInstance(VerifyingKey.ALGORITHM).generateKeyPair());
    } catch (GeneralSecurityException | BadKeyException e) {
      throw new IllegalStateException(e); // Every Java from 15 on has it.
    }
  }

  /**
   * Reads the PEM of a private key without a password.
   *
   * @throws BadKeyException if it is none, or one of another kind
   */
  public static SigningKey parse(String pem) throws BadKeyException {
    if (PemBlock.contains(pem, "ENCRYPTED PRIVATE KEY")) {
      throw new BadKeyException(
          "The key is encrypted. Give it without a password: openssl pkey -in old.pem -out"
              + " new.pem");
    }
    byte[] pkcs8 =
        PemBlock.read(pem, PEM)
            .orElseThrow(() -> new BadKeyException("This is not a private key in PEM." + WANTED));
    try {
      PrivateKey key =
          KeyFactory.getInstance(VerifyingKey.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      return of(pair((EdECPrivateKey) key));
    } catch (GeneralSecurityException e) {
      throw new BadKeyException("This is a damaged private key, or not one of Ed25519." + WANTED);
    }
  }

  private static SigningKey of(KeyPair pair) throws BadKeyException {
    return new SigningKey(pair.getPrivate(), VerifyingKey.of(pair.getPublic()));
  }

  /** Java computes the public half only while it makes a pair, so it makes this one again. */
  private static KeyPair pair(EdECPrivateKey key) throws GeneralSecurityException {
    byte[] seed = key.getBytes().orElseThrow();
    KeyPairGenerator generator = KeyPairGenerator.getInstance(VerifyingKey.ALGORITHM);
    generator.initialize(NamedParameterSpec.ED25519, new KnownSeed(seed));
    return generator.generateKeyPair();
  }

  /** Gives the seed of a key that is there already. */
  private static final class KnownSeed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    KnownSeed(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }

  /** Its PEM: a secret. */
  public String pem() {
    return PemBlock.write(PEM, key.getEncoded());
  }

  public VerifyingKey publicKey() {
    return publicKey;
  }

  byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance(VerifyingKey.ALGORITHM);
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // The key is one of that kind.
    }
  }
}
