package iotbox.stock.wire;

import java.io.ByteArrayOutputStream;

/** Takes data and commands of a telnet stream apart, in whatever pieces it arrives. */
final class TelnetDecoder {
  /** The longest that RFC 2217 needs is six bytes, but for a signature that nobody asked for. */
  private static final int LONGEST_SUBNEGOTIATION = 256;

  private final Commands commands;
  private final ByteArrayOutputStream parameters = new ByteArrayOutputStream();
  private State state = State.DATA;
  private int verb;

  private enum State {
    DATA,
    COMMAND,
    OPTION,
    SUBNEGOTIATION,
    SUBNEGOTIATION_COMMAND
  }

  /** Gets what is not data. */
  interface Commands {
    /** One of {@code WILL WONT DO DONT}. */
    void option(int verb, int option);

    /** An option's own message: the option, and what follows it, unescaped. */
    void subnegotiation(byte[] parameters);
  }

  TelnetDecoder(Commands commands) {
    this.commands = commands;
  }

  /**
   * Decodes the first {@code count} bytes.
   *
   * @param data gets what is data; at least as long as the bytes
   * @return how many data bytes these were
   */
  int decode(byte[] bytes, int count, byte[] data) {
    int length = 0;
    for (int i = 0; i < count; i++) {
      int value = bytes[i] & 0xff;
      switch (state) {
        case DATA -> {
          if (value == Telnet.IAC) {
            state = State.COMMAND;
          } else {
            data[length++] = bytes[i];
          }
        }
        case COMMAND -> {
          if (value == Telnet.IAC) {
            data[length++] = bytes[i];
            state = State.DATA;
          } else {
            command(value);
          }
        }
        case OPTION -> {
          state = State.DATA;
          commands.option(verb, value);
        }
        case SUBNEGOTIATION -> {
          if (value == Telnet.IAC) {
            state = State.SUBNEGOTIATION_COMMAND;
          } else {
            keep(value);
          }
        }
        case SUBNEGOTIATION_COMMAND -> {
          if (value == Telnet.IAC) {
            keep(value);
            state = State.SUBNEGOTIATION;
          } else if (value == Telnet.SE) {
            state = State.DATA;
            commands.subnegotiation(parameters.toByteArray());
          } else {
            command(value); // Its end is missing; what comes counts.
          }
        }
      }
    }
    return length;
  }

  private void command(int value) {
    if (value == Telnet.SB) {
      parameters.reset();
      state = State.SUBNEGOTIATION;
    } else if (value >= Telnet.WILL && value <= Telnet.DONT) {
      verb = value;
      state = State.OPTION;
    } else {
      state = State.DATA; // No operation, a break and the like: nothing that a device said.
    }
  }

  private void keep(int value) {
    if (parameters.size() < LONGEST_SUBNEGOTIATION) {
      parameters.write(value);
    }
  }
}
