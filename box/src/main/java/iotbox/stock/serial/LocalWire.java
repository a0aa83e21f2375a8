package iotbox.stock.serial;

import com.fazecast.jSerialComm.SerialPort;
import iotbox.stock.wire.Wire;
import java.io.IOException;

/**
 * A port of this machine.
 *
 * <p>jSerialComm says that a port is open long after its plug was pulled, so that is never asked:
 * every failed read or write counts as the end of the connection.
 */
final class LocalWire implements Wire {
  private final SerialPort port;
  private final String path;

  /**
   * @param port is open
   */
  LocalWire(SerialPort port, String path) {
    this.port = port;
    this.path = path;
    port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, SLICE_MS, 0);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (port.writeBytes(bytes, bytes.length) != bytes.length) {
      throw lost();
    }
  }

  @Override
  public int read(byte[] into) throws IOException {
    int count = port.readBytes(into, into.length);
    if (count < 0) {
      throw lost();
    }
    if (count == 0) {
      check(); // A pulled plug reads as "nothing came" on some systems; then only this tells.
    }
    return count;
  }

  @Override
  public void discardInput() {
    port.flushIOBuffers();
  }

  @Override
  public void check() throws IOException {
    if (port.bytesAvailable() < 0) {
      throw lost();
    }
  }

  @Override
  public void close() {
    port.closePort();
  }

  private IOException lost() {
    return new IOException(path + " is gone: plug the device in again");
  }
}
