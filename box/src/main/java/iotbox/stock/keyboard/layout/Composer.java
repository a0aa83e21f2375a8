package iotbox.stock.keyboard.layout;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead keys, and others of which several make one character: {@code ´} and {@code e} make {@code
 * é}. The table for them is read when the first such key is pressed, as most keyboards and nearly
 * all scanners have none. Keys that do not go together write what each of them does alone.
 *
 * <p>Used under the lock of {@link XkbKeys}.
 */
final class Composer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Composer.class);

  /** Of all locales' tables the one that most others are copies of. */
  private static final String LOCALE = "en_US.UTF-8";

  private static final int FIRST_DEAD = 0xfe50;
  private static final int LAST_DEAD = 0xfe93;
  private static final int COMPOSE_KEY = 0xff20;
  private static final int SPACE = 0x20;

  private final Pointer context;
  private Pointer table;
  private Pointer state;
  private boolean missing;

  /** What was fed since nothing was half written. */
  private final List<Fed> fed = new ArrayList<>();

  private record Fed(int symbol, String plain) {}

  Composer(Pointer context) {
    this.context = context;
  }

  /**
   * A key was pressed.
   *
   * @param plain what it writes alone
   * @return what is written now
   */
  String feed(int symbol, String plain) {
    if (state == null && !(starts(symbol) && open())) {
      return plain;
    }
    if (Xkb.xkb_compose_state_feed(state, symbol) == 0) {
      return ""; // Shift and its like, in the midst of others.
    }
    fed.add(new Fed(symbol, plain));
    return switch (Xkb.xkb_compose_state_get_status(state)) {
      case Xkb.COMPOSING -> "";
      case Xkb.COMPOSED -> {
        String text = composed();
        forget();
        yield text;
      }
      case Xkb.CANCELLED -> {
        List<Fed> apart = List.copyOf(fed);
        forget();
        StringBuilder text = new StringBuilder();
        apart.forEach(each -> text.append(starts(each.symbol()) ? alone(each) : each.plain()));
        yield text.toString();
      }
      default -> {
        forget();
        yield plain;
      }
    };
  }

  /** Nothing is half written any more. */
  void forget() {
    fed.clear();
    if (state != null) {
      Xkb.xkb_compose_state_reset(state);
    }
  }

  @Override
  public void close() {
    if (state != null) {
      Xkb.xkb_compose_state_unref(state);
      Xkb.xkb_compose_table_unref(table);
      state = null;
    }
  }

  private static boolean starts(int symbol) {
    return symbol >= FIRST_DEAD && symbol <= LAST_DEAD || symbol == COMPOSE_KEY;
  }

  private boolean open() {
    if (missing) {
      return false;
    }
    table = Xkb.xkb_compose_table_new_from_locale(context, LOCALE, 0);
    if (table == null) {
      missing = true;
      LOG.warn(
          "Accents that are keys of their own cannot be put on letters: apt-get install"
              + " libx11-data, and start the box again");
      return false;
    }
    state = Xkb.xkb_compose_state_new(table, 0);
    return true;
  }

  /** The accent itself: what it makes with a space. */
  private String alone(Fed dead) {
    Xkb.xkb_compose_state_feed(state, dead.symbol());
    Xkb.xkb_compose_state_feed(state, SPACE);
    String text =
        Xkb.xkb_compose_state_get_status(state) == Xkb.COMPOSED ? composed() : dead.plain();
    Xkb.xkb_compose_state_reset(state);
    return text;
  }

  private String composed() {
    return XkbKeys.text((bytes, size) -> Xkb.xkb_compose_state_get_utf8(state, bytes, size));
  }
}
