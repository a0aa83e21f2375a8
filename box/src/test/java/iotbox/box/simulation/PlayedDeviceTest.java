package iotbox.box.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import iotbox.box.thread.ManualAlarm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a script makes a device do, without a wire and without waiting. */
class PlayedDeviceTest {
  private final ManualAlarm alarm = new ManualAlarm();
  private final StringBuilder said = new StringBuilder();
  private PlayedDevice device;
  private PlayedDevice.Ear ear;

  @Test
  void itAnswersWhatItExpects() throws Exception {
    play("expect \"W\\r\"", "answer \"\\x02 1.234\\r\"");
    assertEquals("", said("W"));
    assertEquals("\u0002 1.234\r", said("\r"));
    assertEquals("\u0002 1.234\r\u0002 1.234\r", said("W\rW\r"));
  }

  @Test
  void everyFormOfATextIsTheSame() throws Exception {
    play("expect hex 57 + \"\\r\"", "answer hex 02 FF + \"\\t\\0\\\"\\\\\\{ä\\}\"  # a comment");
    assertEquals("\u0002\u00FF\t\0\"\\{ä}", said("W\r"));
  }

  @Test
  void answersAndValuesAreTakenInTurn() throws Exception {
    play("set weight \"1\", \"2\", \"3\"", "expect \"W\"", "answer \"<{weight}>\", silence, \"?\"");
    assertEquals("<1>", said("W"));
    assertEquals("", said("W"));
    assertEquals("?", said("W"));
    assertEquals("<2>", said("W"));
    assertEquals("?<3>?<1>", said("WWWWWW"));
  }

  @Test
  void whatIsHeardInsideALineSetsAVariable() throws Exception {
    play(
        "set unit \"mm\"",
        "expect \"UNIT {unit}\\n\"",
        "answer \"OK\\n\"",
        "expect \"UNIT in\\n\"",
        "answer \"no inches\\n\"",
        "expect \"UNIT?\\n\"",
        "answer \"{unit}\\n\"");
    assertEquals("mm\n", said("UNIT?\n"));
    assertEquals("OK\ncm\n", said("UNIT cm\nUNIT?\n"));
    assertEquals("no inches\ncm\n", said("UNIT in\nUNIT?\n"));
  }

  @Test
  void aDeviceThatListensInLinesTakesThemAsAWhole() throws Exception {
    play("expect \"S\\r\\n\"", "answer \"1\"", "expect \"SI\\r\\n\"", "answer \"2\"");
    assertEquals("", said("XS\r\n"));
    assertEquals("12", said("S\r\nSI\r\n"));
    assertEquals(List.of("XS\r\n", "S\r\n", "SI\r\n"), device.heard());
  }

  @Test
  void whatAnotherDriverBeganIsForgottenAfterAPause() throws Exception {
    play("expect \"ID?\\r\"", "answer \"scale\\r\"", "otherwise", "answer \"what?\\r\"");
    assertEquals("", said("Ehello"));
    alarm.pass(Duration.ofMillis(301));
    assertEquals("scale\r", said("ID?\r"));
    assertEquals(List.of("Ehello", "ID?\r"), device.heard());
  }

  @Test
  void otherwiseAnswersOtherLines() throws Exception {
    play("expect \"S\\r\\n\"", "answer \"1\"", "otherwise", "answer \"ES\"");
    assertEquals("ES1ES", said("X\r\nS\r\n\r\n"));
  }

  @Test
  void aDeviceWithoutLinesFindsItsWordsAnywhere() throws Exception {
    List<Talk> talks = new ArrayList<>();
    play("expect \"W\"", "answer \"1\"", "expect \"EW\"", "answer \"2\"");
    device.onTalk(talks::add);
    assertEquals("12", said("xyWEW"));
    assertEquals(List.of("xy", "W", "EW"), device.heard());
    assertEquals(
        List.of(
            new Talk(Talk.Kind.UNEXPECTED, "xy"),
            new Talk(Talk.Kind.EXPECTED, "W"),
            new Talk(Talk.Kind.SAID, "1"),
            new Talk(Talk.Kind.EXPECTED, "EW"),
            new Talk(Talk.Kind.SAID, "2")),
        talks);
    assertEquals("\\x02a\\r\\\"\\{", new Talk(Talk.Kind.SAID, "\u0002a\r\"{").readable());
  }

  @Test
  void itDoesOneThingAfterTheOther() throws Exception {
    play(
        "set weight \"5\"",
        "expect \"T\"",
        "wait 300 ms",
        "set weight \"0\"",
        "answer \"ok \"",
        "expect \"W\"",
        "answer \"{weight} \"");
    assertEquals("5 ", said("W"));
    assertEquals("", said("TW"));
    assertEquals("", after(299));
    assertEquals("ok 0 ", after(1));
  }

  @Test
  void itSpeaksByItself() throws Exception {
    play("every 2 s", "answer \"a\"", "every 3 s", "answer \"b\"", "wait 500 ms", "answer \"c\"");
    assertEquals("", after(1999));
    assertEquals("a", after(1));
    assertEquals("bcab", after(4_000));
  }

  @Test
  void aHandChangesAVariable() throws Exception {
    play("set weight \"1\"", "expect \"W\"", "answer \"{weight}\"");
    device.set("weight", "7", "8");
    assertEquals("787", said("WWW"));
    assertEquals(
        "scale.line has no variable \"wieght\"; it has [weight]",
        assertThrows(IllegalArgumentException.class, () -> device.set("wieght", "1")).getMessage());
    assertThrows(IllegalArgumentException.class, () -> device.set("weight"));
  }

  @Test
  void anotherScriptIsPlayedAtTheSameWire() throws Exception {
    play("expect \"W\"", "wait 1 s", "answer \"old\"", "every 1 s", "answer \"old\"");
    said("W");
    device.play(LineScript.parse("scale.line", "expect \"X\"\nanswer \"new\""));
    assertEquals("", after(5_000));
    assertEquals("new", said("WX"));
  }

  @Test
  void whoeverIsClosedSaysNothing() throws Exception {
    play("expect \"W\"", "wait 1 s", "answer \"late\"", "every 1 s", "answer \"late\"");
    said("W");
    device.close();
    assertEquals("", after(5_000));
  }

  private void play(String... lines) throws Exception {
    LineScript script = LineScript.parse("scale.line", String.join("\n", lines));
    Wire wire = bytes -> said.append(new String(bytes, StandardCharsets.ISO_8859_1));
    device = new PlayedDevice(script, alarm, alarm, Runnable::run, wire);
    ear = device.ear(wire);
  }

  private String said(String heard) {
    byte[] bytes = heard.getBytes(StandardCharsets.ISO_8859_1);
    ear.hear(bytes, bytes.length);
    return take();
  }

  private String after(int millis) {
    alarm.pass(Duration.ofMillis(millis));
    return take();
  }

  private String take() {
    String all = said.toString();
    said.setLength(0);
    return all;
  }
}
