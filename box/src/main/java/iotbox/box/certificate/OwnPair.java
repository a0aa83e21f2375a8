package iotbox.box.certificate;

import iotbox.box.certificate.BoxCertificate.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and the key in the files that a person gave; read again when one of them changes.
 * While they are no good (one may be copied before the other) the last good pair stays.
 */
final class OwnPair {
  private static final Logger LOG = LoggerFactory.getLogger(OwnPair.class);

  private final Path certificate;
  private final Path key;
  private Stamp read;
  private BoxCertificate present;
  private String problem;

  /** What changes when a file is written. */
  private record Stamp(Object certificate, Object key) {}

  OwnPair(Path certificate, Path key) {
    this.certificate = certificate;
    this.key = key;
  }

  Optional<BoxCertificate> current() {
    Stamp now = new Stamp(stamp(certificate), stamp(key));
    if (!now.equals(read)) {
      read = now;
      read();
    }
    return Optional.ofNullable(present);
  }

  /** Why the files cannot be used, or {@code null}. */
  String problem() {
    return problem;
  }

  private void read() {
    try {
      present = Pem.read(Origin.OWN, null, text(certificate), text(key));
      problem = null;
    } catch (IOException e) {
      refuse("A file cannot be read: " + e.getMessage() + ".");
    } catch (BadCertificateException e) {
      refuse(e.getMessage());
    }
  }

  private void refuse(String why) {
    problem = "The pair of --certificate and --certificate-key cannot be used. " + why;
    LOG.error("{}", problem);
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static Object stamp(Path file) {
    try {
      return Files.getLastModifiedTime(file) + "/" + Files.size(file);
    } catch (IOException e) {
      return "missing";
    }
  }
}
