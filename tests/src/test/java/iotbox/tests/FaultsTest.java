package iotbox.tests;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import iotbox.box.odoo.FaultyNetwork;
import iotbox.tests.bench.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens between the box and Odoo: browsers do not notice, and fifteen seconds after its
 * end nothing is left of it. Several boxes suffer at a time, as recovering is mostly waiting.
 */
@Tag("alone")
class FaultsTest {
  private static final ExecutorService AT_A_TIME = Executors.newFixedThreadPool(3);

  private static final Duration RECOVERY = Duration.ofSeconds(15);
  private static final int STEPS = 12;
  private static final Duration SHORTEST = Duration.ofSeconds(5);
  private static final Duration NOTICED = Duration.ofSeconds(30);

  /**
   * A browser that had to wait for a call to Odoo would wait until that is given up or the fault
   * ends; no busy machine adds half as much to a single call.
   */
  private static final double LONGEST_MILLIS = SHORTEST.toMillis() / 2.0;

  /** What no busy machine adds to half of the calls. */
  private static final double MEDIAN_MILLIS = 100;

  private static final String CONNECTED = "connected";
  private static final String UNREACHABLE = "unreachable";
  private static final String NAME = "odoo.shop.test";

  @TempDir private static Path folder;

  /**
   * A fault and its end.
   *
   * @param state what the box makes of it
   * @param repeats whether the server takes calls whose answers are lost: no box can know then that
   *     the first confirmation that waits was taken
   */
  private record Fault(
      String name,
      String state,
      Duration atLeast,
      boolean repeats,
      Consumer<BoxAtWork> begin,
      Consumer<BoxAtWork> end) {

    Fault(String name, Consumer<FaultyNetwork> begin) {
      this(
          name,
          UNREACHABLE,
          SHORTEST,
          false,
          work -> begin.accept(work.network),
          work -> work.network.heal());
    }

    Fault lasting(Duration atLeast) {
      return new Fault(name, state, atLeast, repeats, begin, end);
    }

    Fault repeating() {
      return new Fault(name, state, atLeast, true, begin, end);
    }
  }

