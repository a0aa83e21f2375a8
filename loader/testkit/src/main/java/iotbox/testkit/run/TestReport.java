package iotbox.testkit.run;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Tells of tests that fail, each with the line where it did. The lock {@code this} keeps apart what
 * tests tell that run at the same time.
 */
final class TestReport implements TestExecutionListener {
  private static final String INDENT = "    ";

  /** The beginning of a message that has a place in a file. */
  private static final Pattern PLACED =
      Pattern.compile("(\\S+\\.java):(?=\\d+:\\d+: (error|warning): )");

  private final ModuleSources sources;
  private final Function<Path, String> shown;
  private final PrintStream out;
  private final long start = System.nanoTime();
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger skipped = new AtomicInteger();

  /** A refused handler fails each test for the same reason. */
  private final Set<String> told = new HashSet<>();

  TestReport(ModuleSources sources, Function<Path, String> shown, PrintStream out) {
    this.sources = sources;
    this.shown = shown;
    this.out = out;
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    if (test.isTest()) {
      skipped.incrementAndGet();
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == Status.SUCCESSFUL) {
      if (test.isTest()) {
        passed.incrementAndGet();
      }
      return;
    }
    failed.incrementAndGet();
    result.getThrowable().ifPresent(thrown -> tell(test, thrown));
  }

  private synchronized void tell(TestIdentifier test, Throwable thrown) {
    String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    if (!(thrown instanceof AssertionError) && thrown.getMessage() != null) {
      message = thrown.getClass().getSimpleName() + ": " + message;
    }
    if (PLACED.matcher(message).lookingAt()) {
      tellOnce(message);
      return;
    }
    String place = place(test, thrown) + ": error: " + test.getDisplayName() + ": ";
    if (!told.add(message)) {
      out.println(place + "fails for the same reason");
      return;
    }
    List<String> lines = message.lines().toList();
    out.println(place + (lines.isEmpty() ? "" : lines.get(0)));
    lines.stream().skip(1).forEach(line -> out.println(INDENT + line));
  }

  /** A handler is refused, and says itself where. */
  private void tellOnce(String message) {
    if (told.add(message)) {
      message
          .lines()
          .map(PLACED::matcher)
          .map(line -> line.replaceFirst(found -> shown.apply(Path.of(found.group(1))) + ":"))
          .forEach(out::println);
    }
  }

  /** Where in the module's own files, innermost; else where the test is. */
  private String place(TestIdentifier test, Throwable thrown) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      Optional<Path> file = file(frame.getFileName());
      if (file.isPresent() && frame.getLineNumber() > 0) {
        return shown.apply(file.get()) + ":" + frame.getLineNumber();
      }
    }
    return testClass(test)
        .flatMap(name -> file(name.replaceFirst(".*\\.", "").replaceFirst("\\$.*", "") + ".java"))
        .map(file -> shown.apply(file) + ":1")
        .orElse(test.getDisplayName());
  }

  private static Optional<String> testClass(TestIdentifier test) {
    return test.getSource()
        .map(
            source ->
                source instanceof MethodSource method
                    ? method.getClassName()
                    : source instanceof ClassSource type ? type.getClassName() : "");
  }

  private Optional<Path> file(String name) {
    return sources.all().stream()
        .filter(file -> file.getFileName().toString().equals(name))
        .findFirst();
  }

  /** Tells how many there were; whether all is well. */
  boolean summary() {
    int all = passed.get() + failed.get();
    double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
    String rest =
        (skipped.get() == 0 ? "" : ", " + skipped + " skipped")
            + String.format(java.util.Locale.ROOT, " (%.1f s)", seconds);
    if (failed.get() > 0) {
      out.println(failed + " of " + all + " tests failed" + rest);
    } else if (all == 0) {
      out.println("There are no tests: no method is annotated with @Test" + rest);
    } else {
      out.println(all + (all == 1 ? " test passed" : " tests passed") + rest);
    }
    return failed.get() == 0 && all > 0;
  }
}
