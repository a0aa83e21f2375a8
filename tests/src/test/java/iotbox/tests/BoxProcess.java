package iotbox.tests;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The box as people run it: the runnable jar in a process of its own, on a free port of the
 * loopback and with a data folder of its own unless a test says otherwise. Closing it sends SIGTERM
 * and waits.
 */
public final class BoxProcess implements AutoCloseable {
  /** The box's identifier in all tests. */
  public static final String IDENTIFIER = "testbox0001";

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final String PASSWORD_FILE = "--owner-password-file";
  private static final Pattern PASSWORD = Pattern.compile("The owner's password is (\\S+)");
  private static final Pattern SERVES = Pattern.compile("serves on port (\\d+)");
  private static final String READY = "iotbox ready on ";

  private final Process process;
  private final Path folder;
  private final List<String> stdout = new ArrayList<>(); // guarded by itself
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final Thread reader;
  private boolean terminated;

  /** How a box that was not to run ended. */
  public record Exit(int code, String stdout, String stderr) {}

  private BoxProcess(List<String> command, Path folder) throws IOException {
    this.folder = folder;
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("stderr").toFile());
    isolate(builder);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    process = builder.start();
    reader = new Thread(this::readOutput, "stdout of box " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * No box of a test is told anything by whoever runs the tests, asks odoo.com for anything, finds
   * the printers of the machine, or shows anything on its screens.
   */
  public static ProcessBuilder isolate(ProcessBuilder builder) {
    builder.environment().keySet().removeIf(name -> name.startsWith("IOTBOX_"));
    builder.environment().keySet().removeAll(List.of("NOTIFY_SOCKET", "WATCHDOG_USEC"));
    builder.environment().put("IOTBOX_PAIRING_PROXY", "none");
    builder.environment().put("IOTBOX_CERTIFICATE_SERVICE", "none");
    builder.environment().put("IOTBOX_HTTPS_PORT", "none");
    builder.environment().put("IOTBOX_FIND_PRINTERS", "none");
    builder.environment().put("IOTBOX_DISPLAY", "none");
    builder.environment().put("IOTBOX_INPUT_DEVICES", "none");
    return builder;
  }

  /** A box with these options, once it says that it serves. */
  public static BoxProcess start(String... options) {
    Path folder = newFolder();
    return startIn(folder, command(folder, options));
  }

  /** A box with these options, which may not even have begun to start. */
  static BoxProcess begin(String... options) {
    Path folder = newFolder();
    try {
      return new BoxProcess(command(folder, options), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A box whose Java is told these things, too, such as {@code -Dname=value}. */
  static BoxProcess startWith(List<String> java, String... options) {
    Path folder = newFolder();
    List<String> command = command(folder, options);
    command.addAll(1, java);
    return startIn(folder, command);
  }

  /** A box that has this in its environment. */
  static BoxProcess startIn(Map<String, String> environment, String... options) {
    Path folder = newFolder();
    List<String> command = command(folder, options);
    environment.forEach((name, value) -> command.add(0, name + "=" + value));
    command.add(0, "env");
    return startIn(folder, command);
  }

  /** A box whose stand-in for Odoo is this one, once it says that it serves. */
  static BoxProcess pairedWith(OdooStandIn odoo, String... options) {
    List<String> all = new ArrayList<>(List.of("--odoo", odoo.pairingUrl()));
    all.addAll(List.of(options));
    return start(all.toArray(new String[0]));
  }

  /** A box that makes the owner's password itself. */
  static BoxProcess startAsShipped(String... options) {
    Path folder = newFolder();
    List<String> command = command(folder, options);
    int file = command.indexOf(PASSWORD_FILE);
    command.subList(file, file + 2).clear();
    return startIn(folder, command);
  }

  /** Any command that ends up in a box which prints the line "ready". */
  public static BoxProcess start(List<String> command) {
    return startIn(newFolder(), command);
  }

  /** A box that is expected to end by itself. */
  static Exit run(String... options) {
    Path folder = newFolder();
    try (BoxProcess box = new BoxProcess(command(folder, options), folder)) {
      if (!box.process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("The box still runs after " + START + "\n" + box.story());
      }
      return new Exit(box.process.exitValue(), box.stdout(), box.stderr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static BoxProcess startIn(Path folder, List<String> command) {
    try {
      BoxProcess box = new BoxProcess(command, folder);
      try {
        box.ready.get(START.toSeconds(), TimeUnit.SECONDS);
        return box;
      } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
        box.process.destroyForcibly().waitFor();
        throw new AssertionError("The box did not get ready.\n" + box.story(), e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static List<String> command(Path folder, String... options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1"));
    command.addAll(quickStart(command));
    command.addAll(List.of("-jar", jar().toString()));
    List<String> given = List.of(options);
    withDefault(command, given, "--bind", "127.0.0.1");
    withDefault(command, given, "--port", "0");
    withDefault(command, given, "--identifier", IDENTIFIER);
    withDefault(command, given, "--data", folder.resolve("data").toString());
    withDefault(command, given, PASSWORD_FILE, passwordFile(folder).toString());
    command.addAll(given);
    return command;
  }

  private static List<String> quickStart(List<String> java) {
    try {
      return QuickStart.options(java, jar(), boxes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static Path passwordFile(Path folder) {
    try {
      return Files.writeString(folder.resolve("owner"), BoxClient.PASSWORD + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void withDefault(
      List<String> command, List<String> given, String name, String value) {
    if (given.stream().noneMatch(option -> (option + "=").startsWith(name + "="))) {
      command.add(name);
      command.add(value);
    }
  }

  /** The project's root folder. */
  public static Path root() {
    return Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
  }

  private static Path jar() {
    Path jar = root().resolve("box/target/iotbox.jar");
    if (!Files.isRegularFile(jar)) {
      throw new AssertionError("No " + jar + ": run ./tests/run, or \"mvn package\" first");
    }
    return jar;
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory(boxes(), "box");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path boxes() throws IOException {
    return Files.createDirectories(root().resolve("tests/target/boxes"));
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        synchronized (stdout) {
          stdout.add(line);
        }
        if (line.startsWith(READY)) {
          ready.complete(address(line));
        }
      }
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
    ready.completeExceptionally(new IOException("stdout ended"));
  }

  /** Where a box serves that prints this line when it is ready. */
  static URI address(String ready) {
    return URI.create(ready.substring(READY.length()).trim());
  }

  /** Where it serves, as it printed it. */
  public URI url() {
    return ready.join();
  }

  /** A client in which the owner is logged in. */
  BoxClient owner() {
    return client().asOwner();
  }

  /** A client on the wire. */
  BoxClient client() {
    return new BoxClient(url());
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** The processes that it has started, and those of these. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** With what it ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** What a tool of the JDK says about it, such as {@code jcmd <pid> Thread.print}. */
  public String jcmd(String... question) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(pid())));
    command.addAll(List.of(question));
    try {
      Process asking = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything it printed to stdout up to now. */
  String stdout() {
    if (!isAlive()) {
      awaitLastLine();
    }
    synchronized (stdout) {
      return String.join("\n", stdout);
    }
  }

  /** Everything it printed to stderr up to now, where the log goes too. */
  public String stderr() {
    try {
      return Files.readString(folder.resolve("stderr"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitLastLine() {
    try {
      reader.join(STOP.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Waits until it takes connections, which is before it is ready; answers where. */
  URI awaitOpenPort() {
    return Awaitility.await("an open port")
        .atMost(START)
        .until(
            () -> SERVES.matcher(stderr()).results().map(found -> found.group(1)).findFirst(),
            Optional::isPresent)
        .map(port -> URI.create("http://127.0.0.1:" + port))
        .orElseThrow();
  }

  /** Waits until it has printed the owner's password, which it does at its first start. */
  String awaitPassword() {
    return Awaitility.await("a password")
        .atMost(START)
        .until(
            () -> PASSWORD.matcher(stderr()).results().map(found -> found.group(1)).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private String story() {
    return "exit code "
        + (process.isAlive() ? "none" : process.exitValue())
        + "\nstdout:\n"
        + stdout()
        + "\nstderr:\n"
        + stderr();
  }

  /** Whether it ends by itself, as it is expected to; may take this long. */
  boolean diesWithin(Duration patience) {
    terminated = waitFor(patience);
    return terminated;
  }

  /** Sends SIGTERM and does not wait. */
  void terminate() {
    terminated = true;
    // The process itself would close its output, and nobody could read what is printed from now on.
    process.toHandle().destroy();
  }

  /** As {@code kill -9} does; waits until it has ended. */
  void kill() {
    terminated = true;
    process.destroyForcibly();
    if (!waitFor(STOP)) {
      throw new AssertionError("The box survived being killed");
    }
  }

  /** Waits for its end; how long that took, at most {@code patience}. */
  boolean waitFor(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void close() {
    if (ready.isDone() && !ready.isCompletedExceptionally() && !terminated && !isAlive()) {
      throw new AssertionError("The box ended by itself.\n" + story());
    }
    terminate();
    if (!waitFor(STOP)) {
      process.destroyForcibly();
      throw new AssertionError("The box did not end within " + STOP + " of SIGTERM\n" + story());
    }
  }

  private static AssertionError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError(e);
  }
}
