package iotbox.loader;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Names of files in foreign archives: how they are decoded and which of them are refused. */
final class EntryNames {
  private static final int MAX_LENGTH = 255;

  private EntryNames() {}

  /** UTF-8 where it is that, whatever the archive claims; otherwise byte by byte. */
  static String decode(byte[] raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      return new String(raw, StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * Why the name is refused, or {@code null} if it is a plain relative path. Nothing is ever
   * written to disk under it, but it is shown to people and may be kept by others.
   */
  static String fault(String name) {
    if (name.isEmpty()) {
      return "The archive has an entry without a name";
    }
    if (name.length() > MAX_LENGTH) {
      return "The name is longer than " + MAX_LENGTH + " characters";
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      return "The name contains control characters";
    }
    if (name.indexOf('\\') >= 0 || name.indexOf(':') >= 0) {
      return "The name contains \\ or :, write directories with /";
    }
    if (name.startsWith("/")) {
      return "The name is an absolute path, it must be relative";
    }
    for (String segment : name.split("/", -1)) {
      if (segment.equals("..") || segment.equals(".") || segment.isEmpty()) {
        return "The name leaves its directory or is not a plain path";
      }
    }
    return null;
  }

  /** The name in a form that is safe to show: control characters become question marks. */
  static String shown(String name) {
    String cut = name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) + "…" : name;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
