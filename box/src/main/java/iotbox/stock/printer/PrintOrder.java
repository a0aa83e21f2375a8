package iotbox.stock.printer;

import iotbox.handler.ActionData;

/**
 * Something that a printer is to do, and for whom.
 *
 * @param job what to print; {@code null} if only its state is wanted
 * @param bytes how much memory it takes while it waits
 * @param owner the session that asked, which its events are for; may be {@code null}
 * @param printId Odoo's number of a document, told in each event of it; may be {@code null}
 * @param actionId by which an action is known again; may be {@code null}
 */
record PrintOrder(PrintJob job, long bytes, String owner, Object printId, String actionId) {
  /** A job that an action asks for. */
  static PrintOrder of(PrintJob job, long bytes, ActionData action) {
    return new PrintOrder(
        job,
        bytes,
        action.sessionId(),
        action.get("print_id"),
        action.getString("action_unique_id"));
  }
}
