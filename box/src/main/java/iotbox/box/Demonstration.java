package iotbox.box;

import iotbox.box.demo.DemoInstruments;
import iotbox.box.demo.DemoOdoo;
import iotbox.box.option.StartupException;
import iotbox.box.thread.BoxThreads;
import java.io.IOException;

/** What stands in for Odoo and for devices with {@code --demo}. */
final class Demonstration {
  private Demonstration() {}

  /** Starts both; answers the token to pair with. */
  static String start(BoxThreads threads, Lifecycle parts) throws StartupException {
    try {
      DemoInstruments instruments = parts.started(new DemoInstruments(threads.work()));
      System.setProperty(DemoInstruments.PROPERTY, instruments.property());
      return parts.started(new DemoOdoo(threads)).pairingToken();
    } catch (IOException e) {
      throw new StartupException("The demonstration cannot start: " + e.getMessage() + ".");
    }
  }
}
