package iotbox.stock.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How a page notices that it hangs, in the words of DevTools. With a Chromium: KioskTest. */
class KioskPageTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ATTACHED =
      "{'method':'Target.attachedToTarget','params':{'sessionId':'S',"
          + "'targetInfo':{'type':'page','targetId':'T'}}}";

  /** What a clock shows that does not begin at 0. */
  private final long begin = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(50);

  private final Pipes pipes = new Pipes();
  private KioskPage page;

  @BeforeEach
  void start() throws IOException {
    Browser browser = new Browser(pipes, reading -> {}, message -> {});
    page =
        new KioskPage(
            browser, Pulse.Patience.USUAL, LoggerFactory.getLogger(KioskPageTest.class), begin);
    page.show(new Target("http://shop.example/", false), begin);
    pipes.commands();
  }

  @Test
  void goesNowhereBeforeItHearsOfThePage() throws IOException {
    say(ATTACHED, 0);
    page.show(new Target("http://shop.example/other", false), at(1));
    List<JsonNode> commands = pipes.commands();
    assertEquals(List.of("Inspector.enable", "Page.enable"), methods(commands));
    say("{'id':" + commands.get(1).path("id") + ",'sessionId':'S','result':{}}", 1);
    commands = pipes.commands();
    assertEquals(List.of("Page.navigate"), methods(commands));
    assertEquals("http://shop.example/other", commands.get(0).at("/params/url").asText());
  }

  private static List<String> methods(List<JsonNode> commands) {
    return commands.stream().map(command -> command.path("method").asText()).toList();
  }

  @Test
  void aSilentPageIsAskedOnceAndAnswers() throws IOException {
    attach(0);
    page.tend(at(29));
    assertEquals(List.of(), pipes.commands());
    page.tend(at(30));
    JsonNode question = pipes.commands().get(0);
    assertEquals("Runtime.evaluate", question.path("method").asText());
    assertEquals("S", question.path("sessionId").asText());
    page.tend(at(35));
    assertEquals(List.of(), pipes.commands());
    assertFalse(page.hangs(at(39)));
    say("{'id':" + question.path("id") + ",'sessionId':'S','result':{}}", 39);
    assertFalse(page.hangs(at(80)));
    page.tend(at(69));
    assertEquals(1, pipes.commands().size(), "and again after as long a silence");
  }

  @Test
  void onlyTheAnswerItselfIsOne() throws IOException {
    attach(0);
    page.tend(at(30));
    say("{'method':'Target.targetInfoChanged','params':{}}", 38);
    assertTrue(page.hangs(at(40)), "the browser is there, its page is not");
  }

  @Test
  void aRefusalIsAnAnswerToo() throws IOException {
    attach(0);
    page.tend(at(30));
    JsonNode id = pipes.commands().get(0).path("id");
    say("{'id':" + id + ",'sessionId':'S','error':{'message':'it navigated'}}", 31);
    assertFalse(page.hangs(at(60)));
  }

  @Test
  void whateverItSaysPutsTheQuestionOff() throws IOException {
    attach(0);
    say("{'method':'Page.frameStoppedLoading','sessionId':'S','params':{}}", 20);
    page.tend(at(49));
    assertEquals(List.of(), pipes.commands());
    page.tend(at(50));
    assertEquals(1, pipes.commands().size());
  }

  @Test
  void whoHasItLoadedAgainHasItAskedAtOnceAndGivesItNoMoreTime() throws IOException {
    attach(0);
    page.reload(at(5));
    page.reload(at(14));
    assertFalse(page.hangs(at(14)));
    assertTrue(page.hangs(at(15)));
  }

  @Test
  void aBrokenPageOwesNoAnswer() throws IOException {
    attach(0);
    page.reload(at(5));
    say("{'method':'Inspector.targetCrashed','sessionId':'S','params':{}}", 6);
    assertFalse(page.hangs(at(30)));
  }

  @Test
  void aBrowserWithoutAPageIsAskedItself() throws IOException {
    page.tend(at(30));
    JsonNode question = pipes.commands().get(0);
    assertEquals("Browser.getVersion", question.path("method").asText());
    assertFalse(question.has("sessionId"));
    assertTrue(page.hangs(at(40)));
  }

  private void attach(int second) throws IOException {
    say(ATTACHED, second);
    pipes.commands();
  }

  private void say(String json, int second) throws IOException {
    page.take(JSON.readTree(json.replace('\'', '"')), at(second));
  }

  private long at(int second) {
    return begin + TimeUnit.SECONDS.toNanos(second);
  }

  /** A browser that takes everything. */
  private static final class Pipes extends Process {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    /** Those that came since the last call. */
    List<JsonNode> commands() throws IOException {
      List<JsonNode> commands = new ArrayList<>();
      for (String each : sent.toString(StandardCharsets.UTF_8).split("\0")) {
        if (!each.isEmpty()) {
          commands.add(JSON.readTree(each));
        }
      }
      sent.reset();
      return commands;
    }

    @Override
    public OutputStream getOutputStream() {
      return sent;
    }

    @Override
    public InputStream getInputStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
      return 0;
    }

    @Override
    public int exitValue() {
      return 0;
    }

    @Override
    public void destroy() {}
  }
}
