package iotbox.box.simulation;

import java.io.IOException;

/** The way from a played device to whoever listens. */
interface Wire {
  /** Sends these bytes, or loses them as a wire does when nobody is at the other end. */
  void send(byte[] bytes) throws IOException;
}
