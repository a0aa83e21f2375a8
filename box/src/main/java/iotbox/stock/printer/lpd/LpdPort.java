package iotbox.stock.printer.lpd;

import static java.nio.charset.StandardCharsets.UTF_8;

import iotbox.stock.printer.PrintJob;
import iotbox.stock.printer.PrintOutcome;
import iotbox.stock.printer.PrinterPort;
import iotbox.stock.printer.PrinterTrouble;
import iotbox.stock.printer.raw.SocketLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;

/**
 * A queue of a printer or print server that speaks the line printer daemon's protocol (RFC 1179).
 * It tells whether it took a job, and nothing of what became of it; so {@code PRINTED} means taken.
 */
public final class LpdPort implements PrinterPort {
  /** Where such daemons listen. */
  public static final int PORT = 515;

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HOST = "iotbox";
  private static final int JOBS = 1_000;

  private final String host;
  private final int port;
  private final String queue;
  private final Duration patience;
  private int job;

  /**
   * The queue of this address.
   *
   * @param uri {@code lpd://host:port/queue}
   */
  public LpdPort(URI uri) {
    this(uri, PATIENCE);
  }

  /**
   * @param patience how long the daemon may keep an answer
   */
  LpdPort(URI uri, Duration patience) {
    this.host = uri.getHost();
    this.port = uri.getPort();
    this.queue = uri.getPath().replaceFirst("^/", "");
    this.patience = patience;
  }

  /** The daemon said no, with this number. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(int answer) {
      super("it refused (" + answer + ")");
    }
  }

  @Override
  public PrintOutcome print(PrintJob what) throws InterruptedException {
    SocketLine line;
    byte[] bytes;
    try {
      bytes = bytes(what); // Their number comes before them.
      line = SocketLine.open(host, port, CONNECT);
    } catch (IOException e) {
      return PrintOutcome.unreachable(e);
    }
    try (line) {
      return print(line, what.name(), bytes);
    }
  }

  private static byte[] bytes(PrintJob what) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    what.body().writeTo(bytes);
    return bytes.toByteArray();
  }

  private PrintOutcome print(SocketLine line, String name, byte[] bytes)
      throws InterruptedException {
    job = (job + 1) % JOBS;
    String file = "fA" + String.format("%03d", job) + HOST;
    byte[] control = control(name, "d" + file).getBytes(UTF_8);
    try {
      command(line, "\2" + queue + "\n");
      command(line, "\2" + control.length + " c" + file + "\n");
      part(line, control);
      command(line, "\3" + bytes.length + " d" + file + "\n");
    } catch (RefusedException e) {
      return PrintOutcome.notPrinted(
          PrinterTrouble.ERROR_FAILED,
          "The printer takes no job for its queue \""
              + queue
              + "\": "
              + e.getMessage()
              + ". See that the queue has this name and is not stopped");
    } catch (IOException e) {
      // A daemon prints nothing of a job whose data it has not got.
      return PrintOutcome.notPrinted(trouble(e), "The printer did not take it: " + e.getMessage());
    }
    try {
      part(line, bytes);
      return PrintOutcome.PRINTED;
    } catch (IOException e) {
      // Some print what they have while the rest is still coming.
      return PrintOutcome.unknown(
          trouble(e),
          "The printer did not confirm it: "
              + e.getMessage()
              + ". Look what it has printed before you print it again");
    }
  }

  /** What is to be done with the data: printed as it is, {@code l}, and deleted then. */
  private static String control(String name, String data) {
    String title = name.replaceAll("\\p{Cntrl}", " ");
    return "H" + HOST + "\nP" + HOST + "\nJ" + title + "\nl" + data + "\nU" + data + "\nN" + title
        + "\n";
  }

  private static PrinterTrouble trouble(IOException e) {
    return e instanceof SocketTimeoutException
        ? PrinterTrouble.ERROR_TIMEOUT
        : e instanceof RefusedException
            ? PrinterTrouble.ERROR_FAILED
            : PrinterTrouble.ERROR_UNKNOWN;
  }

  private void command(SocketLine line, String command) throws IOException, InterruptedException {
    byte[] bytes = command.getBytes(UTF_8);
    line.write(bytes, 0, bytes.length, patience);
    confirmed(line);
  }

  private void part(SocketLine line, byte[] bytes) throws IOException, InterruptedException {
    line.write(bytes, 0, bytes.length, patience);
    line.write(new byte[1], 0, 1, patience);
    confirmed(line);
  }

  private void confirmed(SocketLine line) throws IOException, InterruptedException {
    int answer = line.read(patience);
    if (answer < 0) {
      throw new SocketTimeoutException("it said nothing for " + patience.toSeconds() + " s");
    }
    if (answer > 0) {
      throw new RefusedException(answer);
    }
  }

  @Override
  public PrintOutcome look() throws InterruptedException {
    try {
      SocketLine.open(host, port, LOOK).close();
      return PrintOutcome.PRINTED;
    } catch (IOException e) {
      return PrintOutcome.unreachable(e);
    }
  }

  @Override
  public boolean raw() {
    return true;
  }
}
