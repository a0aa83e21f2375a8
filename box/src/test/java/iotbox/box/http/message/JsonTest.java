package iotbox.box.http.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

  @Test
  void readsAllKindsOfValues() throws MalformedJsonException {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("a", List.of(1, 2.5, true, false, new BigInteger("12345678901234567890")));
    expected.put("b", null);
    expected.put("ü", "é\n");
    assertEquals(
        expected,
        Json.read("{\"a\":[1,2.5,true,false,12345678901234567890],\"b\":null,\"ü\":\"é\\n\"}")
            .value());
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertEquals("it is empty", failure(""));
    assertEquals("more follows after its end", failure("{} {}"));
    assertEquals(
        "Unexpected end-of-input: expected close marker for Object at line 1, column 2",
        failure("{"));
    assertEquals(
        "Unexpected character ('x' (code 120)): was expecting double-quote to start field name"
            + " at line 2, column 1",
        failure("{\nx}"));
  }

  @Test
  void refusesDepthThatNoClientNeeds() throws MalformedJsonException {
    Json.read("[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH));
    failure("[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1));
  }

  @Test
  void refusesMorePartsThanAnyClientNeeds() throws MalformedJsonException {
    String most = "[" + "1,".repeat(Json.MAX_TOKENS - 3) + "1]";
    assertEquals(Json.MAX_TOKENS, Json.read(most).tokens());
    assertEquals(
        "Token count (200001) exceeds the maximum allowed (200000)",
        failure(most.replaceFirst("1", "1,1")));
    String empties = "[" + "[],".repeat(1_000_000) + "0]";
    assertTrue(failure(empties).contains("Token count"));
  }

  @Test
  void refusesNumbersAndNamesOfUnreasonableLength() throws MalformedJsonException {
    Json.read("1".repeat(1_000));
    assertTrue(failure("1".repeat(1_001)).contains("length"));
    assertTrue(failure("-0." + "1".repeat(100_000)).contains("length"));
    Json.read("{\"" + "n".repeat(10_000) + "\":0}");
    assertTrue(failure("{\"" + "n".repeat(10_001) + "\":0}").contains("length"));
  }

  @Test
  void aHugeExponentCostsNothing() throws MalformedJsonException {
    assertEquals("null", write(Json.read("1e999999999").value()));
  }

  @Test
  void refusesBytesThatAreNotText() {
    byte[] bytes = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
    assertThrows(MalformedJsonException.class, () -> Json.read(new ByteArrayInputStream(bytes)));
    byte[] utf32 = {0, 0, 0, '{', 1, 2, 3, 4};
    assertThrows(MalformedJsonException.class, () -> Json.read(new ByteArrayInputStream(utf32)));
  }

  @Test
  void writesNumbersAsPeopleDo() {
    assertEquals("1795312262.000041", write(1795312262.000041));
    assertEquals("1.1", write(1.1f));
    assertEquals("[1,2,3]", write(List.of(1, 2L, (short) 3)));
    assertEquals("[null,null]", write(List.of(Double.NaN, Float.POSITIVE_INFINITY)));
    assertEquals("12345678901234567890", write(new BigInteger("12345678901234567890")));
  }

  @Test
  void writesWhatDriversMayPutIntoTheirData() {
    assertEquals("[1,2]", write(new int[] {1, 2}));
    assertEquals("[\"a\",null]", write(new String[] {"a", null}));
    assertEquals("\"AQI=\"", write(new byte[] {1, 2}));
    assertEquals("[\"SECONDS\"]", write(List.of(java.util.concurrent.TimeUnit.SECONDS)));
    assertEquals("{\"null\":1}", write(new HashMap<>(singleton(null, 1))));
    assertEquals("[\"x\"]", write(Arrays.asList(new StringBuilder("x"))));
  }

  @Test
  void neverRunsCodeOfForeignObjects() {
    assertEquals("\"iotbox.box.http.message.JsonTest$Foreign\"", write(new Foreign()));
  }

  @Test
  void valuesThatContainThemselvesEnd() {
    List<Object> loop = new ArrayList<>();
    loop.add(loop);
    assertEquals("[".repeat(201) + "null" + "]".repeat(201), write(loop));
  }

  private static Map<String, Object> singleton(String key, Object value) {
    Map<String, Object> map = new HashMap<>();
    map.put(key, value);
    return map;
  }

  private static String failure(String json) {
    return assertThrows(MalformedJsonException.class, () -> Json.read(json)).getMessage();
  }

  private static String write(Object value) {
    return new String(Json.write(value), StandardCharsets.UTF_8);
  }

  static final class Foreign {
    @Override
    public String toString() {
      throw new AssertionError("called");
    }
  }
}
