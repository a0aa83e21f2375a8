package iotbox.box.device.choice;

import iotbox.box.device.status.Declined;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFault;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.guard.NotCalled;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.loader.DriverType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Asks the drivers, one after the other in their order, until one supports the device and its
 * instance is made.
 */
public final class DriverChooser {
  private final DriverQuestions questions;

  /**
   * A chooser that has not asked anybody.
   *
   * @param faults are told what goes wrong when a driver is asked
   */
  public DriverChooser(DriverGuard guard, HandlerFaults faults) {
    this.questions = new DriverQuestions(guard, faults);
  }

  /**
   * Who took the device.
   *
   * @param type the driver's, or {@code null} if nobody took it
   * @param actions the names of the driver's
   * @param declined who was asked before and what came of it
   * @param doubt about those of them that might have it nevertheless
   */
  public record Choice(
      DriverType type, Driver driver, Set<String> actions, List<Declined> declined, Doubt doubt) {
    static Choice nobody(List<Declined> declined, Doubt doubt) {
      return new Choice(null, null, Set.of(), List.copyOf(declined), doubt);
    }
  }

  /**
   * Who supports the device.
   *
   * @param type the driver's, or {@code null} if nobody says so
   * @param doubt about those that were asked before
   */
  public record Supporter(DriverType type, Doubt doubt) {}

  /**
   * Completes on a thread for handlers; never fails.
   *
   * @param pinned whether they have the device without being asked
   * @param wanted asked before each driver, on any thread: whether there is still any use in it
   */
  public CompletableFuture<Choice> choose(
      String identifier,
      Device device,
      List<DriverType> drivers,
      boolean pinned,
      BooleanSupplier wanted) {
    CompletableFuture<Choice> choice = new CompletableFuture<>();
    new Round(
            identifier, identified(identifier, device), drivers.iterator(), pinned, wanted, choice)
        .next();
    return choice;
  }

  /**
   * The first of these drivers that supports the device; for a device that another driver has open,
   * so nothing is made. Completes on a thread for handlers; never fails.
   */
  public CompletableFuture<Supporter> whoSupports(
      String identifier, Device device, List<DriverType> drivers) {
    CompletableFuture<Supporter> winner = new CompletableFuture<>();
    ask(identifier, identified(identifier, device), drivers.iterator(), Doubt.NONE, winner);
    return winner;
  }

  /** Why the driver would not be asked about the device now; {@code null} if it would. */
  public NotCalled refusal(DriverType driver, String identifier) {
    return questions.refusal(driver, identifier);
  }

  /** It is asked again at once, whatever it did, as somebody wants to try. */
  public void forgive(DriverType driver) {
    questions.forgive(driver);
  }

  /**
   * The device as drivers get it. It is made here and not when it is listed: it is listed all the
   * time, and drivers are asked once.
   */
  private static Device identified(String identifier, Device device) {
    if (device.get("identifier") != null) {
      return device;
    }
    Map<String, Object> attributes = new LinkedHashMap<>(device.attributes());
    attributes.put("identifier", identifier);
    return Device.of(attributes, device.nativeObject());
  }

  private void ask(
      String identifier,
      Device device,
      Iterator<DriverType> drivers,
      Doubt doubt,
      CompletableFuture<Supporter> winner) {
    if (!drivers.hasNext()) {
      winner.complete(new Supporter(null, doubt));
      return;
    }
    DriverType driver = drivers.next();
    questions
        .supported(driver, identifier, device)
        .whenComplete(
            (supports, failure) -> {
              if (failure == null && supports) {
                winner.complete(new Supporter(driver, doubt));
              } else {
                ask(identifier, device, drivers, doubt.ifUnsaid(driver, failure), winner);
              }
            });
  }

  private final class Round {
    private final String identifier;
    private final Device device;
    private final Iterator<DriverType> drivers;
    private final boolean pinned;
    private final BooleanSupplier wanted;
    private final CompletableFuture<Choice> choice;
    private final List<Declined> declined = new ArrayList<>();
    private Doubt doubt = Doubt.NONE;

    Round(
        String identifier,
        Device device,
        Iterator<DriverType> drivers,
        boolean pinned,
        BooleanSupplier wanted,
        CompletableFuture<Choice> choice) {
      this.identifier = identifier;
      this.device = device;
      this.drivers = drivers;
      this.pinned = pinned;
      this.wanted = wanted;
      this.choice = choice;
    }

    void next() {
      if (!drivers.hasNext() || !wanted.getAsBoolean()) {
        choice.complete(Choice.nobody(declined, doubt));
        return;
      }
      DriverType driver = drivers.next();
      if (pinned) {
        create(driver);
        return;
      }
      questions
          .supported(driver, identifier, device)
          .whenComplete((supports, failure) -> answered(driver, supports, failure));
    }

    private void answered(DriverType driver, Boolean supports, Throwable failure) {
      if (failure != null) {
        doubt = doubt.ifUnsaid(driver, failure);
        declined.add(Declined.by(driver, failure));
        next();
        return;
      }
      if (!supports) {
        declined.add(Declined.by(driver));
        next();
        return;
      }
      create(driver);
    }

    private void create(DriverType driver) {
      if (!wanted.getAsBoolean()) {
        choice.complete(Choice.nobody(declined, doubt));
        return;
      }
      questions
          .create(driver, identifier, device)
          .whenComplete((instance, refusal) -> created(driver, instance, refusal));
    }

    private void created(DriverType driver, DriverQuestions.Made made, Throwable failure) {
      if (failure != null) {
        doubt = doubt.ofWilling(driver, (HandlerFault) failure);
        declined.add(Declined.by(driver, failure));
        next();
        return;
      }
      choice.complete(
          new Choice(driver, made.driver(), made.actions(), List.copyOf(declined), doubt));
    }
  }
}
