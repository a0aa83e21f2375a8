package iotbox.stock.wire;

import java.io.ByteArrayOutputStream;
import java.util.Set;

/**
 * Agrees with the other end on telnet's options: binary both ways, no go-ahead, and the com port
 * option on its side. Answers each offer that it did not make itself, and nothing twice, so that
 * two ends cannot keep answering each other.
 */
final class TelnetOptions {
  private static final Set<Integer> WANTED =
      Set.of(Telnet.BINARY, Telnet.NO_GO_AHEAD, Telnet.COM_PORT);

  private final boolean[] ours = new boolean[256];
  private final boolean[] theirs = new boolean[256];
  private Boolean comPort;

  /** What to say first. */
  byte[] offers() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int option : new int[] {Telnet.BINARY, Telnet.NO_GO_AHEAD}) {
      ours[option] = true;
      theirs[option] = true;
      say(out, Telnet.WILL, option);
      say(out, Telnet.DO, option);
    }
    ours[Telnet.COM_PORT] = true;
    say(out, Telnet.WILL, Telnet.COM_PORT);
    return out.toByteArray();
  }

  /**
   * Takes one of {@code WILL WONT DO DONT}.
   *
   * @param out gets the answer, if there is one
   */
  void heard(int verb, int option, ByteArrayOutputStream out) {
    boolean asked = verb == Telnet.DO || verb == Telnet.DONT;
    boolean on = verb == Telnet.DO || verb == Telnet.WILL;
    boolean[] side = asked ? ours : theirs;
    boolean agreed = on && WANTED.contains(option);
    if (on != side[option] || on && !agreed) {
      int yes = asked ? Telnet.WILL : Telnet.DO;
      int no = asked ? Telnet.WONT : Telnet.DONT;
      say(out, agreed ? yes : no, option);
      side[option] = agreed;
    }
    if (option == Telnet.COM_PORT && asked) {
      comPort = on;
    }
  }

  /** Whether the other end lets its port be set; {@code null} until it has said so. */
  Boolean comPort() {
    return comPort;
  }

  /** Whether what we send is told from commands by escaping alone; else a CR has a NUL with it. */
  boolean sendsBinary() {
    return ours[Telnet.BINARY];
  }

  /** The same for what we get. */
  boolean getsBinary() {
    return theirs[Telnet.BINARY];
  }

  private static void say(ByteArrayOutputStream out, int verb, int option) {
    out.write(Telnet.IAC);
    out.write(verb);
    out.write(option);
  }
}
