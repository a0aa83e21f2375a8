package iotbox.loader;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the Eclipse compiler run in a process of its own, which ends when it has been idle: the
 * memory that it takes is given back to the last byte, and a source that is too much for it costs
 * that process and not the box. Where no process can be started, it runs in this one.
 *
 * <p>The lock {@code this} lets one group at a time through, and is held while it is compiled.
 */
final class EclipseProcess implements GroupCompiler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EclipseProcess.class);
  private static final long PATIENCE_SECONDS = 60;

  /** The system property with the flag that names the process's own archive of classes. */
  private static final String ARCHIVE = "iotbox.compiler.archive";

  /** Behind these comes what is run, and no more flags. */
  private static final Set<String> MAIN = Set.of("-jar", "-cp", "-classpath", "--class-path");

  // Replaced under the lock; closing reads it without.
  private volatile Worker worker;
  private volatile boolean closed;

  private record Worker(Process process, DataInputStream in, DataOutputStream out) {}

  @Override
  public synchronized CompiledGroup compile(List<SourceFile> files, Classpath classpath) {
    EclipseWire.Request request =
        new EclipseWire.Request(
            classpath.visible().packages(),
            classpath.libraries().contents(),
            files.stream().map(SourceFile::file).toList());
    EclipseWire.Answer answer = ask(request);
    if (answer == null) {
      return new EclipseCompiler().compile(files, classpath);
    }
    if (answer.died() != null) {
      throw asBefore(answer.died());
    }
    return CompiledGroup.of(HandlerStatus.Compiler.ECJ, answer, files);
  }

  /** The process's answer, or {@code null} if there can be no process. */
  private EclipseWire.Answer ask(EclipseWire.Request request) {
    if (worker != null) {
      try {
        return exchange(request);
      } catch (IOException e) {
        // It was idle for so long that it has just ended. The next one tells whether there is more.
        stop();
      }
    }
    if (closed) {
      return new EclipseWire.Answer(Map.of(), Map.of(), "the box stops");
    }
    try {
      start();
    } catch (IOException e) {
      stop();
      LOG.warn("The Eclipse compiler gets no process of its own: {}", e.toString());
      return null;
    }
    try {
      return exchange(request);
    } catch (IOException e) {
      stop();
      return new EclipseWire.Answer(Map.of(), Map.of(), "its process ended");
    }
  }

  private EclipseWire.Answer exchange(EclipseWire.Request request) throws IOException {
    Process process = worker.process;
    CompletableFuture<Process> ended = process.onExit().copy();
    ended.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
    ended.whenComplete(
        (itself, failure) -> {
          if (failure instanceof TimeoutException) {
            process.destroyForcibly();
          }
        });
    try {
      request.write(worker.out);
      return EclipseWire.Answer.read(worker.in);
    } finally {
      ended.cancel(false);
    }
  }

  private void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(EclipseWorker.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    worker =
        new Worker(
            process,
            new DataInputStream(new BufferedInputStream(process.getInputStream())),
            new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 16)));
    worker.in.readByte();
  }

  /**
   * How this JVM was told to be, except for what it writes and for its archive of classes, which
   * has none of the compiler's.
   */
  private static List<String> flags() {
    Stream<String> own =
        Arrays.stream(ProcessHandle.current().info().arguments().orElse(new String[0]))
            .takeWhile(argument -> argument.startsWith("-") && !MAIN.contains(argument))
            .filter(argument -> argument.matches("-(XX:|Xm|Xs).*|-Xlog:disable"))
            .filter(argument -> !argument.matches("-XX:(SharedArchiveFile|ArchiveCl|AOT).*"));
    return Stream.concat(own, Stream.ofNullable(System.getProperty(ARCHIVE))).toList();
  }

  private static Error asBefore(String died) {
    if (died.startsWith(StackOverflowError.class.getName())) {
      return new StackOverflowError();
    }
    return died.startsWith(OutOfMemoryError.class.getName())
        ? new OutOfMemoryError()
        : new LinkageError(died);
  }

  private void stop() {
    if (worker != null) {
      worker.process.destroyForcibly();
      worker = null;
    }
  }

  /** Ends the process; a group that is being compiled fails. Does not wait. */
  @Override
  public void close() {
    closed = true;
    Worker running = worker;
    if (running != null) {
      running.process.destroyForcibly();
    }
  }
}
