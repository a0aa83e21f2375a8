package iotbox.loader;

import static iotbox.loader.TestArchive.handlers;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The order of a change, with the loader as the one who makes it. */
class HandlerRegistryTest {
  private final BuiltinHandlers builtins = BuiltinHandlers.none();
  private final HandlerRegistry registry = new HandlerRegistry(builtins.handlers());
  private final HandlerLoader loader =
      new HandlerLoader(registry, builtins, Programs.VISIBLE, Platform.LINUX);
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<?> stopped = CompletableFuture.completedFuture(null);

  private void listen() {
    registry.onChange(
        new HandlerRegistry.Listener() {
          @Override
          public CompletableFuture<?> leaving(Set<HandlerSet> sets) {
            heard.add("leaving " + sets + " of " + registry.current().generation());
            return stopped;
          }

          @Override
          public void changed(Handlers before, Handlers after) {
            assertSame(after, registry.current());
            heard.add("changed " + before.generation() + " to " + after.generation());
          }
        });
  }

  @Test
  void whatChangedLeavesBeforeTheSwapAndWhatDidNotStays() {
    load("1");
    listen();
    HandlerSet other = set("Other");

    load("2");

    assertEquals(
        List.of("leaving [[drivers/Changing.java]] of 1", "changed 1 to 2"), List.copyOf(heard));
    assertSame(other, set("Other"));
  }

  @Test
  void theSwapWaitsUntilTheOldHandlersHaveStopped() {
    load("1");
    listen();
    HandlerSet old = set("Changing");
    CompletableFuture<Void> stop = new CompletableFuture<>();
    stopped = stop;

    CompletableFuture<Void> reload = CompletableFuture.runAsync(() -> load("2"));
    await().until(() -> !heard.isEmpty());
    assertSame(old, set("Changing"));
    stop.complete(null);
    reload.join();

    assertNotSame(old, set("Changing"));
  }

  @Test
  void changesTakeEffectInTheOrderOfTheirLoading() {
    load("1");
    listen();
    CompletableFuture<Void> stop = new CompletableFuture<>();
    stopped = stop;
    CompletableFuture<Void> second = CompletableFuture.runAsync(() -> load("2"));
    await().until(() -> !heard.isEmpty());

    CompletableFuture<Void> third = CompletableFuture.runAsync(() -> load("3"));
    stop.complete(null);
    CompletableFuture.allOf(second, third).join();

    assertEquals(
        List.of(
            "leaving [[drivers/Changing.java]] of 1",
            "changed 1 to 2",
            "leaving [[drivers/Changing.java]] of 2",
            "changed 2 to 3"),
        List.copyOf(heard));
  }

  @Test
  void handlersThatDoNotStopWellAreReplacedAllTheSame() {
    load("1");
    listen();
    stopped = CompletableFuture.failedFuture(new IllegalStateException("stuck"));

    load("2");

    assertEquals(2, registry.current().generation());
  }

  @Test
  void aRefusedVersionStopsNothing() {
    load("1");
    listen();
    HandlerSet old = set("Changing");

    loader.reload("odoo", archive("int x = \"no\";"));

    assertSame(old, set("Changing"));
    assertTrue(heard.stream().noneMatch(line -> line.startsWith("leaving")), heard.toString());
  }

  private void load(String version) {
    loader.reload("odoo", archive("int version = " + version + ";"));
  }

  private static HandlerArchive archive(String member) {
    return handlers()
        .driver("Other")
        .file(
            "drivers/Changing.java",
            TestArchive.driverSource("Changing", "Driver", "  " + member + "\n"))
        .archive();
  }

  private HandlerSet set(String name) {
    return registry.current().sets().stream()
        .filter(set -> set.name().contains("/" + name + ".java"))
        .findFirst()
        .orElseThrow();
  }
}
