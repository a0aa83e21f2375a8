package iotbox.stock.printer.raw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A printer at a device file, such as {@code /dev/usb/lp0}. Its driver in the kernel blocks whoever
 * writes while the printer takes nothing, and whoever reads while it says nothing. Java can end
 * that only by closing the file, so that after a time-out the line is of no use.
 */
public final class FileLine implements RawLine {
  /** How much is written at once: a printer that goes on within this time is not given up. */
  private static final int PIECE = 4096;

  private final FileChannel channel;
  private final boolean answers;
  private volatile boolean overdue;

  private FileLine(FileChannel channel, boolean answers) {
    this.channel = channel;
    this.answers = answers;
  }

  /**
   * Opens the file.
   *
   * @throws IOException with a sentence for people
   */
  public static FileLine open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + " is a folder");
    }
    try {
      // What is in a plain file is not what a printer says.
      boolean answers = !Files.isRegularFile(path);
      return new FileLine(
          answers
              ? FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
              : FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
          answers);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no " + path, e);
    } catch (AccessDeniedException e) {
      throw new IOException(
          path + " may not be used; add the box's user to the group lp, then start it again", e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length, Duration patience)
      throws LineException, InterruptedException {
    ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
    try {
      while (left.position() < offset + length) {
        left.limit(Math.min(offset + length, left.position() + PIECE));
        within(patience, () -> channel.write(left));
      }
    } catch (IOException e) {
      boolean touched = left.position() > offset;
      throw overdue
          ? new LineException("it took nothing for " + patience.toSeconds() + " s", true, touched)
          : new LineException(e.getMessage(), false, touched);
    }
  }

  @Override
  public int read(Duration patience) throws IOException, InterruptedException {
    ByteBuffer one = ByteBuffer.allocate(1);
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return -1;
      }
      try {
        if (within(Duration.ofNanos(left), () -> channel.read(one)) > 0) {
          return one.get(0) & 0xFF;
        }
      } catch (IOException e) {
        if (overdue) {
          return -1;
        }
        throw e;
      }
      // Some USB printers say again and again that they have nothing to say yet.
      Thread.sleep(10);
    }
  }

  @Override
  public boolean answers() {
    return answers && channel.isOpen();
  }

  @Override
  public boolean usable() {
    return channel.isOpen();
  }

  /** The kernel has passed all of it on when it returns from writing. */
  @Override
  public void finish() {}

  private interface Call {
    int call() throws IOException;
  }

  private int within(Duration patience, Call call) throws IOException, InterruptedException {
    // The timer is the JDK's own; the file is closed in its thread, which wakes the blocked one.
    CompletableFuture<Void> watch = new CompletableFuture<>();
    watch
        .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (done, late) -> {
              if (late != null) {
                overdue = true;
                close();
              }
            });
    try {
      return call.call();
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw new InterruptedException();
    } finally {
      watch.complete(null);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is not used any more, whatever becomes of it.
    }
  }
}
