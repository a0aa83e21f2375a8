package iotbox.stock.printer;

import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.ActionFailedException;
import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.handler.Parameter;
import iotbox.stock.host.BoxFacts;
import iotbox.stock.printer.PrinterLanguage.Sized;
import iotbox.stock.printer.picture.Picture;
import iotbox.stock.printer.picture.PictureException;
import iotbox.stock.printer.raw.Inquiry;
import iotbox.stock.printer.ticket.NetworkQuality;
import iotbox.stock.printer.ticket.Ticket;
import iotbox.stock.setting.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Any printer, with the actions and events of Odoo's own driver. An action checks what it is given
 * and makes a job of it; {@link #run()} prints the jobs one after the other and tells of each what
 * became of it.
 *
 * <p>Of its device it needs the native object, a {@link PrinterPort}, and the attributes {@code
 * name}, {@code kind}, {@code star}, {@code connection} and {@code manufacturer}; with {@code
 * settings} ({@link Settings}) it keeps what a person corrects, with {@code facts} (a {@code
 * Supplier<BoxFacts>}) it prints what the box is.
 */
@ConnectionType("printer")
public class PrinterDriver extends Driver {
  private static final PrintOutcome INTERRUPTED =
      PrintOutcome.unknown(
          PrinterTrouble.ERROR_UNKNOWN,
          "The box was ended while it printed this. Look what was printed before you print it"
              + " again");

  private final PrinterPort port;
  private final Settings settings;
  private final Supplier<BoxFacts> facts;
  private final PrintQueue queue = new PrintQueue();
  private final PrintEvents events;

  // Changed by actions, which come one at a time.
  private volatile PrinterSetup setup;

  /** How the printer is asked; remembers what it has no answer to. */
  private volatile Inquiry inquiry;

  /** Whether it can be printed to. */
  public static boolean supported(Device device) {
    return device.nativeObject() instanceof PrinterPort;
  }

  /** A driver for the printer that this device is. */
  @SuppressWarnings("unchecked")
  public PrinterDriver(String identifier, Device device) {
    super(identifier, device);
    this.port = (PrinterPort) device.nativeObject();
    this.settings = device.get("settings") instanceof Settings kept ? kept : Settings.passing();
    this.facts = (Supplier<BoxFacts>) device.get("facts");
    this.events = new PrintEvents(this);
    deviceType("printer");
    deviceName(text("name", identifier));
    deviceManufacturer(text("manufacturer", ""));
    deviceConnection(text("connection", "direct"));
    take(PrinterSetup.of(device, settings.of(identifier)));
  }

  private String text(String attribute, String otherwise) {
    String text = device().getString(attribute);
    return text == null ? otherwise : text;
  }

  private void take(PrinterSetup now) {
    setup = now;
    inquiry = language().inquiry();
    deviceSubtype(now.kind().subtype());
  }

  private PrinterLanguage language() {
    return setup.language(deviceName(), identifier(), port.raw());
  }

  /** One that fails at once is told of as those are that fail later. */
  @Override
  public Object action(ActionData action) throws Exception {
    try {
      return super.action(action);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new ActionFailedException(reason, PrintEvents.refused(action, reason), e);
    }
  }

  /** Odoo's action without a name: prints a file as it is. */
  @Action("")
  @Parameter(name = "document", required = true, description = "a file in base64")
  @Parameter(name = "print_id", description = "told again in the events of this job")
  public Object print(ActionData action) throws PictureException {
    queue(language().document(Documents.bytes("document", action.get("document"))), action);
    Object printId = action.get("print_id");
    return printId == null ? Map.of() : Map.of("print_id", printId);
  }

  /** Prints a receipt, as points of sale send it. */
  @Action("print_receipt")
  @Parameter(name = "receipt", required = true, description = "a picture (PNG, JPEG) in base64")
  public void printReceipt(ActionData action) throws PictureException {
    queue(language().receipt(Documents.bytes("receipt", action.get("receipt"))), action);
  }

  /** Opens the cash drawer that is connected to the printer. */
  @Action("cashbox")
  public void openCashbox(ActionData action) {
    queue(new Sized(language().drawers(), 0), action);
  }

  /** Prints a ticket that says how the box and its network are doing. */
  @Action("status")
  public void printStatus(ActionData action) {
    if (facts == null) {
      throw new IllegalStateException("This printer's interface tells nothing of the box");
    }
    BoxFacts now = facts.get();
    List<String> network = new NetworkQuality().lines(now.odooUrl());
    queue(new Sized(language().ticket(Ticket.of(now, network)), 0), action);
  }

  /** Asks the printer whether it could print; the answer is an event. */
  @Action("check")
  public void check(ActionData action) {
    queue.add(PrintOrder.of(null, 0, action));
  }

  /** Corrects what kind of printer it is, for good; not at all if that cannot be kept. */
  @Action("update_kind")
  @Parameter(
      name = "kind",
      required = true,
      choices = {
        "automatic",
        "receipt_printer",
        "star_receipt_printer",
        "label_printer",
        "office_printer"
      },
      description = "star_receipt_printer: a receipt printer with Star's own language")
  public Object updateKind(ActionData action) throws IOException {
    Map<String, Object> kept = settings.of(identifier());
    PrinterSetup.correct(kept, action.getString("kind"));
    settings.keep(identifier(), kept);
    take(PrinterSetup.of(device(), kept));
    log().info("{} is a {} now", identifier(), deviceSubtype());
    return deviceSubtype();
  }

  private void queue(Sized job, ActionData action) {
    queue.add(PrintOrder.of(job.job(), job.bytes(), action));
  }

  /** Prints what is queued, until the printer is disconnected. */
  @Override
  public void run() {
    if (setup.kind() == PrinterKind.RECEIPT_PRINTER) {
      Picture.prepare();
    }
    PrintOrder order = null;
    try {
      while (!isStopped()) {
        order = queue.take();
        events.ended(order, carryOut(order));
        order = null;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      if (order != null) {
        events.ended(order, INTERRUPTED);
      }
    }
  }

  private PrintOutcome carryOut(PrintOrder order) throws InterruptedException {
    PrinterPort asked = port instanceof RawPort raw ? raw.asking(inquiry) : port;
    try {
      return order.job() == null ? asked.look() : asked.print(order.job());
    } catch (RuntimeException e) {
      log().warn("{} failed", identifier(), e);
      return PrintOutcome.unknown(
          PrinterTrouble.ERROR_FAILED,
          "Printing failed: " + e + ". Look what was printed before you print it again");
    }
  }

  /** Tells whoever waits for a job that it will not be printed. */
  @Override
  public void disconnect() {
    queue.close().forEach(events::disconnected);
    events.disconnected();
  }
}
