package iotbox.handler;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the {@link Action} methods of a driver class. For the box; authors need it not. */
public final class Actions {
  // Looking is slow, and each action asks. The answer is kept with the class itself and goes with
  // it, so a driver that was replaced is not held by this.
  private static final ClassValue<Map<String, Method>> KNOWN =
      new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> driver) {
          return Collections.unmodifiableMap(find(driver));
        }
      };

  private Actions() {}

  /**
   * The public methods by the name of their action, sorted; a method that overrides an action
   * carries on its name.
   */
  static Map<String, Method> of(Class<?> driver) {
    return KNOWN.get(driver);
  }

  private static Map<String, Method> find(Class<?> driver) {
    Map<String, Method> actions = new TreeMap<>();
    for (Method method : driver.getMethods()) {
      Method declared = method.isBridge() ? null : declaration(method, driver);
      if (declared != null) {
        actions.put(declared.getAnnotation(Action.class).value(), method);
      }
    }
    return actions;
  }

  /**
   * The {@link Action#deadline()}, in seconds, of those actions that have their own. Runs nothing
   * of the class.
   */
  public static Map<String, Integer> deadlines(Class<?> driver) {
    Map<String, Integer> deadlines = new TreeMap<>();
    of(driver)
        .forEach(
            (name, method) -> {
              int seconds = declaration(method, driver).getAnnotation(Action.class).deadline();
              if (seconds != 0) {
                deadlines.put(name, seconds);
              }
            });
    return deadlines;
  }

  /**
   * What each action takes, as it is declared together with the action. Runs nothing of the class.
   */
  public static Map<String, List<Parameter>> parameters(Class<?> driver) {
    Map<String, List<Parameter>> parameters = new TreeMap<>();
    of(driver)
        .forEach(
            (name, method) ->
                parameters.put(
                    name,
                    List.of(declaration(method, driver).getAnnotationsByType(Parameter.class))));
    return parameters;
  }

  /** The nearest declaration of the method that makes it an action, or {@code null}. */
  private static Method declaration(Method method, Class<?> driver) {
    for (Class<?> type = driver; type != null; type = type.getSuperclass()) {
      try {
        Method declared = type.getDeclaredMethod(method.getName(), method.getParameterTypes());
        if (declared.isAnnotationPresent(Action.class)) {
          return declared;
        }
      } catch (NoSuchMethodException e) {
        // Declared further up.
      }
    }
    return null;
  }
}
