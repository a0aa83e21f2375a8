package iotbox.stock.keyboard.layout;

import java.util.HashSet;
import java.util.Set;

/**
 * The layout of the United States, which most scanners are set to, without any library.
 *
 * <p>One lock, {@code this}, guards what is held down.
 */
final class UsKeys implements Keys {
  // By Linux' codes: KEY_1 is 2, KEY_Q 16, KEY_A 30, KEY_Z 44; a space where there is no character.
  private static final String PLAIN =
      "\0\u001b1234567890-=\b\tqwertyuiop[]\r\0asdfghjkl;'`\0\\zxcvbnm,./\0*\0 ";
  private static final String SHIFTED =
      "\0\u001b!@#$%^&*()_+\b\0QWERTYUIOP{}\r\0ASDFGHJKL:\"~\0|ZXCVBNM<>?\0*\0 ";

  /** From {@code KEY_KP7}, which is 71. */
  private static final String KEYPAD = "789-456+1230.";

  private static final int FIRST_KEYPAD = 71;
  private static final int KEYPAD_ENTER = 96;
  private static final int KEYPAD_SLASH = 98;
  private static final int DELETE = 111;
  private static final int CAPS_LOCK = 58;
  private static final int NUM_LOCK = 69;
  private static final Set<Integer> SHIFTS = Set.of(42, 54);
  private static final Set<Integer> CONTROLS = Set.of(29, 97);

  private final Set<Integer> held = new HashSet<>();
  private boolean capsLock;
  private boolean numLock = true;

  @Override
  public synchronized String press(int code) {
    held.add(code);
    capsLock ^= code == CAPS_LOCK;
    numLock ^= code == NUM_LOCK;
    char character = character(code);
    if (character == 0) {
      return "";
    }
    if (held.stream().anyMatch(CONTROLS::contains)) {
      return control(character);
    }
    return String.valueOf(character);
  }

  @Override
  public synchronized void release(int code) {
    held.remove(code);
  }

  @Override
  public synchronized void letGo() {
    held.clear();
  }

  @Override
  public void close() {}

  /** 0 if there is none. */
  private char character(int code) {
    if (code >= FIRST_KEYPAD && code < FIRST_KEYPAD + KEYPAD.length()) {
      char key = KEYPAD.charAt(code - FIRST_KEYPAD);
      return numLock || key == '-' || key == '+' ? key : 0;
    }
    switch (code) {
      case KEYPAD_ENTER:
        return '\r';
      case KEYPAD_SLASH:
        return '/';
      case DELETE:
        return '\u007f';
      default:
        break;
    }
    if (code < 0 || code >= PLAIN.length()) {
      return 0;
    }
    boolean shift = held.stream().anyMatch(SHIFTS::contains);
    boolean letter = Character.isLetter(PLAIN.charAt(code));
    return (shift ^ (letter && capsLock) ? SHIFTED : PLAIN).charAt(code);
  }

  /** Such as FNC1 between the fields of a barcode, which scanners send as Ctrl and {@code ]}. */
  private static String control(char character) {
    char upper = Character.toUpperCase(character);
    return upper >= '@' && upper <= '_' ? String.valueOf((char) (upper & 0x1f)) : "";
  }
}
