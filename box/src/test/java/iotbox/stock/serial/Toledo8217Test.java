package iotbox.stock.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Toledo8217Test {
  @ParameterizedTest
  @CsvSource({"1.234, 1.234", "01.234N, 1.234", "' 12.5', 12.5", "000000, 0", "7, 7", ".5, 0.5"})
  void aWeightIsDigitsAndADot(String digits, double weight) throws Exception {
    assertEquals(WeightReading.of(weight), read("\u0002" + digits + "\r"));
  }

  @Test
  void whatCameBeforeTheStartIsSkipped() throws Exception {
    assertEquals(WeightReading.of(2), read("9.9\u00022.000\r"));
  }

  @ParameterizedTest
  @CsvSource({
    "A, Scale in motion",
    "D, Under zero",
    "H, Outside zero capture range",
    "E, 'Scale in motion, Under zero'",
    "P, Center of zero",
    "!, 'Scale in motion, Net weight'"
  })
  void aPassingStatusIsANote(char status, String note) throws Exception {
    assertEquals(WeightReading.unsettled(note), read("\u0002?" + status + "\r"));
  }

  @Test
  void aStatusWithoutAKnownBitIsANoteToo() throws Exception {
    assertEquals("Scale gives no weight", read("\u0002?\u0000\r").note());
  }

  @Test
  void overCapacityIsAFaultThatSaysWhatToDo() throws Exception {
    assertEquals("Over capacity: take load off the scale", read("\u0002?B\r").fault());
  }

  @Test
  void aRefusedRequestIsAFault() throws Exception {
    assertTrue(read("\u0002?@\r").fault().contains("protocol 8217"));
  }

  @ParameterizedTest
  @CsvSource({"1.234\r", "\u0002\r", "\u00021.2.3\r", "\u0002-1\r", "\u0002F\r", "\u0002.\r"})
  void anythingElseIsNamed(String answer) {
    AnswerException e = assertThrows(AnswerException.class, () -> read(answer + "\r"));
    assertTrue(e.getMessage().contains("neither a weight nor a status"), e.getMessage());
  }

  private static WeightReading read(String answer) throws AnswerException {
    return Toledo8217.weight(answer.getBytes(StandardCharsets.ISO_8859_1));
  }
}
