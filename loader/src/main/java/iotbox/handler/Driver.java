package iotbox.handler;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks with one device: the how-to's {@code Driver}. Carry a {@link ConnectionType}, be public,
 * have a public constructor {@code (String identifier, Device device)} (or Odoo 13's {@code (Device
 * device)}), and a
 *
 * <pre>{@code public static boolean supported(Device device)}</pre>
 *
 * that says whether this driver is for that device. {@code supported} belongs to the class, is
 * inherited by subclasses, runs before there is an instance, and should answer within a second or
 * two.
 *
 * <p>The box makes one instance for each device, calls {@link #run()} on a thread that it owns,
 * {@link #action} for one action at a time, and {@link #disconnect()} when the device is gone, the
 * module is reloaded or the box stops.
 */
public abstract class Driver {
  private final String identifier;
  private final Device device;
  private final Logger log = LoggerFactory.getLogger(getClass());
  private final Map<String, Object> data = Collections.synchronizedMap(new LinkedHashMap<>());
  private volatile String deviceType = "";
  private volatile String deviceName = "";
  private volatile String deviceConnection = "";
  private volatile String deviceManufacturer = "";
  private volatile String deviceSubtype = "";

  // Guarded by `publishing`: events of the constructor wait here until the box listens.
  private final Object publishing = new Object();
  private final List<Map<String, Object>> unheard = new ArrayList<>();
  private DriverHost host;

  /**
   * For subclasses.
   *
   * @param identifier the name under which the interface lists the device; Odoo and browsers use it
   * @param device what the interface found out
   */
  protected Driver(String identifier, Device device) {
    this.identifier = identifier;
    this.device = device;
    // Both are there from the start: old clients read "value", new ones "result".
    data.put("value", "");
    data.put("result", "");
  }

  /**
   * The constructor of Odoo 13's drivers: the identifier is the device's attribute of that name.
   */
  protected Driver(Device device) {
    this(device.getString("identifier"), device);
  }

  /** The name under which the interface lists the device. */
  public final String identifier() {
    return identifier;
  }

  /** What the interface found out about the device. */
  public final Device device() {
    return device;
  }

  /**
   * What listeners receive at the next {@link #deviceChanged()}: put your values here, JSON's types
   * only ({@code String}, {@code Number}, {@code Boolean}, {@code List}, {@code Map}, {@code
   * null}). It starts with an empty {@code value} and {@code result}. Point of sale clients of Odoo
   * 18 read a scale's {@code value}, those of 19 its {@code result}: put both.
   *
   * <p>Events go by the name of the session whose action came last. A driver that still tells of
   * earlier ones, as a printer does of its jobs, puts the session that it tells of as {@code owner}
   * ({@link ActionData#sessionId()}), {@code null} for nobody.
   *
   * <p>Not synchronised. Where {@link #run()} and actions both change it, do so under a lock of
   * your own, or in {@code synchronized (data())}, which {@link #deviceChanged()} takes too while
   * it copies.
   */
  public final Map<String, Object> data() {
    return data;
  }

  /**
   * Publishes a copy of {@link #data()}, as it is now, to everybody who listens to this device.
   * Never blocks; may be called from any thread, also in the constructor.
   */
  public final void deviceChanged() {
    Map<String, Object> copy = snapshot();
    DriverHost listening;
    synchronized (publishing) {
      if (host == null) {
        unheard.add(copy);
        return;
      }
      listening = host;
    }
    listening.deviceChanged(copy);
  }

  /** A copy of {@link #data()} at this moment; lists and maps in it are copied too. */
  public final Map<String, Object> snapshot() {
    synchronized (data) {
      return Values.copyOf(data);
    }
  }

  /**
   * Carries out what a browser or Odoo asked for. This implementation calls the public method whose
   * {@link Action} names {@link ActionData#action()}; override it to do otherwise.
   *
   * <p>Called on a thread of the box, one action at a time and in order of arrival, at the same
   * time as {@link #run()}. It may block (for 30 s, or what {@link Action#deadline()} or {@link
   * Deadlines} say) and must react to interruption. Afterwards the box publishes an event with the
   * data, {@code status} and {@code result} by itself; for printers and payment terminals, which
   * publish their own, only that it failed.
   *
   * @return the result that the caller gets; {@code null} for what {@code data().get("result")}
   *     holds
   * @throws Exception when the action failed; the caller gets the message, and with an {@link
   *     ActionFailedException} more
   */
  public Object action(ActionData action) throws Exception {
    Map<String, Method> actions = Actions.of(getClass());
    Method method = actions.get(action.action());
    if (method == null) {
      throw new IllegalArgumentException(
          "\""
              + action.action()
              + "\" is not an action of "
              + getClass().getSimpleName()
              + "; it has "
              + actions.keySet());
    }
    try {
      return method.getParameterCount() == 0 ? method.invoke(this) : method.invoke(this, action);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** The names that {@link #action} of this class knows from {@link Action}, sorted. */
  public final Set<String> actions() {
    return Actions.of(getClass()).keySet();
  }

  /**
   * The driver's own loop, on a thread that the box owns; optional. Return when {@link
   * #isStopped()}; the thread is interrupted then. An exception ends it and is reported in the
   * status.
   */
  public void run() throws Exception {}

  /**
   * Called once when the device is gone, the module is reloaded or the box stops: close connections
   * here. {@link #run()} has been told to stop before. What is published here still gets out.
   */
  public void disconnect() throws Exception {}

  /** Whether the device is being disconnected, so that loops should end. */
  public final boolean isStopped() {
    DriverHost current;
    synchronized (publishing) {
      current = host;
    }
    return current != null && current.isStopped();
  }

  /**
   * For the box and for tests: who hears this driver's events from now on; those of the constructor
   * are delivered first.
   *
   * @throws IllegalStateException if somebody listens already
   */
  public final void attach(DriverHost newHost) {
    synchronized (publishing) {
      if (host != null) {
        throw new IllegalStateException(identifier + " has a host already");
      }
      // Under the lock, so that no later event overtakes them; deviceChanged of a host does not
      // block.
      unheard.forEach(newHost::deviceChanged);
      unheard.clear();
      host = newHost;
    }
  }

  /**
   * Odoo's device type: printer camera keyboard scanner device payment scale display
   * fiscal_data_module.
   */
  public final String deviceType() {
    return deviceType;
  }

  /** Sets Odoo's device type; a type that Odoo does not know is not shown there. */
  public final void deviceType(String type) {
    deviceType = type;
  }

  /** The name that people see. */
  public final String deviceName() {
    return deviceName;
  }

  /** Sets the name that people see. */
  public final void deviceName(String name) {
    deviceName = name;
  }

  /**
   * How the device is connected, in Odoo's words: network direct bluetooth serial hdmi ({@code
   * direct} is USB).
   */
  public final String deviceConnection() {
    return deviceConnection;
  }

  /** Sets how the device is connected, in Odoo's words. */
  public final void deviceConnection(String connection) {
    deviceConnection = connection;
  }

  /** Who made the device. */
  public final String deviceManufacturer() {
    return deviceManufacturer;
  }

  /** Sets who made the device. */
  public final void deviceManufacturer(String manufacturer) {
    deviceManufacturer = manufacturer;
  }

  /** For printers: receipt_printer label_printer office_printer. */
  public final String deviceSubtype() {
    return deviceSubtype;
  }

  /** Sets the kind of printer. */
  public final void deviceSubtype(String subtype) {
    deviceSubtype = subtype;
  }

  /** The log of this class; it reaches the box's log and Odoo's. */
  public final Logger log() {
    return log;
  }
}
