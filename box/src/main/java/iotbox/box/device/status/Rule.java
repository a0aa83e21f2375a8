package iotbox.box.device.status;

/**
 * What people decided about one device.
 *
 * @param pin {@code null} if there is none
 * @param unprobed who decided that no driver is asked about it; {@code null} if nobody did
 */
public record Rule(Pin pin, By unprobed) {
  public static final Rule NONE = new Rule(null, null);

  /** Where a decision was made. */
  public enum By {
    OPTION,
    PAGE
  }

  /**
   * Which driver has a device.
   *
   * @param driver its class
   * @param option that decided so, such as {@code --pin}; {@code null} if the page did
   */
  public record Pin(String driver, String option) {
    public By by() {
      return option == null ? By.PAGE : By.OPTION;
    }

    /** Why the driver has the device, in a sentence for people. */
    public String why() {
      return (by() == By.OPTION
              ? "The option " + option + " gives it to this driver"
              : "It is pinned to this driver")
          + ", which has it without being asked.";
    }
  }
}
