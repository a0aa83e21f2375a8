package iotbox.box.device.choice;

import iotbox.box.guard.HandlerFault;
import iotbox.box.guard.HandlerStall;
import iotbox.box.guard.NotCalled;
import iotbox.loader.DriverType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether drivers that do not have a device should have it: they did not say in time, were not even
 * asked as they hang elsewhere, or said yes and then could not be made. Immutable.
 *
 * @param drivers in the order in which they were asked
 * @param fault what happened; {@code null} if there is no doubt
 */
public record Doubt(List<DriverType> drivers, HandlerFault fault) {
  public static final Doubt NONE = new Doubt(List.of(), null);

  public Doubt {
    drivers = List.copyOf(drivers);
  }

  /**
   * With this driver, unless it said no; an exception is a no, too.
   *
   * @param failure {@code null} if it could be asked
   */
  public Doubt ifUnsaid(DriverType driver, Throwable failure) {
    if (!(failure instanceof NotCalled || failure instanceof HandlerStall)) {
      return this;
    }
    return new Doubt(with(driver), fault == null ? (HandlerFault) failure : fault);
  }

  /** With this driver, which said yes and could not be made; that counts for more. */
  Doubt ofWilling(DriverType driver, HandlerFault failure) {
    return new Doubt(with(driver), failure);
  }

  /** About those of its drivers that are among these. */
  public Doubt among(Set<DriverType> present) {
    List<DriverType> left = drivers.stream().filter(present::contains).toList();
    return left.isEmpty() ? NONE : new Doubt(left, fault);
  }

  private List<DriverType> with(DriverType driver) {
    List<DriverType> all = new ArrayList<>(drivers);
    all.add(driver);
    return all;
  }
}
