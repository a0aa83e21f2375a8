package iotbox.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SourceReferencesTest {
  private static final int FILES = 6;

  private final Random random = new Random(7);

  @Test
  void whatIsRememberedAnswersAsIfItWereLookedForAnew() {
    SourceReferences remembering = new SourceReferences();
    List<SourceFile> sources = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      sources.add(source(i));
    }
    for (int round = 0; round < 500; round++) {
      List<SourceFile> some = sources.stream().filter(file -> random.nextInt(5) > 0).toList();

      assertEquals(new SourceReferences().among(some), remembering.among(some));

      int changed = random.nextInt(FILES);
      sources.set(changed, source(changed));
    }
  }

  /** Declares its usual class, or another that others may name, and names one of the others'. */
  private SourceFile source(int number) {
    String text =
        "public class %s { %s other; }"
            .formatted(
                random.nextInt(4) > 0 ? "Type" + number : "Other" + random.nextInt(FILES),
                (random.nextBoolean() ? "Type" : "Other") + random.nextInt(FILES));
    return SourceFile.of(
        new HandlerFile("drivers/F" + number + ".java", text.getBytes(StandardCharsets.UTF_8)));
  }
}
