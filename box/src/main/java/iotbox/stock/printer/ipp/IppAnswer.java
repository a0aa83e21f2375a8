package iotbox.stock.printer.ipp;

import com.hp.jipp.encoding.Attribute;
import com.hp.jipp.encoding.AttributeGroup;
import com.hp.jipp.encoding.DelimiterTag;
import com.hp.jipp.encoding.Enum;
import com.hp.jipp.encoding.IppInputStream;
import com.hp.jipp.encoding.IppPacket;
import com.hp.jipp.encoding.Tag;
import com.hp.jipp.util.ParseError;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** What a printer or spooler answered. */
final class IppAnswer {
  /** Beyond this, RFC 8011 has failures. */
  private static final int LAST_SUCCESS = 0x00ff;

  private final IppPacket packet;

  private IppAnswer(IppPacket packet) {
    this.packet = packet;
  }

  /**
   * Reads it.
   *
   * @throws UnreadableAnswerException if it is not IPP, or has in it what is against its rules
   */
  static IppAnswer read(InputStream in) throws IOException {
    try {
      return new IppAnswer(new IppInputStream(in).readPacket());
    } catch (ParseError | EOFException | RuntimeException e) {
      throw new UnreadableAnswerException("It answered something that is not IPP", e);
    }
  }

  int status() {
    return packet.getCode();
  }

  boolean successful() {
    return status() <= LAST_SUCCESS;
  }

  /** Its own words for the status; empty if it has none. */
  String message() {
    return attributes(Tag.operationAttributes).stream()
        .map(group -> group.text("status-message"))
        .findFirst()
        .orElse("");
  }

  /** Whether it says that it does not know this attribute, or what was said with it. */
  boolean rejects(String attribute) {
    return attributes(Tag.unsupportedAttributes).stream()
        .anyMatch(group -> group.group().get(attribute) != null);
  }

  List<Group> printers() {
    return attributes(Tag.printerAttributes);
  }

  List<Group> jobs() {
    return attributes(Tag.jobAttributes);
  }

  private List<Group> attributes(DelimiterTag tag) {
    return packet.getAttributeGroups().stream()
        .filter(group -> group.getTag() == tag)
        .map(Group::new)
        .toList();
  }

  /** The attributes of one printer or job. What is absent is empty, or zero. */
  record Group(AttributeGroup group) {
    static final Group NONE =
        new Group(AttributeGroup.groupOf(Tag.printerAttributes, List.<Attribute<?>>of()));

    List<String> texts(String name) {
      Attribute<?> attribute = group.get(name);
      return attribute == null || attribute.isEmpty()
          ? List.of()
          : attribute.strings().stream().toList();
    }

    String text(String name) {
      return texts(name).stream().findFirst().orElse("");
    }

    int number(String name) {
      Attribute<?> attribute = group.get(name);
      if (attribute == null || attribute.isEmpty()) {
        return 0;
      }
      Object value = attribute.get(0);
      return value instanceof Enum each ? each.getCode() : value instanceof Integer each ? each : 0;
    }

    /** Whether it says that this is not so. */
    boolean denies(String name) {
      Attribute<?> attribute = group.get(name);
      return attribute != null && attribute.contains(Boolean.FALSE);
    }
  }
}
