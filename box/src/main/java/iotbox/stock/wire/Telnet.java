package iotbox.stock.wire;

/** The words of telnet: RFC 854, 856 (binary), 858 (no go-ahead), 2217 (com port). */
final class Telnet {
  static final int SE = 240;
  static final int SB = 250;
  static final int WILL = 251;
  static final int WONT = 252;
  static final int DO = 253;
  static final int DONT = 254;
  static final int IAC = 255;

  static final int BINARY = 0;
  static final int NO_GO_AHEAD = 3;
  static final int COM_PORT = 44;

  private Telnet() {}
}
