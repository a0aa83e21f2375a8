package iotbox.stock.printer;

import iotbox.stock.printer.raw.FileLine;
import iotbox.stock.printer.raw.Inquiry;
import iotbox.stock.printer.raw.RawLine;
import iotbox.stock.printer.raw.SocketLine;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A printer that takes bytes: a TCP port ({@code socket://host:9100}) or a device file. Each job
 * has a connection of its own, since many printers serve one at a time, and others want to print,
 * too.
 */
public final class RawPort implements PrinterPort {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** As long as Odoo's own box waits for a job. */
  private static final Duration WRITE = Duration.ofSeconds(30);

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final long REFUSED_PAUSE_MILLIS = 250;

  private final Opener opener;
  private final Inquiry inquiry;
  private final Duration patience;

  /** Opens the way to the printer anew. */
  interface Opener {
    RawLine open(Duration patience) throws IOException, InterruptedException;
  }

  private RawPort(Opener opener, Inquiry inquiry, Duration patience) {
    this.opener = opener;
    this.inquiry = inquiry;
    this.patience = patience;
  }

  /** A printer in the network. */
  public static RawPort socket(String host, int port) {
    return new RawPort(connect -> SocketLine.open(host, port, connect), Inquiry.NONE, WRITE);
  }

  /** A printer at this device file. */
  public static RawPort file(Path path) {
    return new RawPort(connect -> FileLine.open(path), Inquiry.NONE, WRITE);
  }

  /** The same printer, which is asked in this way how it is doing. */
  public RawPort asking(Inquiry how) {
    return new RawPort(opener, how, patience);
  }

  /** The same printer, which may take nothing for so long (30 s) before it is given up. */
  RawPort patient(Duration write) {
    return new RawPort(opener, inquiry, write);
  }

  @Override
  public PrintOutcome print(PrintJob job) throws InterruptedException {
    try {
      try {
        return printOnce(job);
      } catch (RawSession.LostEarlyException e) {
        return printOnce(job);
      }
    } catch (IOException e) {
      return PrintOutcome.unreachable(e);
    }
  }

  private PrintOutcome printOnce(PrintJob job) throws IOException, InterruptedException {
    try (RawSession session = new RawSession(this::open, inquiry, patience)) {
      return session.print(job);
    }
  }

  /** A printer that serves another one just now refuses or hangs up; soon it does not. */
  private RawLine open() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + CONNECT.toNanos();
    while (true) {
      try {
        return opener.open(CONNECT);
      } catch (SocketException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        Thread.sleep(REFUSED_PAUSE_MILLIS);
      }
    }
  }

  @Override
  public PrintOutcome look() throws InterruptedException {
    try (RawSession session = new RawSession(() -> opener.open(LOOK), inquiry, LOOK)) {
      return session.look();
    } catch (IOException e) {
      return PrintOutcome.unreachable(e);
    }
  }

  @Override
  public boolean raw() {
    return true;
  }
}
