package iotbox.loader.signature;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text form of a {@link Manifest} with its signature, to be read by people too:
 *
 * <pre>
 * iotbox handler signature 1
 * module my_module
 * signed 2026-11-26T08:00:00Z
 * key 0f3c5d7e9a1b2c4d
 * sha256 (64 hexadecimal digits) drivers/MyScale.java
 * signature (88 letters of base64)
 * </pre>
 *
 * <p>UTF-8, each line ended by a line feed, the files sorted. What is signed are the bytes before
 * the last line, as they are; nothing in them is believed, and next to nothing looked at, before
 * the signature was found right.
 */
public final class SignatureFile {
  /** Of a signature file: several thousand names. */
  public static final int MOST_BYTES = 1 << 20;

  private static final String TITLE = "iotbox handler signature ";
  private static final String FIRST = TITLE + "1";
  private static final String MARK = "signature ";
  private static final Pattern FILE = Pattern.compile("sha256 ([0-9a-f]{64}) (\\P{Cntrl}+)");
  private static final Pattern KEY = Pattern.compile("^key ([0-9a-f]{16})$", Pattern.MULTILINE);

  private SignatureFile() {}

  /**
   * Signs a manifest.
   *
   * @throws IllegalArgumentException if a name cannot stand in one line
   */
  public static byte[] write(Manifest manifest, SigningKey key) {
    StringBuilder text = new StringBuilder();
    text.append(FIRST).append('\n');
    text.append("module ").append(oneLine(manifest.module())).append('\n');
    text.append("signed ").append(manifest.signed()).append('\n');
    text.append("key ").append(key.publicKey().id()).append('\n');
    manifest
        .hashes()
        .forEach(
            (path, hash) ->
                text.append("sha256 ").append(hash).append(' ').append(oneLine(path)).append('\n'));
    byte[] signature = key.sign(text.toString().getBytes(StandardCharsets.UTF_8));
    text.append(MARK).append(Base64.getEncoder().encodeToString(signature)).append('\n');
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String oneLine(String name) {
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("The name \"" + name + "\" cannot be signed");
    }
    return name;
  }

  /**
   * What somebody who is trusted has signed.
   *
   * @throws BadSignatureException if this is no signature, or not a right one of such a person
   */
  public static Manifest read(byte[] content, Collection<VerifyingKey> trusted)
      throws BadSignatureException {
    if (content.length > MOST_BYTES) {
      throw new BadSignatureException(
          "The signature is larger than " + MOST_BYTES + " bytes, which none needs");
    }
    // Byte by byte, so that positions in the text are positions in the file.
    String raw = new String(content, StandardCharsets.ISO_8859_1);
    checkKind(raw);
    int last = raw.lastIndexOf("\n" + MARK);
    if (last < 0) {
      throw new BadSignatureException("The signature was cut: its last line is missing");
    }
    ByteBuffer signed = ByteBuffer.wrap(content, 0, last + 1).slice();
    byte[] signature = signature(raw.substring(last + 1 + MARK.length()));
    if (trusted.stream().noneMatch(key -> key.hasSigned(signed, signature))) {
      throw new BadSignatureException(whyNot(raw.substring(0, last + 1), trusted));
    }
    return parse(signed);
  }

  private static void checkKind(String raw) throws BadSignatureException {
    String first = raw.lines().findFirst().orElse("");
    if (!first.startsWith(TITLE)) {
      throw new BadSignatureException(
          "This is no signature of handlers: it does not begin with \"" + FIRST + "\"");
    }
    if (raw.indexOf('\r') >= 0) {
      throw new BadSignatureException(
          "The line ends of the signature were changed, probably by git: write \"*.signature"
              + " -text\" in .gitattributes, then sign again");
    }
    if (!first.equals(FIRST)) {
      throw new BadSignatureException(
          "The signature is of another version than 1; sign again, with a version of the box that"
              + " is not newer than this one");
    }
  }

  private static byte[] signature(String text) throws BadSignatureException {
    String base64 = text.stripTrailing();
    try {
      byte[] signature = Base64.getDecoder().decode(base64);
      // The decoder overlooks bits that say nothing; a signature has one form only.
      if (Base64.getEncoder().encodeToString(signature).equals(base64)) {
        return signature;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new BadSignatureException("The last line of the signature is damaged");
  }

  /** Which key it says that it was made with is for people only. */
  private static String whyNot(String unbelieved, Collection<VerifyingKey> trusted) {
    Matcher key = KEY.matcher(unbelieved);
    String id = key.find() ? key.group(1) : "unknown";
    List<String> ids = trusted.stream().map(VerifyingKey::id).toList();
    return ids.contains(id)
        ? "The signature is wrong: this file was altered since it was made"
        : "Signed with the key "
            + id
            + ", which this box does not trust; it trusts "
            + ids.stream().collect(Collectors.joining(", "));
  }

  private static Manifest parse(ByteBuffer signed) throws BadSignatureException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(signed.duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw new BadSignatureException("The signature is right, but it is not UTF-8");
    }
    // Not lines(): that knows more line ends, which may stand in names.
    String[] lines = text.split("\n");
    SortedMap<String, String> hashes = new TreeMap<>();
    for (int i = 4; i < lines.length; i++) {
      Matcher file = FILE.matcher(lines[i]);
      if (!file.matches() || hashes.put(file.group(2), file.group(1)) != null) {
        throw unreadable(i);
      }
    }
    if (hashes.isEmpty() || !lines[3].startsWith("key ")) {
      throw unreadable(3);
    }
    try {
      return new Manifest(
          value(lines, 1, "module "), Instant.parse(value(lines, 2, "signed ")), hashes);
    } catch (DateTimeException e) {
      throw unreadable(2);
    }
  }

  private static String value(String[] lines, int line, String name) throws BadSignatureException {
    if (!lines[line].startsWith(name)) {
      throw unreadable(line);
    }
    return lines[line].substring(name.length());
  }

  private static BadSignatureException unreadable(int line) {
    return new BadSignatureException(
        "The signature is right, but its line " + (line + 1) + " cannot be understood");
  }
}
