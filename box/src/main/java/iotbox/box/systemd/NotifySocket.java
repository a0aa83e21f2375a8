package iotbox.box.systemd;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import iotbox.stock.library.OpenFiles;
import iotbox.stock.library.SystemLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The datagram socket at which systemd listens. Java has none of this kind, so it is the C
 * library's, by way of JNA. The program {@code systemd-notify} would be the other way: but systemd
 * would have to take the word of any process of the unit ({@code NotifyAccess=all}), and each sign
 * of life would start a process.
 *
 * <p>For one thread. Only its first use loads JNA.
 */
final class NotifySocket implements AutoCloseable {
  private static final short AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;

  /** Of a path, in an address of the C library. */
  private static final int LONGEST = 107;

  private final byte[] address;
  private final int socket;

  static {
    SystemLibrary.bind(NotifySocket.class, "c");
  }

  private static native int socket(int domain, int type, int protocol) throws LastErrorException;

  private static native NativeLong sendto(
      int socket, byte[] message, NativeLong length, int flags, byte[] address, int addressLength)
      throws LastErrorException;

  /**
   * Opens it.
   *
   * @param name as in {@code $NOTIFY_SOCKET}: a path, or {@code @} and a name that is no file
   * @throws IOException if the name or the system is of another kind
   */
  NotifySocket(String name) throws IOException {
    address = address(name);
    try {
      socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    } catch (LastErrorException e) {
      throw new IOException("no socket: " + e.getMessage(), e);
    }
  }

  static byte[] address(String name) throws IOException {
    byte[] path = name.getBytes(UTF_8);
    boolean isAbstract = name.startsWith("@");
    if (!isAbstract && !name.startsWith("/")) {
      throw new IOException("\"" + name + "\" is neither a path nor begins with @");
    }
    if (path.length > LONGEST) {
      throw new IOException("\"" + name + "\" has more than " + LONGEST + " bytes");
    }
    if (isAbstract) {
      path[0] = 0;
    }
    return ByteBuffer.allocate(Short.BYTES + path.length + (isAbstract ? 0 : 1))
        .order(ByteOrder.nativeOrder())
        .putShort(AF_UNIX)
        .put(path)
        .array();
  }

  /** Sends lines such as {@code READY=1}; blocks only while systemd is behind with reading. */
  void send(String lines) throws IOException {
    byte[] message = lines.getBytes(UTF_8);
    try {
      sendto(
          socket, message, new NativeLong(message.length), MSG_NOSIGNAL, address, address.length);
    } catch (LastErrorException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    OpenFiles.closeFile(socket);
  }
}
