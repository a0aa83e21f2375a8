package iotbox.loader;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The members that a class file refers to, by its constant pool (JVMS 4.4). */
final class ClassReferences {
  private static final int HEADER = 8;
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int FIELD = 9;
  private static final int INTERFACE_METHOD = 11;
  private static final int NAME_AND_TYPE = 12;

  /** A member by the internal name of the class it is looked up in, its name and descriptor. */
  record Reference(String owner, String name, String descriptor) {
    @Override
    public String toString() {
      return owner + "." + name + " " + descriptor;
    }
  }

  /**
   * The names of the classes it refers to, as {@code Class.forName} takes them, and its members.
   */
  record References(List<String> classes, List<Reference> members) {}

  private record Entry(int tag, int first, int second, String text) {}

  private ClassReferences() {}

  static References of(byte[] classFile) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.skipBytes(HEADER);
    Entry[] pool = new Entry[in.readUnsignedShort()];
    for (int i = 1; i < pool.length; i++) {
      pool[i] = read(in);
      if (pool[i].tag() == LONG || pool[i].tag() == DOUBLE) {
        i++; // They take two places.
      }
    }
    List<String> classes = new ArrayList<>();
    List<Reference> members = new ArrayList<>();
    for (Entry entry : pool) {
      if (entry != null && entry.tag() == CLASS) {
        classes.add(pool[entry.first()].text().replace('/', '.'));
      } else if (entry != null && entry.tag() >= FIELD && entry.tag() <= INTERFACE_METHOD) {
        Entry member = pool[entry.second()];
        members.add(
            new Reference(
                pool[pool[entry.first()].first()].text(),
                pool[member.first()].text(),
                pool[member.second()].text()));
      }
    }
    return new References(classes, members);
  }

  private static Entry read(DataInputStream in) throws IOException {
    int tag = in.readUnsignedByte();
    return switch (tag) {
      case UTF8 -> new Entry(tag, 0, 0, in.readUTF());
      case LONG, DOUBLE -> {
        in.readLong();
        yield new Entry(tag, 0, 0, null);
      }
      // Class, String, MethodType, Module, Package
      case CLASS, 8, 16, 19, 20 -> new Entry(tag, in.readUnsignedShort(), 0, null);
      case 15 -> new Entry(tag, in.readUnsignedByte(), in.readUnsignedShort(), null);
      case 3, 4, FIELD, 10, INTERFACE_METHOD, NAME_AND_TYPE, 17, 18 ->
          new Entry(tag, in.readUnsignedShort(), in.readUnsignedShort(), null);
      default -> throw new IOException("Unknown constant " + tag);
    };
  }
}
