package iotbox.stock.printer.ipp;

import iotbox.stock.printer.PrintJob;
import iotbox.stock.printer.PrintOutcome;
import iotbox.stock.printer.PrinterTrouble;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Follows one job that a printer or spooler has accepted to its end, or to where nobody knows.
 *
 * <p>A document that has to wait for somebody stays where it is, and is printed when they have done
 * what is asked of them. A receipt or label that has to wait is taken back: the next customer's
 * would come out behind it, or it would come twice as soon as it is sent again by hand.
 */
final class JobWatch {
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;
  private static final int MOST_FAILURES = 4;

  private static final int NOT_FOUND = 0x0406;
  private static final int HELD = 4;
  private static final int STOPPED = 6;
  private static final int CANCELED = 7;
  private static final int ABORTED = 8;
  private static final int COMPLETED = 9;

  private final IppClient client;
  private final URI uri;
  private final int job;
  private final boolean document;
  private final Patience patience;
  private final long start = System.nanoTime();

  private boolean worked;
  private long wrongSince;

  JobWatch(IppClient client, URI uri, int job, PrintJob.Format format, Patience patience) {
    this.client = client;
    this.uri = uri;
    this.job = job;
    this.document = format == PrintJob.Format.DOCUMENT;
    this.patience = patience;
  }

  PrintOutcome toItsEnd() throws InterruptedException {
    int failures = 0;
    for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(pause * 3 / 2, LONGEST_PAUSE_MILLIS)) {
      Thread.sleep(pause);
      try {
        Optional<PrintOutcome> outcome = look();
        if (outcome.isPresent()) {
          return outcome.get();
        }
        failures = 0;
      } catch (IOException e) {
        failures++;
        if (failures >= MOST_FAILURES) {
          return PrintOutcome.unknown(
              PrinterTrouble.ERROR_UNREACHABLE,
              "The printer took the job, and then could not be asked what became of it: look there"
                  + " before printing it again.");
        }
      }
    }
  }

  private Optional<PrintOutcome> look() throws IOException, InterruptedException {
    IppAnswer answer =
        client.answer(uri, IppRequest.job(uri, job, "job-state", "job-state-reasons"), ANSWER);
    IppAnswer.Group state = answer.jobs().stream().findFirst().orElse(IppAnswer.Group.NONE);
    List<String> reasons = state.texts("job-state-reasons");
    switch (state.number("job-state")) {
      case COMPLETED -> {
        return Optional.of(completed(reasons));
      }
      case CANCELED -> {
        return Optional.of(ended("The job was canceled in the printer or its queue", reasons));
      }
      case ABORTED -> {
        return Optional.of(ended("The printer gave the job up", reasons));
      }
      default -> {
        if (answer.status() == NOT_FOUND) {
          return Optional.of(forgotten());
        }
        return unfinished(state.number("job-state"), reasons);
      }
    }
  }

  private PrintOutcome completed(List<String> reasons) throws IOException, InterruptedException {
    if (reasons.contains("job-completed-with-errors")) {
      return PrintOutcome.unknown(
          PrinterTrouble.ERROR_FAILED, "The printer had errors in the job: see what came out.");
    }
    return printer().lowOnPaper()
        ? PrintOutcome.printedBut(
            PrinterTrouble.WARNING_LOW_PAPER, "The printer will soon be out of paper.")
        : PrintOutcome.PRINTED;
  }

  /** Some printers forget a job as soon as they are done with it. */
  private PrintOutcome forgotten() throws IOException, InterruptedException {
    Optional<PrinterState.Wrong> wrong = printer().wrong();
    return wrong.isEmpty()
        ? PrintOutcome.PRINTED
        : PrintOutcome.unknown(wrong.get().trouble(), wrong.get().sentence());
  }

  private PrintOutcome ended(String what, List<String> reasons) {
    String sentence =
        what
            + (reasons.isEmpty() || reasons.contains("none")
                ? ""
                : " (" + String.join(", ", reasons) + ")");
    boolean nothing =
        reasons.stream()
            .anyMatch(
                reason ->
                    reason.equals("document-format-error")
                        || reason.equals("unsupported-document-format")
                        || reason.equals("cups-missing-filter-error"));
    return nothing || !worked
        ? PrintOutcome.notPrinted(PrinterTrouble.ERROR_FAILED, sentence + ".")
        : PrintOutcome.unknown(
            PrinterTrouble.ERROR_FAILED, sentence + ": see what came out before printing again.");
  }

  private Optional<PrintOutcome> unfinished(int state, List<String> reasons)
      throws IOException, InterruptedException {
    worked |= state > HELD;
    PrinterState printer = printer().and(reasons, state == STOPPED);
    Optional<PrinterState.Wrong> wrong =
        state == HELD ? Optional.of(held()) : printer.wrongWithJob();
    if (wrong.isEmpty()) {
      wrongSince = 0;
    } else if (wrongSince == 0) {
      wrongSince = System.nanoTime();
    } else if (since(wrongSince).compareTo(patience.trouble()) > 0) {
      return Optional.of(waits(wrong.get()));
    }
    Duration limit = document ? patience.document() : patience.receipt();
    return since(start).compareTo(limit) > 0
        ? Optional.of(waits(printer.wrongPerhaps().orElse(late(limit))))
        : Optional.empty();
  }

  private static PrinterState.Wrong late(Duration limit) {
    return new PrinterState.Wrong(
        PrinterTrouble.ERROR_TIMEOUT,
        "The printer is not done with the job after " + limit.toSeconds() + " s: look at it.");
  }

  private PrintOutcome waits(PrinterState.Wrong wrong) throws IOException, InterruptedException {
    if (document) {
      return PrintOutcome.unknown(
          wrong.trouble(),
          wrong.sentence()
              + " The document waits there and is printed then; cancel it there if it should not be.");
    }
    boolean takenBack = client.answer(uri, IppRequest.cancel(uri, job), ANSWER).successful();
    return takenBack && !worked
        ? PrintOutcome.notPrinted(wrong.trouble(), wrong.sentence())
        : PrintOutcome.unknown(
            wrong.trouble(), wrong.sentence() + " See what came out before printing again.");
  }

  private static PrinterState.Wrong held() {
    return new PrinterState.Wrong(
        PrinterTrouble.ERROR_OFFLINE, "The printer's queue holds the job: release it there.");
  }

  private PrinterState printer() throws IOException, InterruptedException {
    return PrinterState.of(
        client
            .answer(uri, IppRequest.printer(uri, PrinterState.ATTRIBUTES), ANSWER)
            .printers()
            .stream()
            .findFirst()
            .orElse(IppAnswer.Group.NONE));
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
