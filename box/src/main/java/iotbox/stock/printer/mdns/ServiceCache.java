package iotbox.stock.printer.mdns;

import iotbox.stock.printer.mdns.DnsMessage.Question;
import iotbox.stock.printer.mdns.DnsRecord.Address;
import iotbox.stock.printer.mdns.DnsRecord.Pointer;
import iotbox.stock.printer.mdns.DnsRecord.Service;
import iotbox.stock.printer.mdns.DnsRecord.Text;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was heard of services of some types, for as long as it holds. Times are seconds on one
 * clock. For one thread at a time.
 */
final class ServiceCache {
  private static final int MOST = 500;
  private static final long MOST_SECONDS = 86_400;

  private final Set<List<String>> types;
  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final Map<String, Held<Service>> services = new LinkedHashMap<>();
  private final Map<String, Held<Text>> texts = new LinkedHashMap<>();
  private final Map<String, Held<InetAddress>> addresses = new LinkedHashMap<>();

  private record Instance(List<String> labels, long until) {}

  /**
   * Something that holds for a time, in the last fifth of which it is asked for again.
   *
   * @param until when it ends
   * @param renew when to ask
   */
  private record Held<T>(T value, long until, long renew) {
    static <T> Held<T> of(T value, DnsRecord record, long now) {
      long seconds = Math.min(record.seconds(), MOST_SECONDS);
      return new Held<>(value, now + seconds, now + seconds * 4 / 5);
    }
  }

  /**
   * Holds these.
   *
   * @param types the labels of each, such as {@code _ipp _tcp local}
   */
  ServiceCache(Set<List<String>> types) {
    this.types = Set.copyOf(types);
  }

  void add(DnsRecord record, long now) {
    if (record.data() instanceof Pointer pointer) {
      add(record, pointer, now);
    } else if (record.data() instanceof Service service) {
      add(services, record, service, now);
    } else if (record.data() instanceof Text text) {
      add(texts, record, text, now);
    } else if (record.data() instanceof Address address
        && !address.address().isLinkLocalAddress()) {
      add(addresses, record, address.address(), now);
    }
  }

  private void add(DnsRecord record, Pointer pointer, long now) {
    List<String> labels = pointer.labels();
    if (labels.size() < 2 || !types.contains(lower(labels.subList(1, labels.size())))) {
      return;
    }
    if (record.seconds() == 0) {
      instances.remove(pointer.target());
    } else if (instances.size() < MOST || instances.containsKey(pointer.target())) {
      instances.put(
          pointer.target(), new Instance(labels, now + Math.min(record.seconds(), MOST_SECONDS)));
    }
  }

  private static List<String> lower(List<String> labels) {
    return labels.stream().map(label -> DnsRecord.name(List.of(label))).toList();
  }

  private static <T> void add(Map<String, Held<T>> all, DnsRecord record, T value, long now) {
    if (record.seconds() == 0) {
      all.remove(record.name());
    } else if (all.size() < MOST || all.containsKey(record.name())) {
      all.put(record.name(), Held.of(value, record, now));
    }
  }

  void forgetOld(long now) {
    instances.values().removeIf(each -> each.until() <= now);
    services.values().removeIf(each -> each.until() <= now);
    texts.values().removeIf(each -> each.until() <= now);
    addresses.values().removeIf(each -> each.until() <= now);
  }

  /** What has to be asked to know all about those that are there, and to go on knowing it. */
  List<Question> questions(long now) {
    List<Question> questions = new ArrayList<>();
    instances.forEach(
        (name, instance) -> {
          Held<Service> service = services.get(name);
          ask(service, instance.labels(), DnsRecord.SRV, now, questions);
          ask(texts.get(name), instance.labels(), DnsRecord.TXT, now, questions);
          if (service != null) {
            String host = service.value().host();
            ask(addresses.get(host), List.of(host.split("\\.")), DnsRecord.A, now, questions);
          }
        });
    return questions.stream().distinct().toList();
  }

  private static void ask(
      Held<?> held, List<String> labels, int type, long now, List<Question> questions) {
    if (held == null || held.renew() <= now) {
      questions.add(new Question(labels, type));
    }
  }

  /** Those of which all is known. */
  List<Announcement> known() {
    List<Announcement> known = new ArrayList<>();
    instances.forEach((name, instance) -> known(name, instance.labels()).ifPresent(known::add));
    return known;
  }

  private Optional<Announcement> known(String name, List<String> labels) {
    Held<Service> service = services.get(name);
    Held<Text> text = texts.get(name);
    Held<InetAddress> address = service == null ? null : addresses.get(service.value().host());
    return text == null || address == null
        ? Optional.empty()
        : Optional.of(
            new Announcement(
                labels.get(0),
                lower(labels).get(1),
                address.value().getHostAddress(),
                service.value().port(),
                text.value().entries()));
  }
}
