package iotbox.handler;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;

/** Finds the {@link Action} methods of a driver class. */
final class Actions {
  private Actions() {}

  /**
   * The public methods by the name of their action; a method that overrides an action carries on
   * its name.
   */
  static Map<String, Method> of(Class<?> driver) {
    Map<String, Method> actions = new TreeMap<>();
    for (Method method : driver.getMethods()) {
      Action action = method.isBridge() ? null : declared(method, driver);
      if (action != null) {
        actions.put(action.value(), method);
      }
    }
    return actions;
  }

  private static Action declared(Method method, Class<?> driver) {
    for (Class<?> type = driver; type != null; type = type.getSuperclass()) {
      try {
        Action action =
            type.getDeclaredMethod(method.getName(), method.getParameterTypes())
                .getAnnotation(Action.class);
        if (action != null) {
          return action;
        }
      } catch (NoSuchMethodException e) {
        // Declared further up.
      }
    }
    return null;
  }
}
