package iotbox.stock.printer.ipp;

import iotbox.stock.printer.PrintOutcome;
import iotbox.stock.printer.PrinterTrouble;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a printer says of itself: {@code printer-state} and {@code printer-state-reasons} of RFC
 * 8011, in the words of the PWG's register, and those that CUPS adds.
 *
 * @param stopped whether it does nothing until somebody does something
 * @param accepting whether it takes jobs at all
 * @param reasons such as {@code media-empty-error}
 */
record PrinterState(boolean stopped, boolean accepting, List<String> reasons) {
  /** What has to be asked to know it. */
  static final String[] ATTRIBUTES = {
    "printer-state", "printer-state-reasons", "printer-is-accepting-jobs"
  };

  private static final int STOPPED = 5;

  /** What is wrong, and what people read about it. */
  record Wrong(PrinterTrouble trouble, String sentence) {
    PrintOutcome notPrinted() {
      return PrintOutcome.notPrinted(trouble, sentence);
    }
  }

  PrinterState {
    reasons = List.copyOf(reasons);
  }

  static PrinterState of(IppAnswer.Group printer) {
    return new PrinterState(
        printer.number("printer-state") == STOPPED,
        !printer.denies("printer-is-accepting-jobs"),
        printer.texts("printer-state-reasons"));
  }

  /** With what its job says, too. */
  PrinterState and(List<String> jobStateReasons, boolean jobStopped) {
    List<String> all = new ArrayList<>(reasons);
    all.addAll(jobStateReasons);
    return new PrinterState(stopped || jobStopped, accepting, all);
  }

  /**
   * The state of a queue whose last job may have left its troubles behind: CUPS asks the printer
   * only when it prints, so that nothing but a job would clear them.
   */
  PrinterState withoutPast() {
    return stopped
        ? this
        : new PrinterState(
            false,
            accepting,
            reasons.stream().filter(each -> each.startsWith("media-low")).toList());
  }

  /**
   * What keeps it from printing. A reason alone may be of one tray among several: only if the
   * printer stands still because of it, or calls it an error, nothing comes out.
   */
  Optional<Wrong> wrong() {
    return wrong(reason -> stopped || reason.endsWith("-error") || alwaysBlocks(reason));
  }

  /**
   * What keeps it from finishing a job that it has begun. Then what it says without saying how bad
   * it is counts, too.
   */
  Optional<Wrong> wrongWithJob() {
    return wrong(
        reason -> stopped || !reason.matches(".*-(warning|report)") || alwaysBlocks(reason));
  }

  /** What may be the cause if a job is not done after the longest time that it may take. */
  Optional<Wrong> wrongPerhaps() {
    return wrong(reason -> true);
  }

  private Optional<Wrong> wrong(Predicate<String> bad) {
    for (Map.Entry<String, Wrong> known : known().entrySet()) {
      for (String reason : reasons) {
        if (withoutSeverity(reason).equals(known.getKey()) && bad.test(reason)) {
          return Optional.of(known.getValue());
        }
      }
    }
    if (stopped) {
      return Optional.of(
          offline("The printer has stopped (" + String.join(", ", reasons) + "): look at it."));
    }
    return accepting
        ? Optional.empty()
        : Optional.of(offline("The printer takes no jobs: have its queue accept them again."));
  }

  /** Whether paper will soon be needed. */
  boolean lowOnPaper() {
    return reasons.stream().anyMatch(reason -> withoutSeverity(reason).equals("media-low"));
  }

  private static boolean alwaysBlocks(String reason) {
    return Set.of("connecting-to-device", "offline", "timed-out").contains(withoutSeverity(reason));
  }

  private static String withoutSeverity(String reason) {
    return reason.replaceFirst("-(error|warning|report)$", "");
  }

  /** The first that applies says most about what to do. */
  private static Map<String, Wrong> known() {
    Map<String, Wrong> known = new LinkedHashMap<>();
    Wrong paper =
        new Wrong(PrinterTrouble.ERROR_NO_PAPER, "The printer is out of paper: put some in.");
    known.put("media-empty", paper);
    known.put("media-needed", paper);
    known.put("media-jam", offline("Paper is stuck in the printer: take it out."));
    Wrong cover = offline("The printer's cover is open: close it.");
    known.put("cover-open", cover);
    known.put("door-open", cover);
    known.put("interlock-open", cover);
    known.put("input-tray-missing", offline("The printer's tray is missing: put it in."));
    known.put("toner-empty", offline("The printer is out of toner: put some in."));
    known.put("marker-supply-empty", offline("The printer is out of ink: put some in."));
    known.put(
        "connecting-to-device",
        new Wrong(
            PrinterTrouble.ERROR_UNREACHABLE,
            "The spooler cannot reach the printer: see whether it is switched on and connected."));
    known.put(
        "timed-out",
        new Wrong(
            PrinterTrouble.ERROR_UNREACHABLE,
            "The printer does not answer its spooler: see whether it is switched on."));
    known.put(
        "offline", offline("The printer is offline: see whether it is switched on and connected."));
    known.put("shutdown", offline("The printer is switched off: switch it on."));
    known.put("paused", offline("The printer's queue is paused: let it go on."));
    known.put("moving-to-paused", known.get("paused"));
    known.put("hold-new-jobs", offline("The printer's queue holds its jobs: release them."));
    Wrong filter =
        new Wrong(
            PrinterTrouble.ERROR_FAILED,
            "The spooler lacks a program for this printer: see its log.");
    known.put("cups-missing-filter", filter);
    known.put("cups-insecure-filter", filter);
    return known;
  }

  private static Wrong offline(String sentence) {
    return new Wrong(PrinterTrouble.ERROR_OFFLINE, sentence);
  }
}
