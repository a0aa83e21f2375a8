package iotbox.stock.input;

import iotbox.stock.library.OpenFiles;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The open event files of one device. One thread reads; {@link #wake()} and {@link #close()} may
 * come from others, and interrupting the reading thread closes it.
 *
 * <p>The lock {@code files} guards whether they are open and somebody reads: their numbers may be
 * those of other files as soon as they are closed. It is not held while waiting for events.
 */
public final class EventReader extends AbstractInterruptibleChannel {
  private static final int MOST_AT_ONCE = 64 * 24;

  /** First the pipe by which it is woken, then the device's. */
  private final int[] files;

  private final int waker;
  private final List<EventDecoder> decoders = new ArrayList<>();
  private final byte[] received = new byte[MOST_AT_ONCE];

  // Guarded by files.
  private boolean reading;
  private boolean closed;

  private EventReader(int[] files, int waker) {
    this.files = files;
    this.waker = waker;
    for (int i = 1; i < files.length; i++) {
      decoders.add(new EventDecoder(EventFiles.wordBytes()));
    }
  }

  /**
   * Opens these event files.
   *
   * @throws IOException if one of them is gone, or this user may not read it; the message says
   *     which
   */
  public static EventReader open(List<Path> paths) throws IOException {
    int[] pipe = EventFiles.openPipe();
    int[] files = new int[paths.size() + 1];
    files[0] = pipe[0];
    int opened = 1;
    try {
      for (Path path : paths) {
        files[opened] = EventFiles.openFile(path.toString());
        opened++;
      }
      return new EventReader(files, pipe[1]);
    } finally {
      if (opened < files.length) {
        for (int i = 0; i < opened; i++) {
          OpenFiles.closeFile(files[i]);
        }
        OpenFiles.closeFile(pipe[1]);
      }
    }
  }

  /**
   * Has what is typed come to this reader only ({@code EVIOCGRAB}), or to all programs again.
   *
   * @throws IOException if another program has it, or if the files are none of an input device
   */
  public void grab(boolean alone) throws IOException {
    synchronized (files) {
      for (int i = 1; i < files.length && !closed; i++) {
        EventFiles.grab(files[i], alone);
      }
    }
  }

  /**
   * Waits for events; answers none after {@link #wake()} or when none came in time.
   *
   * @param atMost {@code null} for as long as it takes
   * @throws AsynchronousCloseException if it was closed meanwhile, also by an interrupt
   * @throws DeviceGoneException if the device was unplugged
   */
  public List<InputEvent> read(Duration atMost) throws IOException {
    boolean done = false;
    begin(); // From here on an interrupt closes this.
    try {
      if (!enter()) {
        return List.of(); // end() has the right word for it.
      }
      List<InputEvent> events = await(atMost == null ? -1 : (int) atMost.toMillis());
      done = true;
      return events;
    } finally {
      leave();
      end(done && isOpen());
    }
  }

  /** Has the thread that reads go on at once, or the next that would wait. */
  public void wake() {
    synchronized (files) {
      if (!closed) {
        EventFiles.nudge(waker);
      }
    }
  }

  @Override
  protected void implCloseChannel() {
    synchronized (files) {
      if (reading) {
        EventFiles.nudge(waker); // Whoever reads closes them.
      } else {
        closeFiles();
      }
    }
  }

  private List<InputEvent> await(int millis) throws IOException {
    int[] found = OpenFiles.await(files, OpenFiles.READABLE, millis);
    List<InputEvent> events = new ArrayList<>();
    if (found[0] != 0) {
      EventFiles.readFrom(files[0], received);
    }
    boolean gone = false;
    for (int i = 1; i < files.length; i++) {
      if (found[i] != 0) {
        // What it told last is read first, also if it is gone.
        int count =
            (found[i] & OpenFiles.READABLE) == 0 ? -1 : EventFiles.readFrom(files[i], received);
        gone |= count < 0;
        events.addAll(decoders.get(i - 1).take(received, count));
      }
    }
    if (gone && events.isEmpty()) {
      throw new DeviceGoneException();
    }
    return events;
  }

  private boolean enter() {
    synchronized (files) {
      reading = isOpen() && !closed;
      return reading;
    }
  }

  private void leave() {
    synchronized (files) {
      if (reading && !isOpen()) {
        closeFiles();
      }
      reading = false;
    }
  }

  private void closeFiles() {
    if (!closed) {
      closed = true;
      for (int file : files) {
        OpenFiles.closeFile(file);
      }
      OpenFiles.closeFile(waker);
    }
  }
}
