package iotbox.stock.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import iotbox.stock.wire.NetworkWires;
import iotbox.stock.wire.PortAddress;
import iotbox.stock.wire.PortParameters;
import iotbox.stock.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens ports with their settings, those of this machine for this process alone, or says why not.
 */
final class PortOpener {
  private PortOpener() {}

  static Wire open(String path, SerialSettings settings) throws IOException {
    return PortAddress.isMeant(path)
        ? NetworkWires.open(path, parameters(settings))
        : local(path, settings);
  }

  private static PortParameters parameters(SerialSettings settings) {
    int parity =
        switch (settings.parity()) {
          case NONE -> 1;
          case ODD -> 2;
          case EVEN -> 3;
          case MARK -> 4;
          case SPACE -> 5;
        };
    return new PortParameters(
        settings.baudRate(), settings.dataBits(), parity, settings.stopBits());
  }

  private static Wire local(String path, SerialSettings settings) throws IOException {
    SerialPort port = find(path);
    configure(port, path, settings);
    if (!port.openPort(0)) {
      throw new IOException(path + whyNot(path));
    }
    return new LocalWire(port, path);
  }

  private static SerialPort find(String path) throws IOException {
    try {
      return SerialPort.getCommPort(path);
    } catch (SerialPortInvalidPortException e) {
      throw new IOException(path + " is not there: plug the device in, or correct the path", e);
    }
  }

  private static void configure(SerialPort port, String path, SerialSettings settings) {
    if (PortPaths.target(path).startsWith("/dev/pts")) {
      // A pseudo terminal carries 8 bits and no parity whatever it is told; asked for anything else
      // a second time, the C library calls that an error.
      port.setComPortParameters(
          settings.baudRate(), 8, SerialPort.ONE_STOP_BIT, SerialPort.NO_PARITY);
    } else {
      port.setComPortParameters(
          settings.baudRate(), settings.dataBits(), stopBits(settings), parity(settings));
    }
  }

  private static String whyNot(String path) {
    Path file = Path.of(path);
    return Files.exists(file) && !(Files.isReadable(file) && Files.isWritable(file))
        ? " must not be used by this user: add it to the group that owns the port (often dialout)"
        : " cannot be opened: another program may be using it";
  }

  private static int stopBits(SerialSettings settings) {
    return settings.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT;
  }

  private static int parity(SerialSettings settings) {
    return switch (settings.parity()) {
      case NONE -> SerialPort.NO_PARITY;
      case ODD -> SerialPort.ODD_PARITY;
      case EVEN -> SerialPort.EVEN_PARITY;
      case MARK -> SerialPort.MARK_PARITY;
      case SPACE -> SerialPort.SPACE_PARITY;
    };
  }
}
