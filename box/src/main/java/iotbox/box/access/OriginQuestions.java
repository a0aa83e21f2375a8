package iotbox.box.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sites whose pages were refused lately. There are few: whoever wants to flood the owner with
 * questions gets at most {@link #MOST_OF_ONE} in, and pages that ask again are heard again.
 *
 * <p>One lock, held while the map is looked at; nothing is waited for meanwhile.
 */
final class OriginQuestions {
  static final int MOST = 20;
  static final int MOST_OF_ONE = 5;
  static final Duration LASTS = Duration.ofDays(1);

  private final Clock clock;

  /** Who asked last is last; guarded by this. */
  private final Map<WebOrigin, Question> questions = new LinkedHashMap<>();

  /**
   * One of them.
   *
   * @param address of whoever asked first
   */
  record Question(WebOrigin origin, String address, Instant first, Instant last) {}

  OriginQuestions(Clock clock) {
    this.clock = clock;
  }

  synchronized void add(WebOrigin origin, String address) {
    Instant now = clock.instant();
    forgetOld(now);
    Question former = questions.remove(origin);
    if (former == null) {
      makeRoom(address);
    }
    questions.put(
        origin,
        former == null
            ? new Question(origin, address, now, now)
            : new Question(origin, former.address(), former.first(), now));
  }

  /** The oldest of whoever has enough goes, else the oldest of all where the list is full. */
  private void makeRoom(String address) {
    List<WebOrigin> ofThisOne =
        questions.values().stream()
            .filter(each -> each.address().equals(address))
            .map(Question::origin)
            .toList();
    if (ofThisOne.size() >= MOST_OF_ONE) {
      questions.remove(ofThisOne.get(0));
    } else if (questions.size() >= MOST) {
      questions.remove(questions.keySet().iterator().next());
    }
  }

  synchronized void remove(WebOrigin origin) {
    questions.remove(origin);
  }

  synchronized Optional<Question> of(WebOrigin origin) {
    return Optional.ofNullable(questions.get(origin));
  }

  /** The newest first. */
  synchronized List<Question> all() {
    forgetOld(clock.instant());
    List<Question> all = new ArrayList<>(questions.values());
    Collections.reverse(all);
    return all;
  }

  private void forgetOld(Instant now) {
    questions.values().removeIf(each -> each.last().plus(LASTS).isBefore(now));
  }
}
