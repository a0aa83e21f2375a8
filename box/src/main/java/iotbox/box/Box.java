package iotbox.box;

import iotbox.box.access.Access;
import iotbox.box.access.GivenPassword;
import iotbox.box.access.Hosts;
import iotbox.box.access.KeptPassword;
import iotbox.box.access.OriginAnswers;
import iotbox.box.access.Origins;
import iotbox.box.access.Owner;
import iotbox.box.access.OwnerPassword;
import iotbox.box.certificate.CertificateKeeper;
import iotbox.box.command.Command;
import iotbox.box.command.CommandException;
import iotbox.box.command.Commands;
import iotbox.box.demo.DemoInstruments;
import iotbox.box.demo.DemoOdoo;
import iotbox.box.device.Detection;
import iotbox.box.device.DeviceManager;
import iotbox.box.device.DriverRules;
import iotbox.box.event.EventHub;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.host.BoxIdentity;
import iotbox.box.host.HostNetwork;
import iotbox.box.http.BoxParts;
import iotbox.box.http.BoxServer;
import iotbox.box.http.BoxView;
import iotbox.box.http.PortRefusedException;
import iotbox.box.leftover.Leftovers;
import iotbox.box.log.BoxLog;
import iotbox.box.log.LogLevels;
import iotbox.box.log.OdooLogAppender;
import iotbox.box.odoo.CertificateService;
import iotbox.box.odoo.HandlerCache;
import iotbox.box.odoo.LogShipper;
import iotbox.box.odoo.OdooLink;
import iotbox.box.odoo.PairingCodes;
import iotbox.box.odoo.PairingCodes.Shown;
import iotbox.box.odoo.bus.Bus;
import iotbox.box.odoo.pairing.BadPairingException;
import iotbox.box.odoo.pairing.CredentialStore;
import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.option.BoxOptions;
import iotbox.box.option.BoxVersion;
import iotbox.box.option.StartupException;
import iotbox.box.systemd.Liveness;
import iotbox.box.systemd.Systemd;
import iotbox.box.thread.BoxThreads;
import iotbox.loader.BuiltinHandlers;
import iotbox.loader.ClassCache;
import iotbox.loader.HandlerCompiler;
import iotbox.loader.HandlerLoader;
import iotbox.loader.HandlerRegistry;
import iotbox.loader.Handlers;
import iotbox.loader.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: every part and how they are joined, the order in which they start, and the reverse
 * order in which they close.
 */
