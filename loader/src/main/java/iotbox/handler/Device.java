package iotbox.handler;

import java.util.Map;

/**
 * What an {@link Interface} found out about one detected device: named attributes and, where there
 * is one, the object through which it can be reached (a {@code org.usb4java.Device}, a connection
 * …).
 *
 * <p>Immutable and safe to share between threads; the native object is as safe as it is itself. The
 * box adds the attribute {@code identifier} where the interface did not give it.
 */
public final class Device {
  private final Attributes attributes;
  private final Object nativeObject;

  private Device(Map<String, ?> attributes, Object nativeObject) {
    this.attributes = new Attributes("The device", attributes);
    this.nativeObject = nativeObject;
  }

  /** A device with these attributes; the map is copied. */
  public static Device of(Map<String, ?> attributes) {
    return new Device(attributes, null);
  }

  /**
   * A device with these attributes, reached through {@code nativeObject}, which may be {@code
   * null}.
   */
  public static Device of(Map<String, ?> attributes, Object nativeObject) {
    return new Device(attributes, nativeObject);
  }

  /** The attribute's value, or {@code null} if there is none. */
  public Object get(String name) {
    return attributes.get(name);
  }

  /** The attribute as text, or {@code null} if there is none. */
  public String getString(String name) {
    return attributes.getString(name);
  }

  /**
   * The attribute as a whole number; text is read as one.
   *
   * @throws IllegalArgumentException if it is absent or not a whole number
   */
  public int getInt(String name) {
    return attributes.getInt(name);
  }

  /** All attributes; the map cannot be changed. */
  public Map<String, Object> attributes() {
    return attributes.asMap();
  }

  /** The object through which the device is reached, or {@code null}. */
  public Object nativeObject() {
    return nativeObject;
  }

  @Override
  public String toString() {
    return "Device" + attributes.asMap();
  }
}
