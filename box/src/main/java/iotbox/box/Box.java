package iotbox.box;

import iotbox.box.access.OwnerPassword;
import iotbox.box.command.CheckCommand;
import iotbox.box.command.Command;
import iotbox.box.command.CommandException;
import iotbox.box.command.Commands;
import iotbox.box.command.NewCommand;
import iotbox.box.command.SignCommand;
import iotbox.box.command.TestCommand;
import iotbox.box.dev.DevCommand;
import iotbox.box.dev.DevView;
import iotbox.box.health.Check;
import iotbox.box.health.Health;
import iotbox.box.host.HostNetwork;
import iotbox.box.http.BoxServer;
import iotbox.box.http.PortRefusedException;
import iotbox.box.http.part.BoxParts;
import iotbox.box.http.part.BoxView;
import iotbox.box.http.part.HttpsView;
import iotbox.box.http.part.Logs;
import iotbox.box.http.part.Settings;
import iotbox.box.log.BoxLog;
import iotbox.box.log.LogLevels;
import iotbox.box.log.LogMemory;
import iotbox.box.metric.LazyMetrics;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.option.BoxOptions;
import iotbox.box.option.GivenOptions;
import iotbox.box.option.KeptOptions;
import iotbox.box.option.StartupException;
import iotbox.box.systemd.Liveness;
import iotbox.box.systemd.Systemd;
import iotbox.box.thread.Alarm;
import iotbox.box.thread.BoxThreads;
import iotbox.loader.HandlerRegistry;
import iotbox.stock.host.BoxFacts;
import iotbox.stock.serial.PortLines;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: its sides and how they are joined (the constructor), and the order in which they
 * start ({@link #start()}). They close in the reverse order, by the {@link Lifecycle}.
 *
 * <p>A side joins the parts of one concern: {@link DeviceSide}, {@link HandlerSide}, {@link
 * OdooSide}, and towards browsers {@link Entrance} and {@link Certificates}. Each knows only those
 * before it; what it needs of a later one, it is given as a question that the box answers.
 */
public final class Box {
  private static final Logger LOG = LoggerFactory.getLogger(Box.class);
  private static final int BAD_START = 2;
  private static final int FAILED_START = 1;
  private static final int RESTART = 4;

  private final Foundation base;
  private final Entrance entrance;
  private final Displays displays;
  private final DeviceSide devices;
  private final HandlerSide handlers;
  private final OdooSide odoo;
  private final Certificates certificates;
  private final Health health;
  private final BoxServer server;

  /** Empty but for {@code iotbox dev}. */
  private final Optional<DevView> view;

  /**
   * Joins the parts; none of them serves, listens or asks anything yet.
   *
   * @param development for whom the box runs, if for somebody who writes handlers
   */
  private Box(
      GivenOptions given,
      Map<String, String> environment,
      Lifecycle parts,
      Optional<DevCommand.Start> development)
      throws StartupException {
    Path data = parts.started(DataFolder.of(given.options(), environment)).path();
    LogMemory memory = LogMemory.ofThisBox();
    Path log = BoxLog.keepIn(data);
    if (development.isPresent()) {
      BoxLog.leaveToHandlers(LoadLog.class);
    }
    KeptOptions kept =
        KeptOptions.in(data, given, options -> BoxServer.refusal(options.bind(), options.port()));
    BoxOptions options = kept.options();
    Https https = new Https(options.bind(), options.httpsPorts(), HostNetwork::address);
    base =
        Foundation.lay(options, environment, data, https::address, parts, development.isPresent());
    BoxThreads threads = base.threads();
    MemoryWatch memoryWatch = parts.started(new MemoryWatch(threads));
    view =
        development.map(
            start ->
                parts.started(new DevView(start, data, threads, environment, System.out::println)));

    Path passwordFile = options.access().passwordFile();
    OwnerPassword password =
        view.isPresent() && passwordFile == null
            ? view.get().password()
            : FirstPassword.of(passwordFile, data);
    entrance =
        new Entrance(base, password, this::https, https::names, this::port, this::odooAddress);
    displays = new Displays(base, entrance::statusPage);
    HandlerRegistry registry = new HandlerRegistry();
    devices = new DeviceSide(base, registry);
    SettingsFile settings = new SettingsFile(data);
    PortLines lines =
        new PortLines(options.detection().lines(), settings.of("lines"), settings.of("serial"));
    handlers =
        new HandlerSide(
            base,
            registry,
            devices.manager,
            new StockHandlers.Means(
                options,
                new PlacesFile(data),
                settings,
                lines,
                () -> view.map(DevView::serialPorts).orElse(List.of()),
                this::facts,
                displays,
                new Desktop(environment)::isThere));
    odoo = new OdooSide(base, devices, handlers);
    certificates = new Certificates(base, https, odoo::certificateService);
    health =
        new Health(
            threads,
            List.of(
                new Check(true, memoryWatch::trouble),
                new Check(false, new DataFolderCheck(data)),
                new Check(false, devices.detection::trouble)));
    server =
        new BoxServer(
            new BoxParts(
                new BoxView(
                    base.identity().identifier(),
                    base.identity().version(),
                    HostNetwork::addresses),
                registry::current,
                devices.faults,
                devices.detection,
                devices.manager,
                devices.rules,
                new SerialLines(lines, devices.rules, devices.manager, threads.work()),
                devices.leftovers,
                handlers.reloads,
                devices.events,
                devices.readings,
                Alarm.of(threads),
                odoo.panel(),
                certificates::view,
                entrance.reach::now,
                new Logs(log, LogLevels.in(data, threads), memory),
                new Settings(
                    kept,
                    new Restarter(environment, threads, () -> System.exit(RESTART)),
                    entrance.setUp),
                entrance.access,
                new LazyMetrics(
                    new LazyMetrics.Parts(
                        base.identity().version(),
                        devices.manager,
                        devices.detection,
                        devices.events,
                        registry::current,
                        devices.faults,
                        handlers.compiling(),
                        handlers.loader::durations,
                        odoo.link::status,
                        odoo.bus::status)),
                health,
                displays::shown));
  }

  /**
   * Runs a box until the process is told to end, or does what a command says. Exit code 1: the
   * command found something wrong; 2: what was asked for is not possible, for the reason printed;
   * 3: the box's memory was used up; 4: the owner wants it started again.
   */
  public static void main(String[] arguments) throws InterruptedException {
    HostNetwork.forgetNamesSoon();
    Lifecycle parts = new Lifecycle();
    try {
      Commands commands = commands();
      Optional<Command> command = commands.in(List.of(arguments));
      if (command.isPresent()) {
        List<String> rest = List.of(arguments).subList(1, arguments.length);
        System.exit(command.get().run(rest, System.getenv(), System.out::println));
      }
      DevCommand dev =
          new DevCommand(DataFolder.usual(System.getenv()).resolveSibling("iotbox-dev"));
      Optional<DevCommand.Start> development = dev.start(List.of(arguments), System.getenv());
      GivenOptions given =
          GivenOptions.read(
              development.map(DevCommand.Start::boxArguments).orElse(arguments),
              System.getenv(),
              Stream.concat(Stream.of(dev), commands.all().stream()).toList(),
              System.out::print);
      if (given == null) {
        return;
      }
      parts.endWithTheProcess();
      Box box = new Box(given, System.getenv(), parts, development);
      String url = box.start();
      if (!parts.isEnding()) {
        System.out.println("iotbox ready on " + url);
      }
      Thread.currentThread().join(); // Everything else runs on daemon threads.
    } catch (StartupException | CommandException e) {
      System.err.println("iotbox: " + e.getMessage());
      System.exit(BAD_START);
    } catch (RuntimeException | Error e) {
      if (parts.isEnding()) {
        // Nobody's fault. And to exit from here as well would look as if a handler had done that.
        LOG.info("The box was ended before it had started");
        return;
      }
      LOG.error("The box cannot start", e);
      System.exit(FAILED_START);
    }
  }

  private static Commands commands() {
    return new Commands(
        List.of(
            new NewCommand(),
            new CheckCommand(StockHandlers::visible),
            new TestCommand(),
            new SignCommand()));
  }

  /** Starts everything, and answers the address under which the box serves by then. */
  private String start() throws StartupException {
    Lifecycle parts = base.parts();
    // Browsers are served first: neither a device nor Odoo may keep them waiting.
    Pairing pairing = odoo.wanted();
    serve();
    view.ifPresent(DevView::play);
    view.ifPresent(each -> handlers.loader.onReload(each::reloaded));
    handlers.begin();
    devices.start();
    handlers.start();
    odoo.join(entrance.setUp, displays);
    parts.started(handlers.starts);
    parts.started(server::drain);
    odoo.start(pairing);
    certificates.start(server, odoo.link::devicesChanged); // And perhaps the address.
    String url = entrance.url();
    view.ifPresent(
        each ->
            devices.manager.onChange(
                each.serves(
                    url, devices.manager::status, handlers.reloads::latest, devices.events)));
    Systemd.of(base.environment(), base.threads())
        .ifPresent(
            systemd ->
                parts
                    .started(systemd)
                    .ready(
                        new StatusLine(url, devices.manager::status, odoo.link::status)::get,
                        new Liveness(health, server.selfGreeting()::answersWithin)));
    return url;
  }

  private void serve() throws StartupException {
    try {
      base.parts().started(server).start(base.options().bind(), base.options().port());
    } catch (PortRefusedException e) {
      throw new StartupException(e.getMessage());
    }
    LOG.info("Box {} serves on port {}", base.identity().identifier(), server.port());
    entrance.start();
  }

  // What is asked when all parts are joined.

  private BoxFacts facts() {
    return odoo.facts(entrance.reach.now());
  }

  private HttpsView https() {
    return certificates.view();
  }

  private String odooAddress() {
    return odoo.link.status().url();
  }

  private int port() {
    return server.port();
  }
}
