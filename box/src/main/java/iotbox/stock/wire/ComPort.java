package iotbox.stock.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** The messages of telnet's com port option: RFC 2217, section 3. */
final class ComPort {
  private static final int SET_BAUDRATE = 1;
  private static final int SET_DATASIZE = 2;
  private static final int SET_PARITY = 3;
  private static final int SET_STOPSIZE = 4;
  private static final int FLOWCONTROL_SUSPEND = 8;
  private static final int FLOWCONTROL_RESUME = 9;
  private static final int PURGE_DATA = 12;
  private static final int RECEIVED = 1;

  /** What is added to a command where it goes from the server to us. */
  private static final int FROM_SERVER = 100;

  private static final Map<Integer, String> NAMES =
      Map.of(
          SET_BAUDRATE, "baud rate",
          SET_DATASIZE, "number of data bits",
          SET_PARITY, "parity",
          SET_STOPSIZE, "number of stop bits");

  private final Map<Integer, Integer> wanted = new LinkedHashMap<>();
  private final Map<String, Integer> others = new LinkedHashMap<>();
  private final BitSet answered = new BitSet();
  private boolean suspended;

  ComPort(PortParameters parameters) {
    wanted.put(SET_BAUDRATE, parameters.baudRate());
    wanted.put(SET_DATASIZE, parameters.dataBits());
    wanted.put(SET_PARITY, parameters.parity());
    wanted.put(SET_STOPSIZE, parameters.stopBits());
  }

  /** Asks for all parameters. */
  byte[] settings() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    wanted.forEach(
        (command, value) ->
            out.writeBytes(
                command == SET_BAUDRATE
                    ? message(command, ByteBuffer.allocate(Integer.BYTES).putInt(value).array())
                    : message(command, value.byteValue())));
    return out.toByteArray();
  }

  /** Has the server forget what its port received. */
  static byte[] purge() {
    return message(PURGE_DATA, (byte) RECEIVED);
  }

  /** Takes a message: the option's number, the command, its value. */
  void heard(byte[] message) {
    if (message.length < 2 || (message[0] & 0xff) != Telnet.COM_PORT) {
      return;
    }
    int command = message[1] & 0xff;
    // Some servers leave the 100 out here.
    switch (command > FROM_SERVER ? command - FROM_SERVER : command) {
      case FLOWCONTROL_SUSPEND -> suspended = true;
      case FLOWCONTROL_RESUME -> suspended = false;
      default -> setting(command - FROM_SERVER, message);
    }
  }

  private void setting(int command, byte[] message) {
    int length = command == SET_BAUDRATE ? Integer.BYTES : 1;
    if (!wanted.containsKey(command) || message.length != 2 + length) {
      return; // The state of a line, a signature: nothing that was asked for.
    }
    int value =
        command == SET_BAUDRATE ? ByteBuffer.wrap(message, 2, length).getInt() : message[2] & 0xff;
    answered.set(command);
    if (value != wanted.get(command)) {
      others.put(NAMES.get(command), value);
    }
  }

  /** Whether the server has told for each parameter which value it has now. */
  boolean isAnswered() {
    return answered.cardinality() == wanted.size();
  }

  /** The parameters that the server has set otherwise than it was asked to, with their values. */
  Map<String, Integer> others() {
    return others;
  }

  /** Whether the server wants nothing to be sent for the moment. */
  boolean isSuspended() {
    return suspended;
  }

  private static byte[] message(int command, byte... value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Telnet.IAC);
    out.write(Telnet.SB);
    out.write(Telnet.COM_PORT);
    out.write(command);
    for (byte each : value) {
      out.write(each);
      if ((each & 0xff) == Telnet.IAC) {
        out.write(Telnet.IAC);
      }
    }
    out.write(Telnet.IAC);
    out.write(Telnet.SE);
    return out.toByteArray();
  }
}
