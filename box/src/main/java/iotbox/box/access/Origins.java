package iotbox.box.access;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The sites whose pages may use the devices: the paired Odoo's, those that were allowed when the
 * box was started, and those that the owner allowed. A page of any other makes its site a question
 * to the owner.
 *
 * <p>On any thread; only the owner's answers write a small file.
 */
public final class Origins {
  /** How a site stands. */
  public enum State {
    /** A page of it was refused, and the owner has not said anything yet. */
    ASKING,
    ALLOWED,
    REFUSED,
    /** The paired Odoo's. */
    PAIRED,
    /** Allowed when the box was started. */
    OPTION;

    /** The word in {@code /api/status}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One site.
   *
   * @param origin or {@code *} for all
   * @param since when it was answered or, while it is asking, when it first asked; or {@code null}
   * @param lastAsked when a page of it was last refused, or {@code null}
   */
  public record Entry(String origin, State state, Instant since, Instant lastAsked) {}

  private final AllowedOrigins inAdvance;
  private final Supplier<String> pairedUrl;
  private final OriginAnswers answers;
  private final OriginQuestions questions;
  private final Clock clock;
  private volatile Paired paired = new Paired(null, Set.of());

  /** What follows from the paired server's address, which seldom changes. */
  private record Paired(String url, Set<WebOrigin> origins) {}

  /**
   * @param pairedUrl gives the paired Odoo's address at any moment, {@code null} for none; must be
   *     quick
   * @param answers of the owner
   */
  public Origins(
      AllowedOrigins inAdvance, Supplier<String> pairedUrl, OriginAnswers answers, Clock clock) {
    this.inAdvance = inAdvance;
    this.pairedUrl = pairedUrl;
    this.answers = answers;
    this.questions = new OriginQuestions(clock);
    this.clock = clock;
  }

  /** Whether pages of any site may use the devices, even of none. */
  public boolean areAllAllowed() {
    return inAdvance.all();
  }

  /** Whether pages of this site may use the devices. */
  public boolean allows(WebOrigin origin) {
    return inAdvance.all()
        || inAdvance.origins().contains(origin)
        || paired().contains(origin)
        || answers.of(origin).filter(OriginAnswers.Answer::allowed).isPresent();
  }

  /**
   * A page of this site was refused: the owner is to say whether that is right.
   *
   * @param address of whoever asked, of whom not more than a few questions are kept
   */
  public void asked(WebOrigin origin, String address) {
    questions.add(origin, address);
  }

  /**
   * The owner answers, whether asked or not.
   *
   * @throws IOException if the answer cannot be kept; nothing has changed then
   * @throws IllegalStateException if there are too many answers; the message says what to do
   */
  public void answer(WebOrigin origin, boolean allowed) throws IOException {
    answers.put(origin, new OriginAnswers.Answer(allowed, clock.instant()));
  }

  /**
   * The owner takes an answer back; without effect if there is none.
   *
   * @throws IOException if that cannot be kept; nothing has changed then
   */
  public void forget(WebOrigin origin) throws IOException {
    answers.remove(origin);
    questions.remove(origin);
  }

  /** All that are known: questions first, the newest before others, then the answers. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (OriginQuestions.Question question : questions.all()) {
      if (!allows(question.origin()) && answers.of(question.origin()).isEmpty()) {
        String origin = question.origin().text();
        entries.add(new Entry(origin, State.ASKING, question.first(), question.last()));
      }
    }
    if (inAdvance.all()) {
      entries.add(new Entry("*", State.OPTION, null, null));
    }
    inAdvance.origins().forEach(origin -> entries.add(known(origin, State.OPTION, null)));
    paired().forEach(origin -> entries.add(known(origin, State.PAIRED, null)));
    answers
        .all()
        .forEach(
            (origin, answer) ->
                entries.add(
                    known(
                        origin, answer.allowed() ? State.ALLOWED : State.REFUSED, answer.since())));
    return entries;
  }

  private Entry known(WebOrigin origin, State state, Instant since) {
    Instant lastAsked = questions.of(origin).map(OriginQuestions.Question::last).orElse(null);
    return new Entry(origin.text(), state, since, lastAsked);
  }

  private Set<WebOrigin> paired() {
    String url = pairedUrl.get();
    Paired known = paired;
    if (url == null || !url.equals(known.url())) {
      known = new Paired(url, url == null ? Set.of() : of(url));
      paired = known;
    }
    return known.origins();
  }

  /** People open Odoo by HTTPS, too, where the box was told of its plain address only. */
  private static Set<WebOrigin> of(String url) {
    Set<WebOrigin> origins = new LinkedHashSet<>();
    Optional<WebOrigin> given = WebOrigin.ofUrl(url);
    given.ifPresent(
        origin -> {
          origins.add(origin);
          origins.add(origin.overHttps());
          origins.add(origin.overHttps().atUsualPort());
        });
    return origins;
  }
}
