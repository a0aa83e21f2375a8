package iotbox.box.http.part;

import java.io.IOException;

/** Whether anybody has looked after the box yet. On any thread. */
public interface FirstStart {
  /** Whether it has been set up: then nobody is led through that any more. Does not block. */
  boolean isSetUp();

  /**
   * From now on it has, over restarts. Writes a small file.
   *
   * @throws IOException if that cannot be kept; it counts until the box stops then
   */
  void done() throws IOException;
}
