package iotbox.box;

import iotbox.box.access.Access;
import iotbox.box.access.Hosts;
import iotbox.box.access.OriginAnswers;
import iotbox.box.access.Origins;
import iotbox.box.access.Owner;
import iotbox.box.access.OwnerPassword;
import iotbox.box.certificate.CertificateKeeper;
import iotbox.box.command.CheckCommand;
import iotbox.box.command.Command;
import iotbox.box.command.CommandException;
import iotbox.box.command.Commands;
import iotbox.box.command.NewCommand;
import iotbox.box.command.SignCommand;
import iotbox.box.command.TestCommand;
import iotbox.box.dev.DevCommand;
import iotbox.box.dev.DevView;
import iotbox.box.device.Detection;
import iotbox.box.device.DeviceManager;
import iotbox.box.device.DriverRules;
import iotbox.box.event.EventHub;
import iotbox.box.event.Readings;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.health.Check;
import iotbox.box.health.Health;
import iotbox.box.host.BoxIdentity;
import iotbox.box.host.HostNetwork;
import iotbox.box.http.BoxServer;
import iotbox.box.http.PortRefusedException;
import iotbox.box.http.part.BoxParts;
import iotbox.box.http.part.BoxView;
import iotbox.box.http.part.HttpsView;
import iotbox.box.http.part.Logs;
import iotbox.box.http.part.NetworkView;
import iotbox.box.http.part.Settings;
import iotbox.box.leftover.Leftovers;
import iotbox.box.log.BoxLog;
import iotbox.box.log.LogLevels;
import iotbox.box.log.LogMemory;
import iotbox.box.log.OdooLogAppender;
import iotbox.box.metric.LazyMetrics;
import iotbox.box.odoo.CertificateService;
import iotbox.box.odoo.DisplayUrls;
import iotbox.box.odoo.HandlerCache;
import iotbox.box.odoo.KeyboardLayouts;
import iotbox.box.odoo.LogShipper;
import iotbox.box.odoo.OdooLink;
import iotbox.box.odoo.OdooStatus;
import iotbox.box.odoo.PairingCodes;
import iotbox.box.odoo.PairingCodes.Shown;
import iotbox.box.odoo.bus.Bus;
import iotbox.box.odoo.pairing.BadPairingException;
import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.option.BoxOptions;
import iotbox.box.option.BoxVersion;
import iotbox.box.option.GivenOptions;
import iotbox.box.option.KeptOptions;
import iotbox.box.option.StartupException;
import iotbox.box.reload.Reloads;
import iotbox.box.systemd.Liveness;
import iotbox.box.systemd.Systemd;
import iotbox.box.thread.Alarm;
import iotbox.box.thread.BoxThreads;
import iotbox.loader.BuiltinHandlers;
import iotbox.loader.ClassCache;
import iotbox.loader.HandlerCompiler;
import iotbox.loader.HandlerLoader;
import iotbox.loader.HandlerRegistry;
import iotbox.loader.Handlers;
import iotbox.loader.Platform;
import iotbox.stock.host.BoxFacts;
import iotbox.stock.keyboard.layout.KnownLayouts;
import iotbox.stock.serial.PortLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: every part and how they are joined (the constructor), and the order in which they
 * start ({@link #start()}). They close in the reverse order, by the {@link Lifecycle}.
 */
public final class Box {
  private static final Logger LOG = LoggerFactory.getLogger(Box.class);
  private static final int BAD_START = 2;
  private static final int FAILED_START = 1;
  private static final int RESTART = 4;

  /** All devices together: a loop that does not listen is given up after two seconds. */
  private static final Duration DEVICES_PATIENCE = Duration.ofMillis(2_800);

  private static final Duration ODOO_PATIENCE = Duration.ofMillis(500);

  private static final Duration PASSWORD_DELAY = Duration.ofSeconds(2);

  private final BoxOptions options;
  private final Map<String, String> environment;
  private final Lifecycle parts;

  private final BoxIdentity identity;
  private final BoxThreads threads;
  private final HandlerRegistry registry;
  private final StockHandlers.Means stock;

  /** Known when browsers are served; nothing is loaded before. */
  private volatile BuiltinHandlers builtins;

  private final LoadLog loader;
  private final StartGuard starts;
  private final DriverRules rules;
  private final DeviceManager devices;
  private final Reloads reloads;
  private final Detection detection;
  private final Leftovers leftovers;
  private final OdooLink link;
  private final Bus bus;
  private final Optional<CertificateKeeper> certificates;
  private final Https https;
  private final OwnerPassword password;
  private final Optional<PairingCodes> codes;
  private final Reach reach;
  private final SetUp setUp;
  private final Health health;
  private final EventHub events;
  private final Displays displays;
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
    this.environment = environment;
    this.parts = parts;
    Path data = parts.started(DataFolder.of(given.options(), environment)).path();
    LogMemory memory = LogMemory.ofThisBox();
    Path log = BoxLog.keepIn(data);
    if (development.isPresent()) {
      BoxLog.leaveToHandlers(LoadLog.class);
    }
    KeptOptions kept =
        KeptOptions.in(data, given, options -> BoxServer.refusal(options.bind(), options.port()));
    options = kept.options();
    https = new Https(options.bind(), options.httpsPorts(), HostNetwork::address);
    identity = identity(data).reachedAt(https::address);
    threads = parts.started(new BoxThreads());
    MemoryWatch memoryWatch = parts.started(new MemoryWatch(threads));

    view =
        development.map(
            start ->
                parts.started(new DevView(start, data, threads, environment, System.out::println)));
    displays =
        new Displays(
            options, environment, view.isPresent(), data, this::statusPage, threads.work());
    SettingsFile settings = new SettingsFile(data);
    PortLines lines =
        new PortLines(options.detection().lines(), settings.of("lines"), settings.of("serial"));
    stock =
        new StockHandlers.Means(
            options,
            new PlacesFile(data),
            settings,
            lines,
            () -> view.map(DevView::serialPorts).orElse(List.of()),
            this::facts,
            displays,
            new Desktop(environment)::isThere);
    registry = new HandlerRegistry();
    events = new EventHub(threads);
    Readings readings = new Readings();
    events.subscribe(readings);
    HandlerFaults faults = new HandlerFaults();
    DriverGuard guard = new DriverGuard(threads);
    rules = new DriverRules(options.detection().decisions(), new RulesFile(data));
    devices =
        new DeviceManager(
            registry::current, guard, faults, events, threads, rules, new BegunActions(data));
    reloads = new Reloads(devices::touched);
    HandlerCompiler compiler = compiler(data);
    loader =
        new LoadLog(
            new HandlerLoader(
                registry,
                () -> builtins,
                StockHandlers.visible(),
                Platform.current(),
                options.archiveLimits(),
                options.signatures().handlers(),
                compiler,
                threads.work()),
            reloads);
    detection = new Detection(guard, faults, devices);
    leftovers = new Leftovers(guard, registry::current, devices::status, threads);

    starts = new StartGuard(data, threads);
    OdooHandlers handlers = new OdooHandlers(loader, starts, options.archiveLimits());
    OdooClient services = parts.started(new OdooClient());
    OdooClient client = options.insecureOdoo() ? parts.started(insecure()) : services;
    link =
        new OdooLink(
            new CredentialStore(data),
            identity,
            devices::status,
            handlers,
            new HandlerCache(data),
            client,
            threads,
            options.handlersInterval());
    bus = new Bus(identity, devices, events, link, client, data, threads);
    codes =
        Optional.ofNullable(options.pairingProxy())
            .map(url -> PairingCodes.of(url, identity.identifier(), services, link, threads))
            .map(parts::started);
    certificates = https.wanted() ? Optional.of(certificates(data, services)) : Optional.empty();

    password = ownerPassword(data);
    List<Supplier<Set<String>>> ownNames =
        List.of(new HostNames(identity.hostname())::now, https::names);
    reach =
        new Reach(options.bind(), this::port, this::httpsView, ownNames, options.access().hosts());
    Hosts hosts = new Hosts(ownNames, options.access().hosts());
    boolean lookedAfter =
        options.access().passwordFile() != null
            || options.odoo() != null
            || options.demo()
            || view.isPresent();
    setUp = new SetUp(data, lookedAfter, threads.work());
    Origins origins =
        new Origins(
            options.access().origins(),
            () -> link.status().url(),
            new OriginAnswers(data),
            Clock.systemUTC());
    health =
        new Health(
            threads,
            List.of(
                new Check(true, memoryWatch::trouble),
                new Check(false, new DataFolderCheck(data)),
                new Check(false, detection::trouble)));
    server =
        new BoxServer(
            new BoxParts(
                new BoxView(identity.identifier(), identity.version(), HostNetwork::addresses),
                registry::current,
                faults,
                detection,
                devices,
                rules,
                new SerialLines(lines, rules, devices, threads.work()),
                leftovers,
                reloads,
                events,
                readings,
                Alarm.of(threads),
                new OdooPanel(
                    link,
                    handlers,
                    this::pairingCode,
                    bus,
                    options.insecureOdoo(),
                    options.signatures().requests()),
                this::httpsView,
                reach::now,
                new Logs(log, LogLevels.in(data, threads), memory),
                new Settings(
                    kept, new Restarter(environment, threads, () -> System.exit(RESTART)), setUp),
                new Access(hosts, origins, new Owner(password, threads.work(), Clock.systemUTC())),
                new LazyMetrics(
                    new LazyMetrics.Parts(
                        identity.version(),
                        devices,
                        detection,
                        events,
                        registry::current,
                        faults,
                        compiler.times(),
                        loader::durations,
                        link::status,
                        bus::status)),
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
    // Browsers are served first: neither a device nor Odoo may keep them waiting.
    Pairing pairing = pairing();
    serve();
    view.ifPresent(DevView::play);
    startDevices();
    startOdoo(pairing);
    certificates.ifPresent(
        keeper ->
            keeper.start(
                certificate -> {
                  https.serve(server, certificate);
                  link.devicesChanged(); // And perhaps the address.
                }));
    String url = "http://" + host() + ":" + server.port();
    view.ifPresent(
        each -> devices.onChange(each.serves(url, devices::status, reloads::latest, events)));
    Systemd.of(environment, threads)
        .ifPresent(
            systemd ->
                parts
                    .started(systemd)
                    .ready(
                        new StatusLine(url, devices::status, link::status)::get,
                        new Liveness(health, server.selfGreeting()::answersWithin)));
    return url;
  }

  private OwnerPassword ownerPassword(Path data) throws StartupException {
    try {
      return view.isPresent() && options.access().passwordFile() == null
          ? view.get().password()
          : FirstPassword.of(options.access().passwordFile(), data);
    } catch (IOException e) {
      throw new StartupException(
          "The data folder " + data + " cannot be written: " + e.getMessage() + ".");
    }
  }

  private void serve() throws StartupException {
    try {
      parts.started(server).start(options.bind(), options.port());
    } catch (PortRefusedException e) {
      throw new StartupException(e.getMessage());
    }
    LOG.info("Box {} serves on port {}", identity.identifier(), server.port());
    // Not yet, as the first hash takes a processor for a while.
    threads
        .timer()
        .schedule(
            () -> threads.work().execute(password::prepare),
            PASSWORD_DELAY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void startDevices() throws StartupException {
    // Looking at all of them takes longer than anything else of the start.
    builtins = StockHandlers.of(stock);
    registry.begin(builtins.handlers());
    rules.onChange(devices::ruleChanged);
    rules.read();
    registry.onChange(detection);
    registry.onChange(reloads); // After the devices were told.
    registry.onChange(leftovers::handlersChanged);
    devices.onChange(leftovers::devicesChanged);
    devices.onChange(link::devicesChanged);
    parts.started(() -> devices.close().get(DEVICES_PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    parts.started(detection).changed(Handlers.none(), registry.current());
    view.ifPresent(each -> loader.onReload(each::reloaded));
    for (Path folder : options.handlers()) {
      LocalModule module = new LocalModule(folder, loader, starts, options.archiveLimits());
      threads.work().execute(parts.started(module)::run);
    }
  }

  /**
   * @param pairing what was asked for, or {@code null}
   */
  private void startOdoo(Pairing pairing) {
    link.tell(setUp);
    link.tell(bus);
    link.tell(
        new KeyboardLayouts(
            devices::status, () -> KnownLayouts.in(KnownLayouts.file()), threads.work()));
    LogShipper shipper = new LogShipper(identity, threads);
    link.tell(shipper);
    DisplayUrls urls =
        new DisplayUrls(threads.work(), link::identifier, () -> Displays.among(devices.status()));
    link.tell(urls);
    displays.follow(urls);
    parts.started(new Together(threads.work(), ODOO_PATIENCE, link, bus, shipper));
    parts.started(OdooLogAppender.shipWith(shipper));
    // Closed before handlers are: what they do when told to end is not counted.
    parts.started(starts);
    parts.started(server::drain);
    if (pairing != null) {
      // Before the start, or the handlers of a former server would run for a moment.
      link.pair(pairing);
    }
    link.start();
  }

  /** Classes on disk bear no signature; where only signed handlers may run, none are kept. */
  private HandlerCompiler compiler(Path data) {
    HandlerCompiler compiler = parts.started(HandlerCompiler.apart());
    return options.signatures().handlers().required()
        ? compiler
        : compiler.with(ClassCache.in(data.resolve("classes"), threads.work()));
  }

  private CertificateKeeper certificates(Path data, OdooClient client) {
    CertificateService service =
        options.certificateService() == null
            ? null
            : CertificateService.of(
                options.certificateService(), identity.identifier(), client, link);
    return parts.started(
        new CertificateKeeper(
            new CertificateKeeper.Sources(
                data,
                options.certificate(),
                options.certificateKey(),
                service,
                identity.hostname(),
                HostNetwork::addresses),
            Clock.systemUTC(),
            CertificateKeeper.Pace.NORMAL,
            threads));
  }

  private static OdooClient insecure() {
    LOG.warn(
        "--insecure-odoo: any certificate is taken for Odoo's, so whoever is on the network can"
            + " read the token and send actions and handlers. For laboratories only.");
    return OdooClient.insecure();
  }

  /** The pairing that was asked for; {@code null} for the one that is kept, if there is one. */
  private Pairing pairing() throws StartupException {
    try {
      if (options.demo()) {
        return Pairing.parse(Demonstration.start(threads, parts));
      }
      return options.odoo() == null ? null : Pairing.parse(options.odoo());
    } catch (BadPairingException e) {
      throw new StartupException("--odoo: " + e.getMessage());
    }
  }

  private BoxIdentity identity(Path data) throws StartupException {
    try {
      return BoxIdentity.of(data, options.identifier(), BoxVersion.number());
    } catch (IllegalArgumentException e) {
      throw new StartupException(e.getMessage());
    } catch (IOException e) {
      throw new StartupException(
          "The data folder " + data + " cannot be written: " + e.getMessage());
    }
  }

  /** What printers and displays tell of the box; asked when all parts are joined. */
  private BoxFacts facts() {
    NetworkView network = reach.now();
    OdooStatus odoo = link.status();
    return new BoxFacts(
        identity.identifier(),
        identity.version(),
        identity.hostname(),
        network.address(),
        network.urls(),
        network.reachable(),
        pairingCode().code(),
        odoo.url(),
        odoo.state().word(),
        odoo.detail());
  }

  /** What a display of this machine shows where Odoo has no page for it. */
  private String statusPage() {
    String host = options.bind().equals(BoxOptions.ALL_ADDRESSES) ? "127.0.0.1" : host();
    return "http://" + host + ":" + port() + Displays.STATUS_PAGE;
  }

  private Shown pairingCode() {
    return codes.map(PairingCodes::shown).orElse(Shown.NOTHING);
  }

  private int port() {
    return server.port();
  }

  private HttpsView httpsView() {
    return certificates.map(https::view).orElse(null);
  }

  /** A name for this host that a browser can use. */
  private String host() {
    return options.bind().equals(BoxOptions.ALL_ADDRESSES)
        ? identity.address().get()
        : options.bind().contains(":") ? "[" + options.bind() + "]" : options.bind();
  }
}
