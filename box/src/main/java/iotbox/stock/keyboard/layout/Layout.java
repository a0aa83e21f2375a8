package iotbox.stock.keyboard.layout;

import java.util.regex.Pattern;

/**
 * A layout by xkb's names for it.
 *
 * @param name such as {@code de}
 * @param variant such as {@code nodeadkeys}, or an empty text
 */
public record Layout(String name, String variant) {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** That of a keyboard of which nobody said anything, as in Odoo. */
  public static final Layout US = new Layout("us", "");

  /**
   * @throws IllegalArgumentException if these cannot be names of one
   */
  public Layout {
    if (!WORD.matcher(name).matches() || !variant.isEmpty() && !WORD.matcher(variant).matches()) {
      throw new IllegalArgumentException(
          "A layout has a short name such as de, and perhaps a variant such as nodeadkeys, not \""
              + name
              + "\" and \""
              + variant
              + "\"");
    }
  }

  /** Such as {@code de} or {@code de(nodeadkeys)}. */
  @Override
  public String toString() {
    return variant.isEmpty() ? name : name + "(" + variant + ")";
  }
}
