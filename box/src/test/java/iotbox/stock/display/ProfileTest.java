package iotbox.stock.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
  @TempDir Path parent;

  private Path folder() {
    return parent.resolve("HDMI-1");
  }

  private void lockFor(Process process) throws Exception {
    Files.createDirectories(folder().resolve("Default"));
    Files.writeString(folder().resolve("Default/History"), "what was before");
    Files.createSymbolicLink(folder().resolve("SingletonLock"), Path.of("till-" + process.pid()));
  }

  private static Process sleeper(String word) throws Exception {
    return new ProcessBuilder("sh", "-c", "sleep 100; : " + word).start();
  }

  @Test
  void aBrowserThatOutlivedItsBoxIsEndedAndNothingOfItIsLeft() throws Exception {
    Process leftover = sleeper("--user-data-dir=" + folder());
    List<ProcessHandle> sleep = leftover.descendants().toList();
    lockFor(leftover);
    assertEquals(folder(), new Profile(parent, "HDMI-1").fresh());
    assertTrue(leftover.waitFor(5, TimeUnit.SECONDS));
    try (Stream<Path> files = Files.list(folder())) {
      assertEquals(List.of(), files.toList());
    }
    sleep.forEach(ProcessHandle::destroy);
  }

  @Test
  void anotherProgramThatHasItsNumberNowIsLeftAlone() throws Exception {
    Process other = sleeper("something else");
    lockFor(other);
    new Profile(parent, "HDMI-1").fresh();
    assertTrue(other.isAlive());
    other.descendants().forEach(ProcessHandle::destroy);
    other.destroy();
  }

  @Test
  void itsNameIsThatOfTheScreenWithoutWhatLeadsElsewhere() throws Exception {
    Path fresh = new Profile(parent, "../HDMI 1").fresh();
    assertEquals(parent.resolve("___HDMI_1"), fresh);
    new Profile(parent, "../HDMI 1").delete();
    assertFalse(Files.exists(fresh));
    new Profile(parent, "../HDMI 1").delete();
  }
}
