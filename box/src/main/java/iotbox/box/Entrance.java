package iotbox.box;

import iotbox.box.access.Access;
import iotbox.box.access.Hosts;
import iotbox.box.access.OriginAnswers;
import iotbox.box.access.Origins;
import iotbox.box.access.Owner;
import iotbox.box.access.OwnerPassword;
import iotbox.box.http.part.HttpsView;
import iotbox.box.option.AccessOptions;
import iotbox.box.option.BoxOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * How browsers come in: by which addresses and names, from which pages, as the owner with a
 * password, and for the first time when nobody has set the box up.
 */
final class Entrance {
  private static final Duration PASSWORD_DELAY = Duration.ofSeconds(2);

  private final Foundation base;
  private final OwnerPassword password;
  private final IntSupplier port;
  final Reach reach;
  final SetUp setUp;
  final Access access;

  /**
   * @param https gives {@code null} if it is not wanted
   * @param certified the names that the served certificate is for
   * @param port of plain HTTP, once it is served
   * @param odoo the address of the server that the box belongs to, or {@code null}
   */
  Entrance(
      Foundation base,
      OwnerPassword password,
      Supplier<HttpsView> https,
      Supplier<Set<String>> certified,
      IntSupplier port,
      Supplier<String> odoo) {
    this.base = base;
    this.password = password;
    this.port = port;
    BoxOptions options = base.options();
    AccessOptions allowed = options.access();
    List<Supplier<Set<String>>> names =
        List.of(new HostNames(base.identity().hostname())::now, certified);
    reach = new Reach(options.bind(), port, https, names, allowed.hosts());
    boolean lookedAfter =
        allowed.passwordFile() != null
            || options.odoo() != null
            || options.demo()
            || base.development();
    setUp = new SetUp(base.data(), lookedAfter, base.threads().work());
    access =
        new Access(
            new Hosts(names, allowed.hosts()),
            new Origins(allowed.origins(), odoo, new OriginAnswers(base.data()), Clock.systemUTC()),
            new Owner(password, base.threads().work(), Clock.systemUTC()));
  }

  /** Has the owner's password made soon, if there is none yet. */
  void start() {
    // Not yet, as the first hash takes a processor for a while.
    base.threads()
        .timer()
        .schedule(
            () -> base.threads().work().execute(password::prepare),
            PASSWORD_DELAY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Where browsers find the box, once it serves. */
  String url() {
    return url(servesAllAddresses() ? base.identity().address().get() : bound());
  }

  /** What a display of this machine shows where Odoo has no page for it. */
  String statusPage() {
    return url(servesAllAddresses() ? "127.0.0.1" : bound()) + Displays.STATUS_PAGE;
  }

  private String url(String host) {
    return "http://" + host + ":" + port.getAsInt();
  }

  private boolean servesAllAddresses() {
    return base.options().bind().equals(BoxOptions.ALL_ADDRESSES);
  }

  private String bound() {
    String bind = base.options().bind();
    return bind.contains(":") ? "[" + bind + "]" : bind;
  }
}
