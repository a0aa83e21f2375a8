package iotbox.box.simulation;

import iotbox.box.thread.Alarm;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Executor;

/**
 * A played device at a pseudo terminal: a driver opens {@link #path()} as it would hardware.
 * Closing it pulls the plug.
 */
public final class SerialLine implements Closeable {
  private final PseudoTerminal terminal;
  private final PlayedDevice device;

  private SerialLine(LineScript script, Alarm periods, Alarm waits, Executor threads)
      throws IOException {
    terminal = PseudoTerminal.open();
    device = new PlayedDevice(script, periods, waits, threads, terminal);
    threads.execute(this::listen);
  }

  /**
   * Begins to play.
   *
   * @param alarm by which the script's times go
   * @param threads may block; one is used until the line is closed
   * @throws IOException if this system has no pseudo terminals, with a sentence for people
   */
  public static SerialLine play(LineScript script, Alarm alarm, Executor threads)
      throws IOException {
    return play(script, alarm, alarm, threads);
  }

  /**
   * Begins to play, by two clocks: a driver waits for an answer in real time, whatever the time is
   * by which the device speaks by itself.
   *
   * @throws IOException if this system has no pseudo terminals, with a sentence for people
   */
  public static SerialLine play(LineScript script, Alarm periods, Alarm waits, Executor threads)
      throws IOException {
    return new SerialLine(script, periods, waits, threads);
  }

  /** What drivers open, such as {@code /dev/pts/7}. */
  public String path() {
    return terminal.path();
  }

  /** What is played here. */
  public PlayedDevice device() {
    return device;
  }

  private void listen() {
    PlayedDevice.Ear ear = device.ear(terminal);
    byte[] bytes = new byte[1024];
    try {
      for (int count = terminal.read(bytes); count >= 0; count = terminal.read(bytes)) {
        ear.hear(bytes, count);
      }
    } catch (IOException e) {
      // The terminal is gone, as when it is closed.
    }
  }

  @Override
  public void close() {
    device.close();
    terminal.close();
  }
}
