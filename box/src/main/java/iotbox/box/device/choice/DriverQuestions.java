package iotbox.box.device.choice;

import iotbox.box.guard.CallName;
import iotbox.box.guard.DriverGuard;
import iotbox.box.guard.HandlerFault;
import iotbox.box.guard.HandlerFaults;
import iotbox.box.guard.NotCalled;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.loader.DriverType;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Asks one driver about one device: whether it supports it, and for an instance. What goes wrong is
 * shown at the driver's file.
 */
final class DriverQuestions {
  private final DriverGuard guard;
  private final HandlerFaults faults;
  private final ClassValue<Asking> supporting = askings();
  private final ClassValue<Asking> making = askings();

  /**
   * An instance.
   *
   * @param actions the names of its actions
   */
  record Made(Driver driver, Set<String> actions) {}

  DriverQuestions(DriverGuard guard, HandlerFaults faults) {
    this.guard = guard;
    this.faults = faults;
  }

  private ClassValue<Asking> askings() {
    return new ClassValue<>() {
      @Override
      protected Asking computeValue(Class<?> driver) {
        return new Asking(guard);
      }
    };
  }

  /** Its answer, or a {@link HandlerFault}. Does not block. */
  CompletableFuture<Boolean> supported(DriverType driver, String identifier, Device device) {
    CallName call = new CallName(driver.type(), "supported", identifier);
    return noted(
        call,
        supporting
            .get(driver.type())
            .ask(
                call,
                guard.times(driver.type()).supported(),
                () -> ForeignDriver.supports(driver, device)));
  }

  /** An instance for the device, or a {@link HandlerFault}. Does not block. */
  CompletableFuture<Made> create(DriverType driver, String identifier, Device device) {
    CallName call = new CallName(driver.type(), "constructor", identifier);
    return noted(
        call,
        making
            .get(driver.type())
            .ask(
                call,
                guard.times(driver.type()).constructor(),
                () -> {
                  Driver instance = ForeignDriver.create(driver, identifier, device);
                  return new Made(instance, instance.actions());
                }));
  }

  /** Why the driver would not be asked about the device now; {@code null} if it would. */
  NotCalled refusal(DriverType driver, String identifier) {
    NotCalled why =
        supporting.get(driver.type()).refusal(new CallName(driver.type(), "supported", identifier));
    return why != null
        ? why
        : making.get(driver.type()).refusal(new CallName(driver.type(), "constructor", identifier));
  }

  private <T> CompletableFuture<T> noted(CallName call, CompletableFuture<T> outcome) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    outcome.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            faults.succeeded(call.handler(), call.method());
            answer.complete(value);
            return;
          }
          if (!(failure instanceof NotCalled)) { // Its file shows already why it is not.
            faults.failed(call.handler(), call.method(), failure);
          }
          answer.completeExceptionally(failure);
        });
    return answer;
  }

  /** It is asked again at once, whatever it did, as somebody wants to try. */
  void forgive(DriverType driver) {
    supporting.get(driver.type()).forgive();
    making.get(driver.type()).forgive();
  }
}
