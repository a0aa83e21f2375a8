package iotbox.box.access;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sites that were allowed when the box was started.
 *
 * @param all whether that is every site, and pages of none
 */
public record AllowedOrigins(boolean all, Set<WebOrigin> origins) {
  private static final String ALL = "*";

  public AllowedOrigins {
    origins = Set.copyOf(origins);
  }

  /**
   * Reads them.
   *
   * @param texts origins, or {@code *}
   * @throws IllegalArgumentException if one is no origin; the message is that one
   */
  public static AllowedOrigins of(List<String> texts) {
    Set<WebOrigin> origins = new LinkedHashSet<>();
    for (String text : texts) {
      Optional<WebOrigin> origin = WebOrigin.of(text);
      if (origin.isEmpty() && !text.equals(ALL)) {
        throw new IllegalArgumentException(text);
      }
      origin.ifPresent(origins::add);
    }
    return new AllowedOrigins(texts.contains(ALL), origins);
  }
}
