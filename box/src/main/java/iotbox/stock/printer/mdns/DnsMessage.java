package iotbox.stock.printer.mdns;

import iotbox.stock.printer.mdns.DnsRecord.Address;
import iotbox.stock.printer.mdns.DnsRecord.Pointer;
import iotbox.stock.printer.mdns.DnsRecord.Service;
import iotbox.stock.printer.mdns.DnsRecord.Text;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Messages of DNS (RFC 1035, section 4) on the wire. */
final class DnsMessage {
  private static final int HEADER = 12;
  private static final int RESPONSE = 0x8000;
  private static final int CLASS_INTERNET = 1;
  private static final int TOP_BIT = 0x8000;
  private static final int POINTER = 0xc0;
  private static final int LONGEST_LABEL = 63;
  private static final int MOST_LABELS = 128;
  private static final int ADDRESS_BYTES = 4;

  private DnsMessage() {}

  /** What is asked for: records of this type of this name. */
  record Question(List<String> labels, int type) {
    Question {
      labels = List.copyOf(labels);
    }
  }

  /** A query; as many questions as fit into a packet for any network. */
  static ByteBuffer query(List<Question> questions) {
    ByteBuffer message = ByteBuffer.allocate(1400);
    message.position(HEADER);
    int count = 0;
    for (Question question : questions) {
      int length = question.labels().stream().mapToInt(label -> bytes(label).length + 1).sum() + 5;
      if (length <= message.remaining()) {
        question.labels().forEach(label -> put(message, bytes(label)));
        message.put((byte) 0).putShort((short) question.type()).putShort((short) CLASS_INTERNET);
        count++;
      }
    }
    return message.putShort(4, (short) count).flip();
  }

  private static void put(ByteBuffer message, byte[] label) {
    message.put((byte) label.length).put(label);
  }

  private static byte[] bytes(String label) {
    return label.getBytes(StandardCharsets.UTF_8);
  }

  /** The answers in a message; none if it is a query, and those before the fault if it has one. */
  static List<DnsRecord> answers(ByteBuffer message) {
    List<DnsRecord> records = new ArrayList<>();
    try {
      if (message.remaining() < HEADER || (message.getShort(2) & RESPONSE) == 0) {
        return records;
      }
      int questions = count(message, 4);
      int answers = count(message, 6) + count(message, 8) + count(message, 10);
      message.position(HEADER);
      for (int i = 0; i < questions; i++) {
        labels(message);
        message.getInt();
      }
      for (int i = 0; i < answers; i++) {
        read(message, records);
      }
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // Anybody in the network may send anything.
    }
    return records;
  }

  private static int count(ByteBuffer message, int at) {
    return Short.toUnsignedInt(message.getShort(at));
  }

  private static void read(ByteBuffer message, List<DnsRecord> records) {
    String name = DnsRecord.name(labels(message));
    int type = Short.toUnsignedInt(message.getShort());
    int kind = Short.toUnsignedInt(message.getShort());
    long seconds = Integer.toUnsignedLong(message.getInt());
    int length = Short.toUnsignedInt(message.getShort());
    int end = message.position() + length;
    DnsRecord.Data data = (kind & ~TOP_BIT) == CLASS_INTERNET ? data(message, type, length) : null;
    if (data != null) {
      records.add(new DnsRecord(name, seconds, (kind & TOP_BIT) != 0, data));
    }
    message.position(end);
  }

  private static DnsRecord.Data data(ByteBuffer message, int type, int length) {
    return switch (type) {
      case DnsRecord.PTR -> new Pointer(labels(message));
      case DnsRecord.SRV -> {
        message.getInt(); // Priority and weight: a printer has one place.
        int port = Short.toUnsignedInt(message.getShort());
        yield new Service(DnsRecord.name(labels(message)), port);
      }
      case DnsRecord.TXT -> Text.of(bytes(message, length));
      case DnsRecord.A -> length == ADDRESS_BYTES ? address(bytes(message, length)) : null;
      default -> null;
    };
  }

  private static Address address(byte[] bytes) {
    try {
      return new Address(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e); // It has four bytes.
    }
  }

  private static byte[] bytes(ByteBuffer message, int length) {
    if (length > message.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    message.get(bytes);
    return bytes;
  }

  /** A name, the rest of which may be somewhere before; bounded, as it may lead in a circle. */
  private static List<String> labels(ByteBuffer message) {
    List<String> labels = new ArrayList<>();
    int after = -1;
    for (int steps = 0; steps < MOST_LABELS; steps++) {
      int length = Byte.toUnsignedInt(message.get());
      if (length == 0) {
        if (after >= 0) {
          message.position(after);
        }
        return labels;
      }
      if ((length & POINTER) == POINTER) {
        int target = (length & ~POINTER) << 8 | Byte.toUnsignedInt(message.get());
        after = after < 0 ? message.position() : after;
        message.position(target);
      } else if (length > LONGEST_LABEL) {
        throw new IllegalArgumentException("A label of a kind that there is not");
      } else {
        labels.add(new String(bytes(message, length), StandardCharsets.UTF_8));
      }
    }
    throw new IllegalArgumentException("A name without an end");
  }
}
