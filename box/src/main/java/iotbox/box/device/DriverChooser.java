package iotbox.box.device;

import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.loader.DriverType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the drivers, one after the other in their order, until one supports the device and its
 * instance is made.
 */
final class DriverChooser {
  private final DriverGuard guard;
  private final HandlerFaults faults;

  DriverChooser(DriverGuard guard, HandlerFaults faults) {
    this.guard = guard;
    this.faults = faults;
  }

  /**
   * Who took the device.
   *
   * @param type the driver's, or {@code null} if nobody took it
   * @param actions the names of the driver's
   * @param declined who was asked before and what came of it, in words
   * @param fault why a driver that wanted it does not have it, or {@code null}
   */
  record Choice(
      DriverType type, Driver driver, Set<String> actions, List<String> declined, String fault) {
    static Choice nobody(List<String> declined, String fault) {
      return new Choice(null, null, Set.of(), List.copyOf(declined), fault);
    }
  }

  private record Made(Driver driver, Set<String> actions) {}

  /** Completes on a thread for handlers; never fails. */
  CompletableFuture<Choice> choose(String identifier, Device device, List<DriverType> drivers) {
    CompletableFuture<Choice> choice = new CompletableFuture<>();
    new Round(identifier, device, drivers.iterator(), choice).next();
    return choice;
  }

  /**
   * The first of these drivers that supports the device, or {@code null}; for a device that another
   * driver has open, so nothing is made. Completes on a thread for handlers; never fails.
   */
  CompletableFuture<DriverType> whoSupports(Device device, List<DriverType> drivers) {
    CompletableFuture<DriverType> winner = new CompletableFuture<>();
    ask(device, drivers.iterator(), winner);
    return winner;
  }

  private void ask(
      Device device, Iterator<DriverType> drivers, CompletableFuture<DriverType> winner) {
    if (!drivers.hasNext()) {
      winner.complete(null);
      return;
    }
    DriverType driver = drivers.next();
    supported(driver, device)
        .whenComplete(
            (supports, failure) -> {
              if (failure == null && supports) {
                winner.complete(driver);
              } else {
                ask(device, drivers, winner);
              }
            });
  }

  /** The driver's answer, or what went wrong, which its file shows then. */
  private CompletableFuture<Boolean> supported(DriverType driver, Device device) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    guard
        .call(
            new CallName(driver.type(), "supported"),
            guard.times(driver.type()).supported(),
            () -> ForeignDriver.supports(driver, device))
        .outcome()
        .whenComplete(
            (supports, failure) -> {
              if (failure == null) {
                faults.succeeded(driver.type(), "supported");
                answer.complete(supports);
              } else {
                faults.failed(driver.type(), "supported", failure);
                answer.completeExceptionally(failure);
              }
            });
    return answer;
  }

  private final class Round {
    private final String identifier;
    private final Device device;
    private final Iterator<DriverType> drivers;
    private final CompletableFuture<Choice> choice;
    private final List<String> declined = new ArrayList<>();
    private String fault;

    Round(
        String identifier,
        Device device,
        Iterator<DriverType> drivers,
        CompletableFuture<Choice> choice) {
      this.identifier = identifier;
      this.device = device;
      this.drivers = drivers;
      this.choice = choice;
    }

    void next() {
      if (!drivers.hasNext()) {
        choice.complete(Choice.nobody(declined, fault));
        return;
      }
      DriverType driver = drivers.next();
      supported(driver, device)
          .whenComplete((supports, failure) -> answered(driver, supports, failure));
    }

    private void answered(DriverType driver, Boolean supports, Throwable failure) {
      if (failure != null) {
        declined.add(failure.getMessage());
        next();
        return;
      }
      if (!supports) {
        declined.add(driver.type().getSimpleName() + " declined");
        next();
        return;
      }
      guard
          .call(
              new CallName(driver.type(), "constructor"),
              guard.times(driver.type()).constructor(),
              () -> make(driver))
          .outcome()
          .whenComplete((instance, refusal) -> created(driver, instance, refusal));
    }

    private Made make(DriverType driver) throws ReflectiveOperationException {
      Driver instance = ForeignDriver.create(driver, identifier, device);
      return new Made(instance, instance.actions());
    }

    private void created(DriverType driver, Made made, Throwable failure) {
      if (failure != null) {
        faults.failed(driver.type(), "constructor", failure);
        fault = failure.getMessage();
        declined.add(failure.getMessage());
        next();
        return;
      }
      faults.succeeded(driver.type(), "constructor");
      choice.complete(new Choice(driver, made.driver, made.actions, List.copyOf(declined), null));
    }
  }
}
