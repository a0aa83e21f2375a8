package iotbox.box.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class RecordLayoutTest {

  @Test
  void anOrdinaryRecordStaysAsItIs() {
    String record = "2026-11-26 10:00:00.000 WARN  Scale: é\t中 \ud83d\ude00 fails\n";
    assertSame(record, RecordLayout.safe(record));
  }

  @Test
  void aStackTraceKeepsItsForm() {
    String record = "10:00 ERROR X: failed\njava.io.IOException: x\n\tat a.B.c(B.java:1)\n";
    assertEquals(
        "10:00 ERROR X: failed\n\tjava.io.IOException: x\n\tat a.B.c(B.java:1)\n",
        RecordLayout.safe(record));
  }

  @Test
  void nobodyCanWriteALineOfHisOwn() {
    assertEquals(
        "10:00 WARN  X: no action a\n\t10:01 ERROR Y: stolen\n",
        RecordLayout.safe("10:00 WARN  X: no action a\n10:01 ERROR Y: stolen\n"));
    assertEquals(
        "10:00 WARN  X: a\\u000d10:01 ERROR Y\n",
        RecordLayout.safe("10:00 WARN  X: a\r10:01 ERROR Y\n"));
    assertEquals("a\\u2028b\\u0085c\n", RecordLayout.safe("a\u2028b\u0085c\n"));
  }

  @Test
  void nothingChangesATerminalOrTurnsTheText() {
    assertEquals("\\u001b[31m\\u0007\\u0000\n", RecordLayout.safe("\u001b[31m\u0007\u0000\n"));
    assertEquals("\\u202egnp.exe\\u2066\n", RecordLayout.safe("\u202egnp.exe\u2066\n"));
  }

  @Test
  void linesOfWindowsStayLines() {
    assertEquals("a\r\n\tb\r\n", RecordLayout.safe("a\r\nb\r\n"));
  }
}
