package iotbox.box.certificate;

import iotbox.box.certificate.BoxCertificate.Origin;
import iotbox.box.store.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One certificate with its key in one private file of the data folder, so that they always belong
 * together. Lines before the first block say what it is for. May block.
 */
final class PemFile {
  private static final Logger LOG = LoggerFactory.getLogger(PemFile.class);
  private static final Pattern SUBJECT = Pattern.compile("(?m)^Subject: (\\S+)$");
  private static final Pattern OWNER = Pattern.compile("(?m)^Owner: (\\S+)$");

  private final Path file;
  private final Origin origin;

  PemFile(Path file, Origin origin) {
    this.file = file;
    this.origin = origin;
  }

  /**
   * What is kept.
   *
   * @param owner whom it was made for, or {@code null}
   */
  record Kept(String owner, BoxCertificate certificate) {}

  /** Empty if there is none, or none that can be used; the log says why then. */
  Optional<Kept> read() {
    try {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return Optional.of(
          new Kept(find(OWNER, text), Pem.read(origin, find(SUBJECT, text), text, text)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | BadCertificateException e) {
      LOG.warn("The certificate kept in {} cannot be used: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  /** Keeps it; if that fails, only until the box ends. */
  void write(String owner, String subject, String certificates, String key) {
    StringBuilder text = new StringBuilder();
    if (owner != null) {
      text.append("Owner: ").append(owner).append('\n');
    }
    if (subject != null) {
      text.append("Subject: ").append(subject).append('\n');
    }
    text.append(certificates.strip()).append('\n').append(key.strip()).append('\n');
    try {
      PrivateFile.write(file, text.toString().getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      LOG.warn("The certificate cannot be kept in {}: {}", file, e.toString());
    }
  }

  private static String find(Pattern line, String text) {
    Matcher found = line.matcher(text);
    return found.find() ? found.group(1) : null;
  }
}
