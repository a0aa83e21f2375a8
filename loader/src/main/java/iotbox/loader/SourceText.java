package iotbox.loader;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The text of a source.
 *
 * @param latin1 whether it had to be read as Latin-1, because it is not UTF-8
 */
record SourceText(String text, boolean latin1) {

  static SourceText decode(byte[] content) {
    boolean marked =
        content.length >= 3
            && content[0] == (byte) 0xEF
            && content[1] == (byte) 0xBB
            && content[2] == (byte) 0xBF;
    int start = marked ? 3 : 0;
    try {
      ByteBuffer bytes = ByteBuffer.wrap(content, start, content.length - start);
      return new SourceText(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(), false);
    } catch (CharacterCodingException e) {
      return new SourceText(new String(content, StandardCharsets.ISO_8859_1), true);
    }
  }
}
