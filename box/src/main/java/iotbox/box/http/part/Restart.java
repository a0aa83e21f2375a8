package iotbox.box.http.part;

/** The end of this process and a new one in its place. On HTTP threads. */
public interface Restart {
  /** Whether something starts the box again when it has ended. */
  boolean isPossible();

  /** Ends the box in a moment, when the answer is on its way; does not block. */
  void soon();
}
