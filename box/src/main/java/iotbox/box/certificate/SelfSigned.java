package iotbox.box.certificate;

import iotbox.box.certificate.BoxCertificate.Origin;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import okhttp3.tls.HeldCertificate;

/**
 * The certificate that the box makes for itself. It lasts over restarts, since people have allowed
 * it in their browsers, and is replaced only when it ends or when the host has an address that it
 * does not name.
 */
final class SelfSigned {
  /** Browsers refuse longer ones even where people have allowed them. */
  private static final Duration LIFE = Duration.ofDays(730);

  private final PemFile file;
  private final String hostname;
  private final Supplier<List<String>> addresses;
  private final Clock clock;
  private BoxCertificate present;

  SelfSigned(Path folder, String hostname, Supplier<List<String>> addresses, Clock clock) {
    this.file = new PemFile(folder.resolve("self-signed.pem"), Origin.SELF_SIGNED);
    this.hostname = hostname;
    this.addresses = addresses;
    this.clock = clock;
  }

  /** The present one; makes it if need be, which takes a moment. */
  BoxCertificate current() throws BadCertificateException {
    if (present == null) {
      present = file.read().map(PemFile.Kept::certificate).orElse(null);
    }
    if (present == null || Renewal.isDue(present, clock) || !names(present).containsAll(names())) {
      present = make();
    }
    return present;
  }

  private BoxCertificate make() throws BadCertificateException {
    Instant now = clock.instant();
    HeldCertificate.Builder builder =
        new HeldCertificate.Builder()
            .commonName(hostname)
            .organizationalUnit("IoT box")
            .ecdsa256()
            // A day back, for browsers whose clock is behind.
            .validityInterval(
                now.minus(Duration.ofDays(1)).toEpochMilli(), now.plus(LIFE).toEpochMilli());
    names().forEach(builder::addSubjectAlternativeName);
    HeldCertificate made = builder.build();
    file.write(null, null, made.certificatePem(), made.privateKeyPkcs8Pem());
    return Pem.read(Origin.SELF_SIGNED, null, made.certificatePem(), made.privateKeyPkcs8Pem());
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    // What is no name in DNS, such as one with an underscore, would make a damaged certificate.
    if (hostname.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*")) {
      names.add(hostname);
      if (!hostname.contains(".")) {
        names.add(hostname + ".local");
      }
    }
    names.add("localhost");
    names.add("127.0.0.1");
    names.addAll(addresses.get());
    return names;
  }

  private static Set<String> names(BoxCertificate certificate) throws BadCertificateException {
    try {
      Collection<List<?>> names = certificate.chain().get(0).getSubjectAlternativeNames();
      return names == null
          ? Set.of()
          : names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.toSet());
    } catch (CertificateParsingException e) {
      throw new BadCertificateException("The certificate's names cannot be read.", e);
    }
  }
}
