package iotbox.stock.printer.ipp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hp.jipp.encoding.AttributeGroup;
import com.hp.jipp.encoding.IntType;
import com.hp.jipp.encoding.IppOutputStream;
import com.hp.jipp.encoding.IppPacket;
import com.hp.jipp.encoding.StringType;
import com.hp.jipp.encoding.Tag;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import iotbox.stock.printer.PrintJob;
import iotbox.stock.printer.PrintOutcome;
import iotbox.stock.printer.PrintOutcome.Fate;
import iotbox.stock.printer.PrinterTrouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real printers can hardly be made to do: answers that are wrong, late or none. */
class IppTroubleTest {
  private static final Patience SHORT =
      new Patience(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(1));
  private static final int PRINT_JOB = 2;
  private static final int CANCEL_JOB = 8;
  private static final int GET_JOB = 9;

  private final List<Integer> operations = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final IppClient client = new IppClient();
  private Printer printer = (operation, exchange) -> answer(exchange, 0, 0);
  private HttpServer server;

  /** What it does with an operation. */
  private interface Printer {
    void serve(int operation, HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void begin() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          int operation = body.length > 3 ? body[3] : -1;
          operations.add(operation);
          printer.serve(operation, exchange);
        });
    server.start();
  }

  @AfterEach
  void end() {
    client.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({"401, password", "403, password", "404, is not there", "426, ipps", "500, HTTP 500"})
  void whoeverDoesNotLetTheJobThroughDoesNotPrintIt(int status, String sentence) throws Exception {
    printer = (operation, exchange) -> exchange.sendResponseHeaders(status, -1);

    PrintOutcome outcome = print();

    assertEquals(Fate.NOT_PRINTED, outcome.fate());
    assertEquals(PrinterTrouble.ERROR_FAILED, outcome.trouble());
    assertTrue(outcome.sentence().contains(sentence), outcome.sentence());
    assertTrue(!operations.contains(PRINT_JOB));
  }

  @Test
  void whatIsNoPrinterIsToldSo() throws Exception {
    printer =
        (operation, exchange) -> {
          exchange.sendResponseHeaders(200, 5);
          exchange.getResponseBody().write("<html".getBytes());
          exchange.close();
        };

    PrintOutcome outcome = print();

    assertEquals(Fate.NOT_PRINTED, outcome.fate());
    assertTrue(outcome.sentence().contains("speaks IPP"), outcome.sentence());
  }

  @Test
  void aJobWhoseAnswerIsLostIsUnknownAndNotSentAgain() throws Exception {
    printer =
        (operation, exchange) -> {
          if (operation == PRINT_JOB) {
            exchange.close(); // The job is here, and nobody hears of it.
          } else {
            answer(exchange, 0, 0);
          }
        };

    PrintOutcome outcome = print();

    assertEquals(Fate.UNKNOWN, outcome.fate());
    assertEquals(PrinterTrouble.ERROR_UNKNOWN, outcome.trouble());
    assertEquals(1, operations.stream().filter(each -> each == PRINT_JOB).count());
  }

  @Test
  void aJobThatIsNotAnsweredInTimeIsUnknownAndNotSentAgain() throws Exception {
    printer =
        (operation, exchange) -> {
          if (operation != PRINT_JOB) {
            answer(exchange, 0, 0);
          }
        };

    PrintOutcome outcome = print();

    assertEquals(Fate.UNKNOWN, outcome.fate());
    assertEquals(PrinterTrouble.ERROR_TIMEOUT, outcome.trouble());
    assertEquals(1, operations.stream().filter(each -> each == PRINT_JOB).count());
  }

  @Test
  void aPrinterThatGoesAfterItHasTheJobLeavesItUnknown() throws Exception {
    printer =
        (operation, exchange) -> {
          if (operation == GET_JOB) {
            exchange.close();
          } else {
            answer(exchange, 0, 3);
          }
        };

    PrintOutcome outcome = print();

    assertEquals(Fate.UNKNOWN, outcome.fate());
    assertEquals(PrinterTrouble.ERROR_UNREACHABLE, outcome.trouble());
  }

  @ParameterizedTest
  @CsvSource({
    "7, NOT_PRINTED, ERROR_FAILED, canceled",
    "8, NOT_PRINTED, ERROR_FAILED, gave the job up",
    "9, PRINTED, , ''",
    "4, NOT_PRINTED, ERROR_OFFLINE, release it"
  })
  void theStateOfTheJobIsItsOutcome(int state, Fate fate, PrinterTrouble trouble, String sentence)
      throws Exception {
    printer = (operation, exchange) -> answer(exchange, 0, state);

    PrintOutcome outcome = print();

    assertEquals(fate, outcome.fate());
    assertEquals(trouble, outcome.trouble());
    assertTrue(outcome.sentence().contains(sentence), outcome.sentence());
    assertEquals(state == 4, operations.contains(CANCEL_JOB));
  }

  @ParameterizedTest
  @CsvSource({"0x0506, ERROR_OFFLINE", "0x0507, ERROR_OFFLINE", "0x0403, ERROR_FAILED"})
  void aPrinterThatRefusesTheJobDoesNotPrintIt(String status, PrinterTrouble trouble)
      throws Exception {
    printer =
        (operation, exchange) ->
            answer(exchange, operation == PRINT_JOB ? Integer.decode(status) : 0, 0);

    PrintOutcome outcome = print();

    assertEquals(Fate.NOT_PRINTED, outcome.fate());
    assertEquals(trouble, outcome.trouble());
  }

  @Test
  void aPrinterThatForgetsWhatItHasDoneHasDoneIt() throws Exception {
    printer = (operation, exchange) -> answer(exchange, operation == GET_JOB ? 0x0406 : 0, 0);

    assertEquals(PrintOutcome.PRINTED, print());
  }

  private PrintOutcome print() throws InterruptedException {
    URI uri = URI.create("ipp://127.0.0.1:" + server.getAddress().getPort() + "/ipp/print");
    return new IppPort(client, uri, SHORT)
        .print(PrintJob.of("Receipt", PrintJob.Format.RAW, new byte[] {27, 64}));
  }

  /** An idle printer, and the job 7 in this state if it is not zero. */
  private static void answer(HttpExchange exchange, int status, int state) throws IOException {
    IppPacket packet =
        new IppPacket(
            0x0101,
            status,
            1,
            List.of(
                AttributeGroup.groupOf(
                    Tag.operationAttributes,
                    new StringType(Tag.charset, "attributes-charset").of("utf-8"),
                    new StringType(Tag.naturalLanguage, "attributes-natural-language").of("en")),
                AttributeGroup.groupOf(
                    Tag.jobAttributes,
                    new IntType("job-id").of(7),
                    new IntType("job-state").of(state)),
                AttributeGroup.groupOf(
                    Tag.printerAttributes,
                    new IntType("printer-state").of(3),
                    new StringType(Tag.keyword, "printer-state-reasons").of("none"))));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new IppOutputStream(bytes).write(packet);
    exchange.getResponseHeaders().add("Content-Type", "application/ipp");
    exchange.sendResponseHeaders(200, bytes.size());
    exchange.getResponseBody().write(bytes.toByteArray());
    exchange.close();
  }
}
