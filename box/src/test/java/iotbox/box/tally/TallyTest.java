package iotbox.box.tally;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  void eachWordHasItsCount() {
    Tally tally = new Tally("printer");
    tally.add("scale");
    tally.add("scale");
    tally.add("camera");

    assertEquals(Map.of("camera", 1L, "printer", 0L, "scale", 2L), tally.now());
  }

  @Test
  void wordsThatAreTooManyAreOneWord() {
    Tally tally = new Tally();
    IntStream.range(0, 10_000).forEach(i -> tally.add("made-up-" + i));
    tally.add("made-up-3");

    Map<String, Long> counts = tally.now();
    assertEquals(Tally.MOST + 1, counts.size());
    assertEquals(2, counts.get("made-up-3"), "what is known is still counted by itself");
    assertEquals(10_001, counts.values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  void nothingIsLostBetweenThreads() {
    Tally tally = new Tally();
    IntStream.range(0, 100_000).parallel().forEach(i -> tally.add("w" + i % 3));

    assertEquals(Map.of("w0", 33_334L, "w1", 33_333L, "w2", 33_333L), tally.now());
  }
}
