package iotbox.stock.keyboard.layout;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Any layout of this system, by libxkbcommon.
 *
 * <p>One lock, {@code this}, guards all of it: none of the library's objects may be used by two
 * threads at once, nor after it was released.
 */
final class XkbKeys implements Keys {
  /** xkb counts keys from 8, which has to do with the first keyboards of X. */
  private static final int FIRST_KEY = 8;

  private static final int NUM_LOCK = 69;
  private static final int LONGEST_TEXT = 64;

  private final Pointer context;
  private final Pointer keymap;
  private final Pointer state;
  private final Composer composer;
  private final Set<Integer> held = new HashSet<>();
  private boolean closed;

  private XkbKeys(Pointer context, Pointer keymap) {
    this.context = context;
    this.keymap = keymap;
    this.state = Xkb.xkb_state_new(keymap);
    this.composer = new Composer(context);
    // A keypad is there for digits, and scanners know of no lock.
    tap(NUM_LOCK);
  }

  /**
   * A keyboard of this layout, with nothing held down and digits on the keypad.
   *
   * @throws UnknownLayoutException if this system has no such layout
   * @throws UnsatisfiedLinkError if there is no such library
   */
  static XkbKeys of(Layout layout) throws UnknownLayoutException {
    Pointer context = Xkb.xkb_context_new(Xkb.WITHOUT_ENVIRONMENT);
    if (context == null) {
      throw new UnknownLayoutException(
          "This system has no layouts of keyboards: apt-get install xkb-data");
    }
    Xkb.xkb_context_set_log_level(context, Xkb.CRITICAL);
    Pointer keymap = keymap(context, layout);
    if (keymap == null) {
      Xkb.xkb_context_unref(context);
      throw new UnknownLayoutException(
          "This system has no layout "
              + layout
              + "; those it has are in "
              + KnownLayouts.file()
              + " (of the package xkb-data)");
    }
    return new XkbKeys(context, keymap);
  }

  private static Pointer keymap(Pointer context, Layout layout) {
    String[] names = {"evdev", "pc105", layout.name(), layout.variant(), ""};
    Memory[] texts = new Memory[names.length];
    Memory struct = new Memory((long) names.length * Native.POINTER_SIZE);
    for (int i = 0; i < names.length; i++) {
      texts[i] = new Memory(names[i].length() + 1L);
      texts[i].setString(0, names[i]);
      struct.setPointer((long) i * Native.POINTER_SIZE, texts[i]);
    }
    return Xkb.xkb_keymap_new_from_names(context, struct, 0);
  }

  @Override
  public synchronized String press(int code) {
    if (closed) {
      return "";
    }
    int key = code + FIRST_KEY;
    // What the key means is asked before it is told, as a key does not change itself.
    int symbol = Xkb.xkb_state_key_get_one_sym(state, key);
    String plain = text((bytes, size) -> Xkb.xkb_state_key_get_utf8(state, key, bytes, size));
    if (held.add(code)) {
      Xkb.xkb_state_update_key(state, key, Xkb.DOWN);
    }
    return composer.feed(symbol, plain);
  }

  @Override
  public synchronized void release(int code) {
    if (!closed && held.remove(code)) {
      Xkb.xkb_state_update_key(state, code + FIRST_KEY, Xkb.UP);
    }
  }

  @Override
  public synchronized void letGo() {
    if (!closed) {
      held.forEach(code -> Xkb.xkb_state_update_key(state, code + FIRST_KEY, Xkb.UP));
      held.clear();
      composer.forget();
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      composer.close();
      Xkb.xkb_state_unref(state);
      Xkb.xkb_keymap_unref(keymap);
      Xkb.xkb_context_unref(context);
    }
  }

  private void tap(int code) {
    Xkb.xkb_state_update_key(state, code + FIRST_KEY, Xkb.DOWN);
    Xkb.xkb_state_update_key(state, code + FIRST_KEY, Xkb.UP);
  }

  /** A function of the library that writes a text and answers its length. */
  interface TextFunction {
    int write(byte[] text, NativeLong size);
  }

  static String text(TextFunction function) {
    byte[] bytes = new byte[LONGEST_TEXT];
    function.write(bytes, new NativeLong(bytes.length));
    int length = 0;
    while (bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
