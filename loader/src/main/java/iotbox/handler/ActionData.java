package iotbox.handler;

import java.util.Map;

/**
 * What a caller sent along with an action: the how-to's {@code data}, by whichever way it came
 * (browser, Odoo's bus, homepage). Values are JSON's: {@code String}, {@code Number}, {@code
 * Boolean}, {@code List}, {@code Map}, {@code null}. Immutable.
 */
public final class ActionData {
  private final Attributes values;
  private final String sessionId;

  private ActionData(Map<String, ?> values, String sessionId) {
    this.values = new Attributes("The action", values);
    this.sessionId = sessionId;
  }

  /**
   * Data with these values from this session ({@code null}: nobody in particular). Tests make them
   * too.
   */
  public static ActionData of(Map<String, ?> values, String sessionId) {
    return new ActionData(values, sessionId);
  }

  /** The name of the action; empty when the caller sent none, as Odoo does to print a document. */
  public String action() {
    String action = values.getString("action");
    return action == null ? "" : action;
  }

  /**
   * The session that asked (a browser tab); events of this action carry it as {@code owner}. May be
   * {@code null}.
   */
  public String sessionId() {
    return sessionId;
  }

  /** The value, or {@code null} if there is none. */
  public Object get(String name) {
    return values.get(name);
  }

  /** The value as text, or {@code null} if there is none. */
  public String getString(String name) {
    return values.getString(name);
  }

  /**
   * The value as a whole number; text is read as one.
   *
   * @throws IllegalArgumentException if it is absent or not a whole number; the caller gets the
   *     message
   */
  public int getInt(String name) {
    return values.getInt(name);
  }

  /**
   * The value as a number; text is read as one.
   *
   * @throws IllegalArgumentException if it is absent or not a number; the caller gets the message
   */
  public double getDouble(String name) {
    return values.getDouble(name);
  }

  /** Everything that was sent; the map cannot be changed. */
  public Map<String, Object> asMap() {
    return values.asMap();
  }

  @Override
  public String toString() {
    return "ActionData" + values.asMap();
  }
}
