package iotbox.loader;

import java.util.regex.Pattern;

/**
 * A text that can be looked at so often only. A regular expression may take longer than the world
 * will last, and it is others who write them; none that is meant well looks at a name this often.
 */
final class BriefText implements CharSequence {
  private static final int LONGEST = 500;
  private static final int MOST_LOOKS = 100_000;

  private final String text;
  private int looks;

  private BriefText(String text) {
    this.text = text;
  }

  /** Whether the expression is found in the text; false as well if that takes too long. */
  static boolean has(String text, Pattern expression) {
    String begin = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    try {
      return expression.matcher(new BriefText(begin)).find();
    } catch (TooManyLooksException | StackOverflowError e) {
      return false;
    }
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (++looks > MOST_LOOKS) {
      throw new TooManyLooksException();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }

  private static final class TooManyLooksException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyLooksException() {
      super(null, null, false, false);
    }
  }
}
