package iotbox.stock.printer.mdns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.stock.printer.mdns.DnsMessage.Question;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DnsMessageTest {
  private static final Set<List<String>> TYPES =
      Set.of(List.of("_pdl-datastream", "_tcp", "local"));

  /** As a receipt printer answers, names shortened by pointers. */
  private static final byte[] ANSWER =
      message(
          "0000 8400 0000 0001 0000 0003",
          // _pdl-datastream._tcp.local PTR TM.m30 (a label with a dot)
          "0f " + hex("_pdl-datastream") + "04 " + hex("_tcp") + "05 " + hex("local") + "00",
          "000c 0001 00001194 0009 06" + hex("TM.m30") + "c00c",
          // SRV 9100 at epson.local
          "c032 0021 8001 00000078 000e 0000 0000 238c 05" + hex("epson") + "c021",
          // TXT
          "c032 0010 8001 00001194 0010 0f" + hex("usb_CMD=ESC/POS"),
          // A
          "05" + hex("epson") + "c021 0001 8001 00000078 0004 c0000232");

  @Test
  void aPrinterIsKnownFromOneAnswer() {
    ServiceCache cache = new ServiceCache(TYPES);

    DnsMessage.answers(ByteBuffer.wrap(ANSWER)).forEach(record -> cache.add(record, 0));

    assertEquals(
        List.of(
            new Announcement(
                "TM.m30", "_pdl-datastream", "192.0.2.50", 9100, Map.of("usb_cmd", "ESC/POS"))),
        cache.known());
    assertEquals(List.of(), cache.questions(0));
  }

  @Test
  void whatIsAboutToEndIsAskedForAndWhatHasEndedIsForgotten() {
    ServiceCache cache = new ServiceCache(TYPES);
    DnsMessage.answers(ByteBuffer.wrap(ANSWER)).forEach(record -> cache.add(record, 0));

    assertEquals(
        List.of(
            new Question(List.of("TM.m30", "_pdl-datastream", "_tcp", "local"), DnsRecord.SRV),
            new Question(List.of("epson", "local"), DnsRecord.A)),
        cache.questions(100));

    cache.forgetOld(120);
    assertEquals(List.of(), cache.known());
  }

  @Test
  void aGoodbyeEndsIt() {
    ServiceCache cache = new ServiceCache(TYPES);
    List<DnsRecord> records = DnsMessage.answers(ByteBuffer.wrap(ANSWER));
    records.forEach(record -> cache.add(record, 0));

    cache.add(new DnsRecord(records.get(0).name(), 0, false, records.get(0).data()), 1);

    assertEquals(List.of(), cache.known());
  }

  @Test
  void otherTypesAreNoConcern() {
    ServiceCache cache = new ServiceCache(Set.of(List.of("_ipp", "_tcp", "local")));

    DnsMessage.answers(ByteBuffer.wrap(ANSWER)).forEach(record -> cache.add(record, 0));

    assertEquals(List.of(), cache.known());
  }

  @Test
  void aQueryIsAsEverybodyReadsIt() {
    ByteBuffer query =
        DnsMessage.query(List.of(new Question(List.of("_ipp", "_tcp", "local"), DnsRecord.PTR)));

    byte[] bytes = new byte[query.remaining()];
    query.get(bytes);
    assertEquals(
        "000000000001000000000000" + "045f697070045f746370056c6f63616c00" + "000c0001",
        HexFormat.of().formatHex(bytes));
  }

  @Test
  void aNameThatLeadsInACircleIsNoName() {
    byte[] circle = message("0000 8400 0000 0001 0000 0000", "c00c 000c 0001 00000078 0002 c00c");

    assertTrue(DnsMessage.answers(ByteBuffer.wrap(circle)).isEmpty());
  }

  @Property(tries = 300)
  void nothingThatIsSentDoesHarm(@ForAll byte[] bytes) {
    assertDoesNotThrow(() -> DnsMessage.answers(ByteBuffer.wrap(bytes)));
  }

  @Property(tries = 300)
  void norDoesAnAnswerWithAFault(@ForAll byte[] fault, @ForAll short at) {
    byte[] bytes = ANSWER.clone();
    int start = Math.floorMod(at, bytes.length);
    System.arraycopy(fault, 0, bytes, start, Math.min(fault.length, bytes.length - start));
    ServiceCache cache = new ServiceCache(TYPES);

    DnsMessage.answers(ByteBuffer.wrap(bytes)).forEach(record -> cache.add(record, 0));

    cache.questions(0).forEach(question -> DnsMessage.query(List.of(question)));
    cache.known();
  }

  private static byte[] message(String... parts) {
    return HexFormat.of().parseHex(String.join("", parts).replace(" ", ""));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(ISO_8859_1));
  }
}