public final class Box implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Box.class);
  private static final int BAD_START = 2;
  private static final int FAILED_START = 1;

  /** What a process ends with that SIGTERM has ended. */
  private static final int TERMINATED = 143;

  /** All devices together: a loop that does not listen is given up after two seconds. */
  private static final Duration DEVICES_PATIENCE = Duration.ofMillis(2_800);

  private static final Duration ODOO_PATIENCE = Duration.ofMillis(500);

  /**
   * More than all parts need in the worst case. What is still at work then is not the box's: a
   * shutdown hook of a handler, say.
   */
  private static final Duration END_PATIENCE = Duration.ofMillis(4_000);

  private static final Duration PASSWORD_DELAY = Duration.ofSeconds(2);

  private final BoxOptions options;
  private final Map<String, String> environment;

  /** What was started, the latest first. */
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private Box(BoxOptions options, Map<String, String> environment) {
    this.options = options;
    this.environment = environment;
  }

  /**
   * Runs a box until the process is told to end, or does what a command says. Exit code 2: that is
   * not possible, for the reason printed; 3: its memory was used up.
   */
  public static void main(String[] arguments) throws InterruptedException {
    HostNetwork.forgetNamesSoon();
    try {
      Optional<Command> command = Commands.in(List.of(arguments));
      if (command.isPresent()) {
        List<String> rest = List.of(arguments).subList(1, arguments.length);
        command.get().run(rest, System.getenv(), System.out::println);
        return;
      }
      BoxOptions options = BoxOptions.parse(arguments, System.getenv(), System.out::print);
      if (options == null) {
        return;
      }
      Box box = new Box(options, System.getenv());
      Thread deadline = new Thread(Box::endAnyhow, "deadline");
      deadline.setDaemon(true);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    deadline.start();
                    box.close();
                  },
                  "shutdown"));
      System.out.println("iotbox ready on " + box.start());
      Thread.currentThread().join(); // Everything else runs on daemon threads.
    } catch (StartupException | CommandException e) {
      System.err.println("iotbox: " + e.getMessage());
      System.exit(BAD_START);
    } catch (RuntimeException | Error e) {
      LOG.error("The box cannot start", e);
      System.exit(FAILED_START);
    }
  }

  /** Starts everything, and answers the address under which the box serves by then. */
  private String start() throws StartupException {
    DataFolder data = started(dataFolder());
    Path log = BoxLog.keepIn(data.path());
    Https https = new Https(options.bind(), options.httpsPorts(), HostNetwork::address);
    BoxIdentity identity = identity(data.path()).reachedAt(https::address);
    BoxThreads threads = started(new BoxThreads());
    started(new MemoryWatch(threads));

    BuiltinHandlers builtins = StockHandlers.of(options, new PlacesFile(data.path()));
    HandlerRegistry registry = new HandlerRegistry(builtins.handlers());
    LoadLog loader =
        new LoadLog(
            new HandlerLoader(
                registry,
                builtins,
                StockHandlers.visible(),
                Platform.current(),
                options.archiveLimits(),
                options.signatures().handlers(),
                compiler(data.path(), threads),
                threads.work()));

    EventHub events = new EventHub(threads);
    HandlerFaults faults = new HandlerFaults();
    DriverGuard guard = new DriverGuard(threads);
    DriverRules rules =
        new DriverRules(options.detection().decisions(), new RulesFile(data.path()));
    DeviceManager devices =
        new DeviceManager(
            registry::current,
            guard,
            faults,
            events,
            threads,
            rules,
            new BegunActions(data.path()));
    rules.onChange(devices::ruleChanged);
    Detection detection = new Detection(guard, faults, devices, threads);
    Leftovers leftovers = new Leftovers(guard, registry::current, devices::status, threads);

    StartGuard starts = new StartGuard(data.path(), threads);
    OdooHandlers handlers = new OdooHandlers(loader, starts, options.archiveLimits());
    OdooClient services = started(new OdooClient());
    OdooClient client = options.insecureOdoo() ? started(insecure()) : services;
    OdooLink link =
        new OdooLink(
            new CredentialStore(data.path()),
            identity,
            devices::status,
            handlers,
            new HandlerCache(data.path()),
            client,
            threads,
            options.handlersInterval());
    Optional<PairingCodes> codes =
        Optional.ofNullable(options.pairingProxy())
            .map(
                url ->
                    started(PairingCodes.of(url, identity.identifier(), services, link, threads)));
    Optional<CertificateKeeper> certificates =
        https.wanted()
            ? Optional.of(started(certificates(data.path(), identity, services, link, threads)))
            : Optional.empty();
    OwnerPassword password = password(data.path());
    Bus bus = new Bus(identity, devices, events, link, client, data.path(), threads);
    BoxServer server =
        new BoxServer(
            new BoxParts(
                new BoxView(identity.identifier(), identity.version(), HostNetwork::addresses),
                registry::current,
                faults,
                detection,
                devices,
                rules,
                leftovers,
                events,
                new OdooPanel(
                    link,
                    handlers,
                    () -> codes.map(PairingCodes::shown).orElse(Shown.NOTHING),
                    bus,
                    options.insecureOdoo(),
                    options.signatures().requests()),
                () -> certificates.map(https::view).orElse(null),
                log,
                LogLevels.in(data.path(), threads),
                new Access(
                    new Hosts(
                        List.of(new HostNames(identity.hostname())::now, https::names),
                        options.access().hosts()),
                    new Origins(
                        options.access().origins(),
                        () -> link.status().url(),
                        new OriginAnswers(data.path()),
                        Clock.systemUTC()),
                    new Owner(password, threads.work(), Clock.systemUTC()))));

    // Browsers are served first: neither a device nor Odoo may keep them waiting.
    Pairing pairing = pairing(threads);
    serve(started(server));
    LOG.info("Box {} serves on port {}", identity.identifier(), server.port());

    // Not yet, as the first hash takes a processor for a while.
    threads
        .timer()
        .schedule(
            () -> threads.work().execute(password::prepare),
            PASSWORD_DELAY.toMillis(),
            TimeUnit.MILLISECONDS);

    rules.read();
    registry.onChange(detection);
    registry.onChange(leftovers::handlersChanged);
    devices.onChange(leftovers::devicesChanged);
    devices.onChange(link::devicesChanged);
    started(() -> devices.close().get(DEVICES_PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    started(detection).changed(Handlers.none(), registry.current());
    for (Path module : options.handlers()) {
      threads
          .work()
          .execute(started(new LocalModule(module, loader, starts, options.archiveLimits()))::run);
    }
    link.tell(bus);
    LogShipper shipper = new LogShipper(identity, threads);
    link.tell(shipper);
    started(new Together(threads.work(), ODOO_PATIENCE, link, bus, shipper));
    started(OdooLogAppender.shipWith(shipper));
    started(starts); // Closed before handlers are: what they do when told to end is not counted.
    started(server::drain);
    if (pairing != null) {
      link.pair(
          pairing); // Before the start, or the handlers of a former server would run for a moment.
    }
    link.start();
    certificates.ifPresent(
        keeper ->
            keeper.start(
                certificate -> {
                  https.serve(server, certificate);
                  link.devicesChanged(); // And perhaps the address.
                }));
    String url = "http://" + host(identity) + ":" + server.port();
    Systemd.of(environment, threads)
        .ifPresent(
            systemd ->
                started(systemd)
                    .ready(
                        new StatusLine(url, devices::status, link::status)::get,
                        new Liveness(threads, server.selfGreeting()::answersWithin)));
    return url;
  }

  private OwnerPassword password(Path data) {
    Path given = options.access().passwordFile();
    return given == null
        ? new KeptPassword(data, password -> tellPassword(data, password))
        : new GivenPassword(given);
  }

  /** On the console only, and there only now. */
  private static void tellPassword(Path data, String password) {
    System.err.println(
        "iotbox: The owner's password is "
            + password
            + " - the box's page asks for it where something is to be changed. It is shown this once"
            + " only. If it is lost: stop the box, delete "
            + data.resolve(KeptPassword.FILE)
            + ", and start it again.");
  }

  /** Classes on disk bear no signature; where only signed handlers may run, none are kept. */
  private HandlerCompiler compiler(Path data, BoxThreads threads) {
    HandlerCompiler compiler = started(HandlerCompiler.apart());
    return options.signatures().handlers().required()
        ? compiler
        : compiler.with(ClassCache.in(data.resolve("classes"), threads.work()));
  }

  private CertificateKeeper certificates(
      Path data, BoxIdentity identity, OdooClient client, OdooLink link, BoxThreads threads) {
    CertificateService service =
        options.certificateService() == null
            ? null
            : CertificateService.of(
                options.certificateService(), identity.identifier(), client, link);
    return new CertificateKeeper(
        new CertificateKeeper.Sources(
            data,
            options.certificate(),
            options.certificateKey(),
            service,
            identity.hostname(),
            HostNetwork::addresses),
        Clock.systemUTC(),
        CertificateKeeper.Pace.NORMAL,
        threads);
  }

  private static OdooClient insecure() {
    LOG.warn(
        "--insecure-odoo: any certificate is taken for Odoo's, so whoever is on the network can"
            + " read the token and send actions and handlers. For laboratories only.");
    return OdooClient.insecure();
  }

  /** The pairing that was asked for; {@code null} for the one that is kept, if there is one. */
  private Pairing pairing(BoxThreads threads) throws StartupException {
    try {
      if (options.demo()) {
        return Pairing.parse(demonstration(threads));
      }
      return options.odoo() == null ? null : Pairing.parse(options.odoo());
    } catch (BadPairingException e) {
      throw new StartupException("--odoo: " + e.getMessage());
    }
  }

  /** Starts what stands in for Odoo and for devices; answers the token to pair with. */
  private String demonstration(BoxThreads threads) throws StartupException {
    try {
      DemoInstruments instruments = started(new DemoInstruments(threads.work()));
      System.setProperty(DemoInstruments.PROPERTY, instruments.property());
      return started(new DemoOdoo(threads)).pairingToken();
    } catch (IOException e) {
      throw new StartupException("The demonstration cannot start: " + e.getMessage() + ".");
    }
  }

  private DataFolder dataFolder() throws StartupException {
    if (options.data() != null) {
      return DataFolder.open(options.data());
    }
    return options.demo() ? DataFolder.temporary() : DataFolder.open(DataFolder.usual(environment));
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

  private void serve(BoxServer server) throws StartupException {
    try {
      server.start(options.bind(), options.port());
    } catch (PortRefusedException e) {
      throw new StartupException(e.getMessage());
    }
  }

  /** A name for this host that a browser can use. */
  private String host(BoxIdentity identity) {
    return options.bind().equals(BoxOptions.ALL_ADDRESSES)
        ? identity.address().get()
        : options.bind().contains(":") ? "[" + options.bind() + "]" : options.bind();
  }

  private static void endAnyhow() {
    try {
      Thread.sleep(END_PATIENCE.toMillis());
      LOG.warn("Not everything ended within {}; the box ends without", END_PATIENCE);
    } catch (InterruptedException e) {
      LOG.debug("Nobody interrupts this thread");
    } finally {
      Runtime.getRuntime().halt(TERMINATED);
    }
  }

  private <T extends AutoCloseable> T started(T part) {
    synchronized (started) {
      started.push(part);
    }
    return part;
  }

  /**
   * Ends everything, the latest first; each part bounds its own time. Held polls are answered at
   * once, then nobody from outside is heard any more, then devices are disconnected.
   */
  @Override
  public void close() {
    while (true) {
      AutoCloseable part;
      synchronized (started) {
        if (started.isEmpty()) {
          return;
        }
        part = started.pop();
      }
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not close well: {}", part.getClass().getSimpleName(), e.toString());
      }
    }
  }
}