  @AfterAll
  static void end() {
    AT_A_TIME.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> theBoxLivesThrough() {
    List<Fault> faults =
        List.of(
            // Longer than it takes until the pauses between attempts grow no more: it makes no
            // difference to the box how long an outage lasts from there on.
            new Fault("a server that is away", FaultyNetwork::refuse)
                .lasting(Duration.ofSeconds(40)),
            new Fault("connections that fall silent", FaultyNetwork::silence),
            new Fault("answers of a byte a second", FaultyNetwork::drip),
            new Fault("refused connections", FaultyNetwork::refuse),
            new Fault("connections reset within the answer", FaultyNetwork::cutAnswers).repeating(),
            new Fault(
                "a proxy without Odoo behind it",
                network ->
                    network.answer(
                        "502 Bad Gateway", "text/html", "<html><h1>502 Bad Gateway</h1></html>")),
            new Fault(
                "JSON that is garbage",
                network ->
                    network.answer(
                        "200 OK",
                        "application/json",
                        "{\"jsonrpc\": \"2.0\", \"result\": [}\u0000")),
            new Fault(
                "JSON that is a list",
                network -> network.answer("200 OK", "application/json", "[{\"result\": true}]")),
            new Fault(
                "JSON that is no JSON-RPC",
                network ->
                    network.answer("200 OK", "application/json", "{\"data\": {\"result\": 1}}")),
            clock("a server an hour ahead", Duration.ofHours(1)),
            clock("a server an hour behind", Duration.ofHours(-1)));
    List<DynamicTest> tests = new ArrayList<>();
    for (Fault fault : faults) {
      tests.add(test(fault, "127.0.0.1", List.of()));
    }
    Path hosts = hosts();
    tests.add(test(names(hosts), NAME, List.of("-Djdk.net.hosts.file=" + hosts)));
    return tests.stream();
  }

  /** Ten real minutes: {@code mvn -Plong-outage -pl tests -am test}. */
  @Test
  @Tag("long")
  void tenMinutes() throws Exception {
    Fault outage =
        new Fault("a server that is away for ten minutes", FaultyNetwork::refuse)
            .lasting(Duration.ofMinutes(10));
    survive(outage, "127.0.0.1", List.of(), Duration.ofSeconds(1));
  }

  private static DynamicTest test(Fault fault, String host, List<String> java) {
    Future<Void> running =
        AT_A_TIME.submit(
            () -> {
              survive(fault, host, java, Duration.ofMillis(60));
              return null;
            });
    return DynamicTest.dynamicTest(fault.name(), running::get);
  }

  private static void survive(Fault fault, String host, List<String> java, Duration pace)
      throws Exception {
    Path own = Files.createTempDirectory(folder, "box");
    try (BoxAtWork work = new BoxAtWork(own, pace, host, java)) {
      fault.begin().accept(work);
      long begun = System.nanoTime();
      work.openTill();
      await(fault.name() + " is noticed and lasts")
          .atMost(fault.atLeast().plus(NOTICED))
          .until(
              () -> {
                work.checkUsers();
                return work.state().equals(fault.state())
                    && work.judgeable()
                    && System.nanoTime() - begun >= fault.atLeast().toNanos();
              });
      Figures hellos = work.hellos();

      fault.end().accept(work);
      long ended = System.nanoTime();
      // The dozen steps of it are kept waiting by a busy machine, each like a hello.
      Duration lag = Duration.ofMillis((long) (STEPS * hellos.percentile(1)));
      await("recovery from " + fault.name())
          .atMost(RECOVERY.plus(lag))
          .pollInterval(Duration.ofMillis(100))
          .until(work::recovered);
      double recovery = (System.nanoTime() - ended) / 1e9;

      int sold = work.closeTill();
      System.out.printf(
          Locale.ROOT,
          "%s: hello p50 %.1f ms, p99 %.1f ms, longest %.1f ms; recovered in %.1f s; %d actions%n",
          fault.name(),
          hellos.median(),
          hellos.percentile(0.99),
          hellos.percentile(1),
          recovery,
          sold);
      List<Integer> told = work.toldOfTill();
      assertEquals(
          IntStream.rangeClosed(1, sold).boxed().toList(),
          fault.repeats() ? told.stream().distinct().toList() : told,
          "Odoo heard of everything once and in order");
      assertEquals(1, work.toldOfOdoo(), "what Odoo asks for again is done once");
      assertTrue(hellos.percentile(1) < LONGEST_MILLIS, "longest hello " + hellos.percentile(1));
      assertTrue(hellos.median() < MEDIAN_MILLIS, "hello p50 " + hellos.median());
    } catch (Exception | AssertionError e) {
      throw new AssertionError(fault.name() + ": " + e.getMessage(), e);
    }
  }

  /** Times differ: in headers, and in how long the session lasts, which the box must log in for. */
  private static Fault clock(String name, Duration ahead) {
    return new Fault(
        name,
        CONNECTED,
        SHORTEST,
        false,
        work -> {
          work.bus.setClock(ahead);
          work.network.resetAll();
        },
        work -> work.bus.setClock(Duration.ZERO));
  }

  /** The server's name is unknown for a while, and its connections are lost with it. */
  private static Fault names(Path hosts) {
    return new Fault(
        "a name that cannot be found",
        UNREACHABLE,
        Duration.ofSeconds(20),
        false,
        work -> {
          write(hosts, "127.0.0.1 another.shop.test\n");
          // What Java knows of the name it forgets by and by; until then nobody is there.
          work.network.refuse();
          await("the name is forgotten")
              .atMost(NOTICED)
              .until(() -> work.log().contains("cannot be found"));
          work.network.heal();
        },
        work -> write(hosts, "127.0.0.1 " + NAME + "\n"));
  }

  private static Path hosts() {
    Path hosts = folder.resolve("hosts");
    write(hosts, "127.0.0.1 " + NAME + "\n");
    return hosts;
  }

  private static void write(Path hosts, String text) {
    try {
      Path next = Files.writeString(hosts.resolveSibling("hosts.new"), text);
      Files.move(next, hosts, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
