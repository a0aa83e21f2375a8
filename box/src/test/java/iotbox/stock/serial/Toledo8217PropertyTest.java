package iotbox.stock.serial;

import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class Toledo8217PropertyTest {
  @Property
  boolean anyAnswerIsAWeightAStatusOrNamed(@ForAll byte[] answer) {
    try {
      return Toledo8217.weight(answer) != null;
    } catch (AnswerException e) {
      assertTrue(e.getMessage().chars().allMatch(c -> c >= ' '), e.getMessage());
      return true;
    }
  }
}
