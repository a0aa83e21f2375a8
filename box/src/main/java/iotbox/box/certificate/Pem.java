package iotbox.box.certificate;

import iotbox.box.certificate.BoxCertificate.Origin;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys in PEM. Its messages quote nothing of a key. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private Pem() {}

  /**
   * A certificate, followed by those that signed it, and its key.
   *
   * @throws BadCertificateException if they cannot be read or do not belong together
   */
  static BoxCertificate read(Origin origin, String subject, String certificates, String key)
      throws BadCertificateException {
    List<X509Certificate> chain = chain(certificates);
    PublicKey sibling = chain.get(0).getPublicKey();
    PrivateKey secret = key(key, sibling);
    if (!belongTogether(secret, sibling)) {
      throw strangers();
    }
    return new BoxCertificate(origin, subject, secret, chain);
  }

  private static List<X509Certificate> chain(String text) throws BadCertificateException {
    List<X509Certificate> chain = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals("CERTIFICATE")) {
        chain.add(certificate(bytes(block, "certificate")));
      }
    }
    if (chain.isEmpty()) {
      throw new BadCertificateException(
          "The certificate is not in PEM: no line -----BEGIN CERTIFICATE----- was found.");
    }
    return chain;
  }

  private static X509Certificate certificate(byte[] der) throws BadCertificateException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new BadCertificateException("The certificate is damaged; export it again.", e);
    }
  }

  private static PrivateKey key(String text, PublicKey sibling) throws BadCertificateException {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      switch (block.group(1)) {
        case "PRIVATE KEY" -> {
          return key(bytes(block, "key"), sibling);
        }
        case "RSA PRIVATE KEY" -> {
          return bare("RSA", block, sibling);
        }
        case "EC PRIVATE KEY" -> {
          return bare("EC", block, sibling);
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw new BadCertificateException(
                "The key is encrypted. Give it without a password: openssl pkey -in old.pem -out"
                    + " new.pem");
        default -> {}
      }
    }
    throw new BadCertificateException(
        "The key is not in PEM: no line -----BEGIN PRIVATE KEY----- was found.");
  }

  private static PrivateKey bare(String algorithm, Matcher block, PublicKey sibling)
      throws BadCertificateException {
    if (!sibling.getAlgorithm().equals(algorithm)) {
      throw strangers();
    }
    if (block.group(2).contains(":")) {
      throw new BadCertificateException(
          "The key is encrypted. Give it without a password: openssl pkey -in old.pem -out"
              + " new.pem");
    }
    return key(Der.pkcs8(bytes(block, "key"), sibling), sibling);
  }

  private static PrivateKey key(byte[] pkcs8, PublicKey sibling) throws BadCertificateException {
    try {
      return KeyFactory.getInstance(sibling.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new BadCertificateException(
          "The key cannot be read, or is of another kind than the certificate's.");
    }
  }

  private static byte[] bytes(Matcher block, String what) throws BadCertificateException {
    try {
      return Base64.getMimeDecoder().decode(block.group(2));
    } catch (IllegalArgumentException e) {
      throw new BadCertificateException("The " + what + " is damaged; export it again.");
    }
  }

  private static boolean belongTogether(PrivateKey key, PublicKey sibling)
      throws BadCertificateException {
    String algorithm =
        switch (sibling.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> sibling.getAlgorithm();
        };
    byte[] sample = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(sibling);
      signature.update(sample);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      throw new BadCertificateException(
          "The key cannot be used with Java's " + sibling.getAlgorithm() + ".");
    }
  }

  private static BadCertificateException strangers() {
    return new BadCertificateException(
        "The key does not belong to the certificate; give the two that were made together.");
  }
}
