package iotbox.stock.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TelnetDecoderPropertyTest {
  /** Pieces of data with commands and messages between them, cut anywhere. */
  @Property(tries = 300)
  void takesDataAndCommandsApartHoweverTheyArrive(
      @ForAll @Size(max = 8) List<byte[]> pieces, @ForAll @IntRange(min = 1, max = 7) int cut) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    List<String> sent = new ArrayList<>();
    for (byte[] piece : pieces) {
      data.writeBytes(piece);
      escaped(stream, piece);
      stream.writeBytes(bytes(255, 253, 44, 255, 241, 255, 250));
      byte[] message = Arrays.copyOf(piece, Math.min(piece.length, 200));
      escaped(stream, message);
      stream.writeBytes(bytes(255, 240));
      sent.add("253 44");
      sent.add(Arrays.toString(message));
    }
    List<String> heard = new ArrayList<>();
    TelnetDecoder decoder =
        new TelnetDecoder(
            new TelnetDecoder.Commands() {
              @Override
              public void option(int verb, int option) {
                heard.add(verb + " " + option);
              }

              @Override
              public void subnegotiation(byte[] parameters) {
                heard.add(Arrays.toString(parameters));
              }
            });
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    byte[] all = stream.toByteArray();
    for (int from = 0; from < all.length; from += cut) {
      byte[] part = Arrays.copyOfRange(all, from, Math.min(all.length, from + cut));
      byte[] into = new byte[part.length];
      decoded.write(into, 0, decoder.decode(part, part.length, into));
    }
    assertArrayEquals(data.toByteArray(), decoded.toByteArray());
    assertEquals(sent, heard);
  }

  private static void escaped(ByteArrayOutputStream out, byte[] bytes) {
    for (byte each : bytes) {
      out.write(each);
      if (each == (byte) 255) {
        out.write(each);
      }
    }
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
