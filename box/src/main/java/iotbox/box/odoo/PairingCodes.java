package iotbox.box.odoo;

import iotbox.box.odoo.pairing.Pairing;
import iotbox.box.odoo.wire.OdooClient;
import iotbox.box.odoo.wire.OdooException;
import iotbox.box.odoo.wire.OdooServer;
import iotbox.box.thread.BoxThreads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While the box belongs to nobody, keeps a pairing code to show and asks whether somebody has typed
 * it into Odoo. Works on a thread of its own, which the service may block; a code that has expired
 * is followed by a new one.
 */
public final class PairingCodes implements LinkListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PairingCodes.class);
  private static final String KEEPS_TRYING =
      " The box keeps trying; a pairing token can be pasted meanwhile.";

  private final PairingProxy proxy;
  private final Function<Pairing, CompletableFuture<Optional<String>>> pair;
  private final Rhythm rhythm;
  private final BackOff backOff;
  private final Lane lane;

  // Used on the lane's thread only.
  private PairingProxy.Code code;
  private Duration pause;
  private boolean wanted;

  private volatile Shown shown = Shown.NOTHING;

  /**
   * What people see.
   *
   * @param code to be typed into Odoo, or {@code null}
   * @param detail why there is none, or why the last one led to nothing; or {@code null}
   */
  public record Shown(String code, String detail) {
    public static final Shown NOTHING = new Shown(null, null);
  }

  /**
   * How often the service is asked.
   *
   * @param first between the first two questions about a code
   * @param longest between two questions; each pause is a hundredth longer than the one before
   * @param retryLongest between two attempts to reach it
   */
  record Rhythm(Duration first, Duration longest, Duration retryLongest) {
    /** Protocol section 1.5. */
    static final Rhythm NORMAL =
        new Rhythm(Duration.ofSeconds(15), Duration.ofSeconds(40), Duration.ofMinutes(5));

    Duration after(Duration pause) {
      Duration next = pause.plus(pause.dividedBy(100));
      return next.compareTo(longest) > 0 ? longest : next;
    }
  }

  private PairingCodes(
      PairingProxy proxy,
      Function<Pairing, CompletableFuture<Optional<String>>> pair,
      BoxThreads threads,
      Rhythm rhythm) {
    this.proxy = proxy;
    this.pair = pair;
    this.rhythm = rhythm;
    this.backOff = new BackOff(rhythm.first(), rhythm.retryLongest());
    this.lane = new Lane(threads.single("pairing-code"));
  }

  /**
   * Pairing codes for this link; before it starts.
   *
   * @param url of the service
   * @param identifier of the box
   */
  public static PairingCodes of(
      String url, String identifier, OdooClient client, OdooLink link, BoxThreads threads) {
    return of(new PairingProxy(client, url, identifier), link, threads, Rhythm.NORMAL);
  }

  static PairingCodes of(PairingProxy proxy, OdooLink link, BoxThreads threads, Rhythm rhythm) {
    PairingCodes codes = new PairingCodes(proxy, link::propose, threads, rhythm);
    link.tell(codes);
    return codes;
  }

  /** What to show now; on any thread. */
  public Shown shown() {
    return shown;
  }

  @Override
  public void pairedWith(Pairing pairing, OdooServer server) {
    shown = Shown.NOTHING;
    lane.run(
        () -> {
          wanted = false;
          code = null;
          shown = Shown.NOTHING;
          lane.cancel();
        });
  }

  @Override
  public void unpaired() {
    lane.run(
        () -> {
          wanted = true;
          backOff.reset();
          step(null);
        });
  }

  @Override
  public void close() {
    proxy.close();
    lane.close();
  }

  /**
   * Asks once, and arranges the next question.
   *
   * @param trouble with the code before, to be shown beside the next one; or {@code null}
   */
  private void step(String trouble) {
    if (!wanted) {
      return;
    }
    try {
      if (code == null) {
        code = proxy.newCode();
        pause = rhythm.first();
        LOG.info("Pairing code: {}. Type it into Odoo (IoT app, Connect)", code.code());
        show(code.code(), trouble);
      } else {
        PairingProxy.Answer answer = proxy.ask(code);
        if (answer instanceof PairingProxy.Answer.Typed typed) {
          take(typed.pairing());
          return;
        }
        if (answer instanceof PairingProxy.Answer.Expired) {
          code = null;
          backOff.reset();
          lane.later(Duration.ZERO, () -> step(null));
          return;
        }
        show(code.code(), shown.detail());
      }
      backOff.reset();
      lane.later(pause, () -> step(null));
      pause = rhythm.after(pause);
    } catch (OdooException e) {
      if (code == null) {
        unavailable(e.getMessage());
      } else {
        LOG.debug("Whether the pairing code was typed cannot be asked: {}", e.getMessage());
      }
      lane.later(backOff.next(), () -> step(trouble));
    }
  }

  private void take(Pairing pairing) {
    code = null;
    show(null, null);
    pair.apply(pairing)
        .thenAccept(
            refusal ->
                refusal.ifPresent(
                    why ->
                        lane.run(
                            () -> {
                              LOG.warn("The pairing code was typed, but: {}", why);
                              step("The last pairing code was typed, but: " + why);
                            })));
  }

  private void show(String text, String detail) {
    if (wanted) {
      shown = new Shown(text, detail);
    }
  }

  private void unavailable(String why) {
    String detail = "There is no pairing code to show: " + why + KEEPS_TRYING;
    if (!detail.equals(shown.detail())) {
      LOG.info("{}", detail);
    }
    show(null, detail);
  }
}
