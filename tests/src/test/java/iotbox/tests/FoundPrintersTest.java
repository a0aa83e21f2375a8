package iotbox.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import iotbox.stock.printer.real.PrivateCups;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The box as it is shipped finds the queues of a real CUPS and prints through them. */
class FoundPrintersTest {
  private static final String PAGE = "%PDF-1.4 a page";

  @Test
  void aDocumentGoesThroughAQueueThatIsMadeMeanwhile(@TempDir Path folder) throws Exception {
    try (ServerSocket paper = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        PrivateCups cups = PrivateCups.start(folder);
        BoxProcess box =
            BoxProcess.startIn(
                Map.of(
                    "CUPS_SERVER", "127.0.0.1:" + cups.port(), "IOTBOX_FIND_PRINTERS", "cups"))) {
      BoxClient client = box.client();
      cups.queue("Office", "socket://127.0.0.1:" + paper.getLocalPort());
      assertEquals("printer", client.awaitDevice("Office").path("type").asText());

      String document = Base64.getEncoder().encodeToString(PAGE.getBytes(UTF_8));
      client.action("s1", "Office", Map.of("document", document));

      paper.setSoTimeout(20_000);
      try (Socket printed = paper.accept()) {
        assertEquals(PAGE, new String(printed.getInputStream().readAllBytes(), UTF_8));
      }
    }
  }
}
