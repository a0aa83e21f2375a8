package iotbox.stock.printer;

import iotbox.handler.ActionData;
import iotbox.handler.Driver;
import iotbox.stock.printer.PrintOutcome.Fate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells what became of jobs, in the events of Odoo's own printers. {@code status} ({@code success
 * warning error disconnected}) and {@code message} (a word of {@link PrinterTrouble}) are what
 * clients of 18 and later read; {@code print_status} is the former's name in clients between them;
 * {@code state} was told up to 17. {@code detail} is for people. {@code owner} is the session that
 * asked for the job, {@code print_id} and {@code action_unique_id} what it called it.
 */
final class PrintEvents {
  private static final String FAILED = PrinterTrouble.ERROR_FAILED.name();

  private final Driver driver;

  PrintEvents(Driver driver) {
    this.driver = driver;
  }

  /** An order has come to its end. */
  void ended(PrintOrder order, PrintOutcome outcome) {
    String trouble = outcome.trouble() == null ? null : outcome.trouble().name();
    if (outcome.fate() != Fate.PRINTED) {
      driver.log().warn("{}: {} ({})", driver.identifier(), outcome.sentence(), trouble);
      publish(order, "error", trouble, outcome.sentence(), outcome.fate() == Fate.NOT_PRINTED);
      return;
    }
    if (trouble != null) {
      publish(order, "warning", trouble, outcome.sentence(), false);
    }
    publish(order, "success", null, "", false);
  }

  /** What is told of an action that failed before there was anything to print. */
  static Map<String, Object> refused(ActionData action, String sentence) {
    Map<String, Object> told = new LinkedHashMap<>();
    tell(told, PrintOrder.of(null, 0, action), "error", FAILED, sentence, true);
    return told;
  }

  /** An order is not carried out any more. */
  void disconnected(PrintOrder order) {
    publish(order, "disconnected", "Printer was disconnected", "This was not printed", true);
  }

  /** The printer is gone. */
  void disconnected() {
    publish(
        new PrintOrder(null, 0, null, null, null),
        "disconnected",
        "Printer was disconnected",
        "",
        false);
  }

  private void publish(
      PrintOrder order, String status, String message, String detail, boolean mayRepeat) {
    Map<String, Object> told = driver.data();
    synchronized (told) {
      tell(told, order, status, message, detail, mayRepeat);
      driver.deviceChanged();
    }
  }

  /**
   * @param mayRepeat whether the same action may be sent once more, as surely nothing came of it
   */
  private static void tell(
      Map<String, Object> told,
      PrintOrder order,
      String status,
      String message,
      String detail,
      boolean mayRepeat) {
    told.put("status", status);
    told.put("print_status", status);
    told.put("message", message);
    told.put("detail", detail);
    told.put("state", state(status, message));
    told.put("owner", order.owner());
    put(told, "print_id", order.printId());
    put(told, "action_unique_id", order.actionId());
    put(told, "may_repeat", mayRepeat ? true : null);
  }

  private static Map<String, Object> state(String status, String message) {
    Map<String, Object> state = new LinkedHashMap<>();
    boolean well = status.equals("success") || status.equals("warning");
    state.put("status", well ? "connected" : status.equals("error") ? "stopped" : status);
    state.put("message", message == null ? "" : message);
    state.put("reason", message);
    return state;
  }

  private static void put(Map<String, Object> told, String name, Object value) {
    if (value == null) {
      told.remove(name);
    } else {
      told.put(name, value);
    }
  }
}
