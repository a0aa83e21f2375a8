package iotbox.loader.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of PEM: {@code -----BEGIN kind-----}, base64, {@code -----END kind-----}. */
final class PemBlock {
  private static final int LINE = 64;

  private PemBlock() {}

  static String write(String kind, byte[] der) {
    byte[] lineEnd = {'\n'};
    String base64 =
        new String(Base64.getMimeEncoder(LINE, lineEnd).encode(der), StandardCharsets.US_ASCII);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  static boolean contains(String text, String kind) {
    return text.contains("-----BEGIN " + kind + "-----");
  }

  /** What the first block of this kind holds; empty if there is none that is whole. */
  static Optional<byte[]> read(String text, String kind) {
    Matcher block =
        Pattern.compile(
                "-----BEGIN " + kind + "-----([A-Za-z0-9+/=\\s]*)-----END " + kind + "-----")
            .matcher(text);
    try {
      return block.find()
          ? Optional.of(Base64.getMimeDecoder().decode(block.group(1)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
