package iotbox.box.http;

import java.io.IOException;
import java.net.UnknownHostException;

/** The server cannot listen where it was told to; the message is for the person who told it. */
public final class PortRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private PortRefusedException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /**
   * Why binding to the address failed, in words.
   *
   * @param option by which the port is chosen
   */
  static PortRefusedException of(String option, String bind, int port, IOException failure) {
    return new PortRefusedException(sentence(option, bind, port, failure), failure);
  }

  private static String sentence(String option, String bind, int port, IOException cause) {
    if (cause instanceof UnknownHostException) {
      return "The address " + bind + " is not known; give one of this machine with --bind.";
    }
    String message = String.valueOf(cause.getMessage());
    if (message.contains("already in use")) {
      return "Port "
          + port
          + " on "
          + bind
          + " is in use by another program; end that program, or choose another port with "
          + option
          + ".";
    }
    if (message.contains("Permission denied")) {
      return "This user may not open port "
          + port
          + "; choose one from 1024 on with "
          + option
          + ", or give the program the right to use it.";
    }
    if (message.contains("Cannot assign requested address")) {
      return bind + " is not an address of this machine; give one that is with --bind.";
    }
    return "Cannot listen on " + bind + " port " + port + ": " + message;
  }
}
