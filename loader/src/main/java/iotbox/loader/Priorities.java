package iotbox.loader;

import iotbox.handler.Driver;
import iotbox.handler.Priority;

/**
 * Effective priorities: the nearest priority declared on the class or an ancestor, plus one for
 * each level of inheritance below that declaration. Where nobody declares one, the class that
 * extends {@link Driver} itself has 0. So of a parent and its child the child is asked first,
 * unless priorities say otherwise.
 */
final class Priorities {
  private Priorities() {}

  static int of(Class<? extends Driver> driver) {
    int levels = 0;
    for (Class<?> type = driver; ; type = type.getSuperclass()) {
      Priority declared = type.getDeclaredAnnotation(Priority.class);
      if (declared != null) {
        return declared.value() + levels;
      }
      if (type.getSuperclass() == Driver.class || type == Driver.class) {
        return levels;
      }
      levels++;
    }
  }
}
