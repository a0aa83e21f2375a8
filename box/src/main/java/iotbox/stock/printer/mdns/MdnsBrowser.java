package iotbox.stock.printer.mdns;

import iotbox.stock.printer.mdns.DnsMessage.Question;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for services of some types in the local network: asks for them, a few times soon and then
 * every minute, and hears whoever comes or goes in between. Has no thread: it is told to look,
 * about once a second, and never blocks. For one thread at a time.
 */
public final class MdnsBrowser {
  private static final long LONGEST_PAUSE = 60;
  private static final long LOOK_AT_INTERFACES = 5;

  /** What is missing is asked for again after so many seconds. */
  private static final long ASK_AGAIN = 2;

  private final List<Question> types;
  private final Supplier<List<NetworkInterface>> interfaces;
  private final MulticastLine line = new MulticastLine();
  private final ServiceCache cache;
  private final long start = System.nanoTime();
  private List<NetworkInterface> present = List.of();
  private long lookedAt = -LOOK_AT_INTERFACES;
  private long pause = 1;
  private long nextQuery;
  private long nextDetails;

  /**
   * Looks for these on all networks of this machine.
   *
   * @param types such as {@code _ipp}, all over TCP
   */
  public MdnsBrowser(List<String> types) {
    this(types, MdnsBrowser::networks);
  }

  /**
   * Looks for these.
   *
   * @param interfaces where to ask, at any moment
   */
  public MdnsBrowser(List<String> types, Supplier<List<NetworkInterface>> interfaces) {
    List<List<String>> names = types.stream().map(type -> List.of(type, "_tcp", "local")).toList();
    this.types = names.stream().map(name -> new Question(name, DnsRecord.PTR)).toList();
    this.cache = new ServiceCache(names.stream().collect(Collectors.toSet()));
    this.interfaces = interfaces;
  }

  /**
   * Those that are known by now.
   *
   * @throws IOException if the network cannot be used
   */
  public List<Announcement> look() throws IOException {
    long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    if (lookedAt + LOOK_AT_INTERFACES <= now) {
      lookAtInterfaces(now);
    }
    for (DnsRecord record : line.heard()) {
      cache.add(record, now);
    }
    cache.forgetOld(now);
    ask(now);
    return cache.known();
  }

  private void lookAtInterfaces(long now) throws IOException {
    List<NetworkInterface> found = interfaces.get();
    if (!found.equals(present)) {
      nextQuery = now; // Another network: all in it are new.
      pause = 1;
    }
    present = found;
    lookedAt = now;
    line.listen(found);
  }

  private void ask(long now) throws IOException {
    List<Question> questions = new ArrayList<>();
    if (nextQuery <= now) {
      questions.addAll(types);
      nextQuery = now + pause;
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
    if (nextDetails <= now) {
      List<Question> details = cache.questions(now);
      questions.addAll(details);
      if (!details.isEmpty()) {
        nextDetails = now + ASK_AGAIN;
      }
    }
    if (!questions.isEmpty()) {
      line.send(DnsMessage.query(questions), present);
    }
  }

  /** Ends it at once. */
  public void close() {
    line.close();
  }

  private static List<NetworkInterface> networks() {
    try (Stream<NetworkInterface> all = NetworkInterface.networkInterfaces()) {
      return all.filter(MdnsBrowser::isNetwork).toList();
    } catch (SocketException e) {
      return List.of(); // There is none at the moment.
    }
  }

  private static boolean isNetwork(NetworkInterface each) {
    try {
      return each.isUp()
          && each.supportsMulticast()
          && !each.isLoopback()
          && !each.isPointToPoint()
          && each.inetAddresses().anyMatch(address -> address.getAddress().length == 4);
    } catch (SocketException e) {
      return false; // It has just gone.
    }
  }
}
