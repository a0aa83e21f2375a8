package iotbox.stock.printer.ipp;

import iotbox.stock.printer.PrintJob;
import iotbox.stock.printer.PrintOutcome;
import iotbox.stock.printer.PrinterPort;
import iotbox.stock.printer.PrinterTrouble;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A printer or a queue of CUPS that takes jobs by IPP: asked whether it is able to print, given the
 * job once, and asked what became of it until that is known.
 */
public final class IppPort implements PrinterPort {
  private static final Duration GLANCE = Duration.ofSeconds(1);

  /** A printer that sleeps takes some seconds to wake up. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private static final int FORMAT_NOT_SUPPORTED = 0x040a;
  private static final int NOT_ACCEPTING_JOBS = 0x0506;
  private static final int BUSY = 0x0507;

  private final IppClient client;
  private final URI uri;
  private final boolean spooler;
  private final Patience patience;

  /**
   * The port.
   *
   * @param uri {@code ipp:} or {@code ipps:}
   */
  public IppPort(IppClient client, URI uri) {
    this(client, uri, Patience.USUAL);
  }

  IppPort(IppClient client, URI uri, Patience patience) {
    this.client = client;
    this.uri = uri;
    this.spooler = isQueue(uri);
    this.patience = patience;
  }

  /** Whether this is a queue of CUPS, which has all of its own there, and not a printer. */
  public static boolean isQueue(URI uri) {
    return uri.getPath() != null
        && (uri.getPath().startsWith("/printers/") || uri.getPath().startsWith("/classes/"));
  }

  @Override
  public boolean raw() {
    return spooler;
  }

  @Override
  public PrintOutcome look() throws InterruptedException {
    try {
      return able(GLANCE);
    } catch (InterruptedIOException e) {
      return PrintOutcome.notPrinted(
          PrinterTrouble.ERROR_TIMEOUT, "The printer does not answer: see whether it is busy.");
    } catch (IOException e) {
      return unreachable(e);
    }
  }

  @Override
  public PrintOutcome print(PrintJob job) throws InterruptedException {
    try {
      PrintOutcome able = able(LOOK);
      if (able.fate() != PrintOutcome.Fate.PRINTED) {
        return able;
      }
    } catch (InterruptedIOException e) {
      // It may be waking up, and take the job all the same.
    } catch (IOException e) {
      return unreachable(e);
    }
    JobBody body =
        new JobBody(
            job,
            first ->
                IppRequest.printJob(
                    uri, job.name(), DocumentFormat.of(job.format(), first, spooler)));
    IppAnswer answer;
    try {
      answer =
          client.send(
              uri,
              body,
              job.format() == PrintJob.Format.DOCUMENT ? patience.document() : patience.receipt());
    } catch (HttpRefusedException e) {
      return refused(e);
    } catch (IOException e) {
      return body.begun() ? lost(e) : unreachable(e);
    }
    if (!answer.successful()) {
      return refused(answer);
    }
    int id = answer.jobs().stream().findFirst().orElse(IppAnswer.Group.NONE).number("job-id");
    return new JobWatch(client, uri, id, job.format(), patience).toItsEnd();
  }

  private PrintOutcome able(Duration time) throws IOException, InterruptedException {
    IppAnswer answer = client.answer(uri, IppRequest.printer(uri, PrinterState.ATTRIBUTES), time);
    if (!answer.successful()) {
      return refused(answer);
    }
    PrinterState state =
        PrinterState.of(answer.printers().stream().findFirst().orElse(IppAnswer.Group.NONE));
    if (spooler) {
      state = state.withoutPast();
    }
    Optional<PrinterState.Wrong> wrong = state.wrong();
    if (wrong.isPresent()) {
      return wrong.get().notPrinted();
    }
    return state.lowOnPaper()
        ? PrintOutcome.printedBut(
            PrinterTrouble.WARNING_LOW_PAPER, "The printer will soon be out of paper.")
        : PrintOutcome.PRINTED;
  }

  private PrintOutcome unreachable(IOException e) {
    if (e instanceof HttpRefusedException refusal) {
      return refused(refusal);
    }
    if (e instanceof UnreadableAnswerException) {
      return PrintOutcome.notPrinted(
          PrinterTrouble.ERROR_FAILED,
          uri + " is no printer that speaks IPP: correct its address.");
    }
    return PrintOutcome.notPrinted(
        PrinterTrouble.ERROR_UNREACHABLE,
        "The printer cannot be reached at "
            + uri.getAuthority()
            + " ("
            + e.getMessage()
            + "): see whether it is switched on and connected.");
  }

  /** While the job was sent, or before its answer came. */
  private PrintOutcome lost(IOException e) throws InterruptedException {
    PrintOutcome now = look();
    if (now.trouble() != null && !now.trouble().warning()) {
      return PrintOutcome.unknown(
          now.trouble(), now.sentence() + " See what came out before printing again.");
    }
    return PrintOutcome.unknown(
        e instanceof InterruptedIOException
            ? PrinterTrouble.ERROR_TIMEOUT
            : PrinterTrouble.ERROR_UNKNOWN,
        "The connection to the printer was lost while it got the job ("
            + e.getMessage()
            + "): see what came out before printing again.");
  }

  private PrintOutcome refused(HttpRefusedException e) {
    String sentence =
        switch (e.code()) {
          case 401, 403 ->
              "The printer or its spooler wants a password: let this machine print"
                  + " without one.";
          case 404 -> uri + " is not there: correct the printer's address.";
          case 426 -> "The printer wants an encrypted connection: give its address as ipps://…";
          default -> "The printer or its spooler answered HTTP " + e.code() + ": see its log.";
        };
    return PrintOutcome.notPrinted(PrinterTrouble.ERROR_FAILED, sentence);
  }

  private PrintOutcome refused(IppAnswer answer) {
    if (answer.status() == FORMAT_NOT_SUPPORTED || answer.rejects("document-format")) {
      return PrintOutcome.notPrinted(
          PrinterTrouble.ERROR_FAILED,
          "The printer does not understand this kind of document: make a queue for it in CUPS,"
              + " which translates.");
    }
    return switch (answer.status()) {
      case NOT_ACCEPTING_JOBS ->
          PrintOutcome.notPrinted(
              PrinterTrouble.ERROR_OFFLINE,
              "The printer takes no jobs: have its queue accept them again.");
      case BUSY ->
          PrintOutcome.notPrinted(
              PrinterTrouble.ERROR_OFFLINE,
              "The printer is busy with another job: try again later.");
      default ->
          PrintOutcome.notPrinted(
              PrinterTrouble.ERROR_FAILED,
              "The printer refused: "
                  + (answer.message().isEmpty()
                      ? "status 0x%04x".formatted(answer.status())
                      : answer.message()));
    };
  }
}
