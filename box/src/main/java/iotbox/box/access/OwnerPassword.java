package iotbox.box.access;

import java.io.IOException;

/** What the owner proves to be the owner by. Its methods may block; {@link Owner} calls them. */
public interface OwnerPassword {
  /** The fewest characters of a password that a person chooses. */
  int SHORTEST = 8;

  /** Far longer than any, and short enough to be hashed. */
  int LONGEST = 200;

  /** Makes one if there is none yet; called in the background, soon after the start. */
  void prepare();

  /** Whether this is it; may take some tenths of a second. */
  boolean matches(String password);

  /** Whether {@link #change} is possible here. */
  boolean canChange();

  /**
   * From now on this is it, over restarts.
   *
   * @throws IOException if it cannot be kept; the former one is still right then
   */
  void change(String password) throws IOException;
}
