package iotbox.stock.input;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys by what is printed on those of the United States, as {@code linux/input-event-codes.h} names
 * them: {@code "shift+a 1 enter"}.
 */
public final class KeyNames {
  private static final Map<String, Integer> CODES = new HashMap<>();

  static {
    row(2, "1 2 3 4 5 6 7 8 9 0 - = backspace tab");
    row(16, "q w e r t y u i o p [ ] enter ctrl");
    row(30, "a s d f g h j k l ; ' ` shift \\");
    row(44, "z x c v b n m , . / rightshift kp* alt space capslock");
    row(69, "numlock");
    row(71, "kp7 kp8 kp9 kp- kp4 kp5 kp6 kp+ kp1 kp2 kp3 kp0 kp.");
    row(86, "102nd");
    row(96, "kpenter rightctrl kp/ sysrq altgr");
  }

  private KeyNames() {}

  private static void row(int first, String names) {
    String[] each = names.split(" ");
    for (int i = 0; i < each.length; i++) {
      CODES.put(each[i], first + i);
    }
  }

  /** The keys of each stroke, those that are held down first. */
  public static List<List<Integer>> strokes(String strokes) {
    List<List<Integer>> all = new ArrayList<>();
    for (String stroke : strokes.split(" ")) {
      List<Integer> keys = new ArrayList<>();
      for (String name : stroke.split("(?<=[a-z])\\+(?=.)")) {
        Integer code = CODES.get(name);
        if (code == null) {
          throw new IllegalArgumentException("no key " + name);
        }
        keys.add(code);
      }
      all.add(keys);
    }
    return all;
  }

  /** The strokes that write these digits and capital letters where keys are as in the States. */
  public static String writing(String text) {
    List<String> strokes = new ArrayList<>();
    for (char character : text.toCharArray()) {
      String key = String.valueOf(Character.toLowerCase(character));
      strokes.add(Character.isUpperCase(character) ? "shift+" + key : key);
    }
    return String.join(" ", strokes);
  }
}
