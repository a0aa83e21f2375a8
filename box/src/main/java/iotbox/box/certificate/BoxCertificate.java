package iotbox.box.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A certificate with its key.
 *
 * @param origin whence it is
 * @param subject the wildcard name of an issued one, such as {@code *.abc.odoo-iot.com}; or {@code
 *     null}
 * @param key secret
 * @param chain the box's certificate first
 */
public record BoxCertificate(
    Origin origin, String subject, PrivateKey key, List<X509Certificate> chain) {
  // Kinds of alternative names (RFC 5280, section 4.2.1.6).
  private static final int DNS = 2;
  private static final int IP = 7;

  /** Whence a certificate is. */
  public enum Origin {
    /** A person gave the files. */
    OWN("own"),
    /** From Odoo's certificate service. */
    ISSUED("odoo"),
    /** Made by the box; a browser asks its user once. */
    SELF_SIGNED("self-signed");

    private final String word;

    Origin(String word) {
      this.word = word;
    }

    /** The word in {@code /api/status}. */
    public String word() {
      return word;
    }
  }

  public BoxCertificate {
    chain = List.copyOf(chain);
  }

  /** When it ends. */
  public Instant until() {
    return chain.get(0).getNotAfter().toInstant();
  }

  /**
   * The name under which browsers reach a box of this address; {@code null} if the address itself
   * will do as well. A person's own certificate often is for a name alone, by which browsers must
   * ask then.
   */
  public String domain(String address) {
    if (origin == Origin.OWN) {
      return names(IP).contains(address)
          ? null
          : names(DNS).stream().filter(name -> !name.contains("*")).findFirst().orElse(null);
    }
    return subject == null ? null : address.replace('.', '-') + subject.substring(1);
  }

  /** All names that it is for, in lower case, {@code *.} before those that stand for several. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    if (subject != null) {
      names.add(subject.toLowerCase(Locale.ROOT));
    }
    names(DNS).forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    return names;
  }

  private List<String> names(int kind) {
    try {
      Collection<List<?>> names = chain.get(0).getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(name -> name.get(0).equals(kind))
              .map(name -> String.valueOf(name.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of(); // Browsers will not find a name in it either.
    }
  }

  /** As TLS wants it, in memory only. */
  public KeyStore keyStore(char[] password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("box", key, password, chain.toArray(new Certificate[0]));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("A key that was read cannot be used", e);
    }
  }

  boolean sameAs(BoxCertificate other) {
    return other != null && origin == other.origin && chain.equals(other.chain);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "BoxCertificate[" + origin + ", " + subject + ", until " + until() + "]";
  }
}
