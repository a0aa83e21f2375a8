package iotbox.box.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A password in a file that whoever runs the box looks after. It is read at each login: changing
 * the file changes the password, and the box keeps nothing of it.
 */
public final class GivenPassword implements OwnerPassword {
  private static final Logger LOG = LoggerFactory.getLogger(GivenPassword.class);

  private final Path file;

  public GivenPassword(Path file) {
    this.file = file;
  }

  /**
   * Looks whether the file can be used.
   *
   * @return what is wrong with it, as the end of a sentence; {@code null} if nothing
   */
  public static String problem(Path file) {
    try {
      String password = read(file);
      return password.length() < SHORTEST
              || password.length() > LONGEST
              || password.chars().anyMatch(Character::isISOControl)
          ? "must hold one line of " + SHORTEST + " to " + LONGEST + " characters"
          : null;
    } catch (IOException e) {
      return "cannot be read as text";
    }
  }

  @Override
  public void prepare() {
    // It is there already.
  }

  @Override
  public boolean matches(String password) {
    String problem = problem(file);
    if (problem != null) {
      LOG.error("Nobody can log in: {} {}", file, problem);
      return false;
    }
    try {
      return MessageDigest.isEqual(read(file).getBytes(UTF_8), password.getBytes(UTF_8));
    } catch (IOException e) {
      return false; // It vanished just now.
    }
  }

  @Override
  public boolean canChange() {
    return false;
  }

  @Override
  public void change(String password) {
    throw new IllegalStateException("The file is not the box's");
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).replaceFirst("\\R\\z", "");
  }
}
