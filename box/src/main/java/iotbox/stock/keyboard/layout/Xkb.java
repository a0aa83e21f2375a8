package iotbox.stock.keyboard.layout;

import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import iotbox.stock.library.SystemLibrary;

/**
 * The functions of libxkbcommon that are used here, by their own names, by way of JNA. The first
 * use loads both.
 *
 * @see <a href="https://xkbcommon.org/doc/current/">its reference</a>
 */
final class Xkb {
  /** {@code XKB_CONTEXT_NO_ENVIRONMENT_NAMES}: another user's settings are none of ours. */
  static final int WITHOUT_ENVIRONMENT = 2;

  /** {@code XKB_LOG_LEVEL_CRITICAL}: what it complains of is told by its answers too. */
  static final int CRITICAL = 10;

  static final int UP = 0;
  static final int DOWN = 1;

  /** {@code XKB_COMPOSE_COMPOSING}: more keys are awaited. */
  static final int COMPOSING = 1;

  /** {@code XKB_COMPOSE_COMPOSED}: these keys make something else. */
  static final int COMPOSED = 2;

  /** {@code XKB_COMPOSE_CANCELLED}: these keys do not go together. */
  static final int CANCELLED = 3;

  static {
    SystemLibrary.bind(Xkb.class, "libxkbcommon.so.0");
  }

  private Xkb() {}

  static native Pointer xkb_context_new(int flags);

  static native void xkb_context_set_log_level(Pointer context, int level);

  static native void xkb_context_unref(Pointer context);

  static native Pointer xkb_keymap_new_from_names(Pointer context, Pointer names, int flags);

  static native void xkb_keymap_unref(Pointer keymap);

  static native Pointer xkb_state_new(Pointer keymap);

  static native void xkb_state_unref(Pointer state);

  static native int xkb_state_update_key(Pointer state, int key, int direction);

  static native int xkb_state_key_get_one_sym(Pointer state, int key);

  static native int xkb_state_key_get_utf8(Pointer state, int key, byte[] text, NativeLong size);

  static native int xkb_keysym_to_utf8(int symbol, byte[] text, NativeLong size);

  static native Pointer xkb_compose_table_new_from_locale(
      Pointer context, String locale, int flags);

  static native void xkb_compose_table_unref(Pointer table);

  static native Pointer xkb_compose_state_new(Pointer table, int flags);

  static native void xkb_compose_state_unref(Pointer state);

  static native int xkb_compose_state_feed(Pointer state, int symbol);

  static native void xkb_compose_state_reset(Pointer state);

  static native int xkb_compose_state_get_status(Pointer state);

  static native int xkb_compose_state_get_utf8(Pointer state, byte[] text, NativeLong size);
}
