package iotbox.box.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.access.Origins.Entry;
import iotbox.box.access.Origins.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginsTest {
  private static final WebOrigin POS = origin("https://pos.example");

  @TempDir Path data;
  private final ManualClock clock = new ManualClock();
  private final AtomicReference<String> paired = new AtomicReference<>();

  @Test
  void anUnpairedBoxAllowsNobody() {
    Origins origins = origins();
    assertFalse(origins.allows(POS));
    assertFalse(origins.areAllAllowed());
    assertEquals(List.of(), origins.entries());
  }

  @Test
  void thePairedOdooIsFollowed() {
    Origins origins = origins();
    paired.set("http://odoo.example:8069");
    for (String allowed :
        List.of("http://odoo.example:8069", "https://odoo.example:8069", "https://odoo.example")) {
      assertTrue(origins.allows(origin(allowed)), allowed);
    }
    for (String other :
        List.of("http://odoo.example", "http://odoo.example:8070", "https://evil-odoo.example")) {
      assertFalse(origins.allows(origin(other)), other);
    }
    paired.set("https://my.odoo.com");
    assertTrue(origins.allows(origin("https://my.odoo.com")));
    assertFalse(origins.allows(origin("http://my.odoo.com")), "nobody on the way can be it");
    assertFalse(origins.allows(origin("https://odoo.example")));
    assertEquals(
        List.of(new Entry("https://my.odoo.com", State.PAIRED, null, null)), origins.entries());
    paired.set(null);
    assertFalse(origins.allows(origin("https://my.odoo.com")));
  }

  @Test
  void theStartCanAllowSitesOrAll() {
    Origins some = origins("https://pos.example", "http://192.168.1.9:8069");
    assertTrue(some.allows(POS));
    assertFalse(some.areAllAllowed());
    Origins all = origins("*");
    assertTrue(all.allows(POS));
    assertTrue(all.areAllAllowed());
    assertEquals(List.of(new Entry("*", State.OPTION, null, null)), all.entries());
    assertThrows(IllegalArgumentException.class, () -> origins("pos.example"));
  }

  @Test
  void aQuestionIsThereOnceUntilItIsAnswered() throws IOException {
    Origins origins = origins();
    Instant first = clock.instant();
    origins.asked(POS, "192.0.2.1");
    clock.pass(Duration.ofMinutes(5));
    origins.asked(POS, "192.0.2.2");
    assertEquals(
        List.of(new Entry(POS.text(), State.ASKING, first, clock.instant())), origins.entries());

    Instant answered = clock.instant();
    origins.answer(POS, false);
    clock.pass(Duration.ofMinutes(5));
    origins.asked(POS, "192.0.2.1");
    assertFalse(origins.allows(POS));
    assertEquals(
        List.of(new Entry(POS.text(), State.REFUSED, answered, clock.instant())),
        origins.entries());

    origins.answer(POS, true);
    assertTrue(origins.allows(POS));
    origins.forget(POS);
    assertFalse(origins.allows(POS));
    assertEquals(List.of(), origins.entries());
  }

  @Test
  void aQuestionThatAnsweredItselfGoes() {
    Origins origins = origins();
    origins.asked(POS, "192.0.2.1");
    paired.set(POS.text());
    assertEquals(
        List.of(new Entry(POS.text(), State.PAIRED, null, clock.instant())), origins.entries());
  }

  @Test
  void questionsAreFewAndTheNewestAreFirst() {
    Origins origins = origins();
    for (int i = 0; i < 100; i++) {
      origins.asked(origin("https://s" + i + ".example"), "192.0.2." + i);
    }
    assertEquals(
        IntStream.range(0, OriginQuestions.MOST)
            .mapToObj(i -> "https://s" + (99 - i) + ".example")
            .toList(),
        origins.entries().stream().map(Entry::origin).toList());
  }

  @Test
  void whoeverFloodsTheOwnerWithQuestionsDisplacesOnlyTheirOwn() {
    Origins origins = origins();
    origins.asked(POS, "192.0.2.1");
    for (int i = 0; i < 100; i++) {
      origins.asked(origin("https://s" + i + ".example"), "192.0.2.66");
    }
    List<Entry> entries = origins.entries();
    assertEquals(1 + OriginQuestions.MOST_OF_ONE, entries.size());
    assertEquals(POS.text(), entries.get(entries.size() - 1).origin());
  }

  @Test
  void whatIsNotAskedAnyMoreIsForgotten() {
    Origins origins = origins();
    origins.asked(POS, "192.0.2.1");
    clock.pass(OriginQuestions.LASTS);
    assertEquals(1, origins.entries().size());
    clock.pass(Duration.ofSeconds(1));
    assertEquals(List.of(), origins.entries());
  }

  @Test
  void answersOutlastARestartInAPrivateFile() throws IOException {
    origins().answer(POS, true);
    origins().answer(origin("http://other.example:81"), false);

    Origins again = origins();
    assertTrue(again.allows(POS));
    assertEquals(
        List.of(State.ALLOWED, State.REFUSED), again.entries().stream().map(Entry::state).toList());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("origins"))));
    again.forget(POS);
    assertFalse(origins().allows(POS));
  }

  @Test
  void aDamagedFileIsPutAsideAndAllAskAgain() throws IOException {
    for (String damaged :
        List.of(
            "allowed 2026-11-26T08:00:00Z\n",
            "allowed yesterday https://pos.example\n",
            "perhaps 2026-11-26T08:00:00Z https://pos.example\n",
            "allowed 2026-11-26T08:00:00Z *\n",
            "allowed 2026-11-26T08:00:00Z https://pos.example\n\0\0\0")) {
      Files.writeString(data.resolve("origins"), damaged);
      Origins origins = origins();
      assertFalse(origins.allows(POS), damaged);
      assertFalse(Files.exists(data.resolve("origins")));
    }
    assertTrue(Files.readString(data.resolve("origins.bad-2")).contains("yesterday"));
    origins().answer(POS, true);
    assertTrue(origins().allows(POS));
  }

  @Test
  void whatCannotBeReadJustNowIsNotReplaced() throws IOException {
    origins().answer(POS, true);
    Path file = data.resolve("origins");
    Path moved = Files.move(file, data.resolve("moved"));
    Files.createDirectory(file); // Which is no file to read.
    Origins origins = origins();
    assertFalse(origins.allows(POS));
    assertThrows(IOException.class, () -> origins.answer(origin("https://a.example"), true));
    Files.delete(file);
    Files.move(moved, file);
    assertTrue(origins.allows(POS));
    assertFalse(origins.allows(origin("https://a.example")));
  }

  @Test
  void whatCannotBeKeptIsNotAllowedEither() throws IOException {
    Origins origins = origins();
    origins.answer(POS, false);
    Files.delete(data.resolve("origins"));
    Files.createDirectories(data.resolve("origins/occupied"));
    assertThrows(IOException.class, () -> origins.answer(POS, true));
    assertFalse(origins.allows(POS));
    assertThrows(IOException.class, () -> origins.forget(POS));
    assertEquals(State.REFUSED, origins.entries().get(0).state());
  }

  @Test
  void answersAreBounded() throws IOException {
    StringBuilder full = new StringBuilder();
    for (int i = 0; i < OriginAnswers.MOST; i++) {
      full.append("refused 2026-11-26T08:00:00Z https://s" + i + ".example\n");
    }
    Files.writeString(data.resolve("origins"), full);
    Origins origins = origins();
    assertThrows(IllegalStateException.class, () -> origins.answer(POS, true));
    origins.answer(origin("https://s0.example"), true);
    origins.forget(origin("https://s1.example"));
    origins.answer(POS, true);
    assertTrue(origins.allows(POS));
  }

  private Origins origins(String... inAdvance) {
    return new Origins(
        AllowedOrigins.of(List.of(inAdvance)), paired::get, new OriginAnswers(data), clock);
  }

  private static WebOrigin origin(String text) {
    return WebOrigin.of(text).orElseThrow();
  }
}
