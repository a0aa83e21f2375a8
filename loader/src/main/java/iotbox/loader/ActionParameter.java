package iotbox.loader;

import iotbox.handler.Action;
import iotbox.handler.Actions;
import iotbox.handler.Driver;
import iotbox.handler.Parameter;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a {@link Parameter} of an action says, checked.
 *
 * @param choices the values that make sense, as JSON has them; empty for any of the type
 * @param description {@code null} for none
 */
public record ActionParameter(
    String name, Type type, List<Object> choices, boolean required, String description) {
  public ActionParameter {
    choices = List.copyOf(choices);
  }

  /** What kind of value it is. */
  public enum Type {
    TEXT {
      @Override
      Object value(String text) {
        return text;
      }
    },
    NUMBER {
      @Override
      Object value(String text) {
        return new BigDecimal(text);
      }
    },
    INTEGER {
      @Override
      Object value(String text) {
        return new BigInteger(text);
      }
    },
    BOOLEAN {
      @Override
      Object value(String text) {
        throw new NumberFormatException("true and false are all there is");
      }
    };

    /** The word in {@code /api/status}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What an author wrote as a choice; throws {@code NumberFormatException} if it is none. */
    abstract Object value(String text);

    private static Type of(String word) {
      for (Type type : values()) {
        if (type.word().equals(word)) {
          return type;
        }
      }
      return null;
    }
  }

  /**
   * The parameters of the driver's actions by the action's name; what is wrong with them is added
   * to faults. Actions without any are left out.
   */
  static Map<String, List<ActionParameter>> of(
      Class<? extends Driver> driver, List<String> faults) {
    Map<String, List<ActionParameter>> all = new TreeMap<>();
    Actions.parameters(driver)
        .forEach(
            (action, written) -> {
              if (written.isEmpty()) {
                return;
              }
              List<ActionParameter> parameters = new ArrayList<>();
              Set<String> names = new HashSet<>();
              for (Parameter each : written) {
                checkName(action, each.name(), names, faults);
                Type type = type(each, faults);
                List<Object> choices = type == null ? List.of() : choices(each, type, faults);
                String description = each.description().isBlank() ? null : each.description();
                parameters.add(
                    new ActionParameter(each.name(), type, choices, each.required(), description));
              }
              all.put(action, List.copyOf(parameters));
            });
    checkPlaces(driver, faults);
    return Collections.unmodifiableMap(all);
  }

  private static void checkName(
      String action, String name, Set<String> names, List<String> faults) {
    if (name.isBlank()) {
      faults.add(
          "Write in @Parameter of the action \""
              + action
              + "\" the name that callers send: @Parameter(name = \"unit\")");
    } else if (name.equals("action")) {
      faults.add(
          "Rename the parameter \"action\" of the action \""
              + action
              + "\": under this name callers send which action it is");
    } else if (!names.add(name)) {
      faults.add(
          "Two @Parameter of the action \""
              + action
              + "\" have the name \""
              + name
              + "\"; rename one of them");
    }
  }

  private static Type type(Parameter written, List<String> faults) {
    Type type = Type.of(written.type());
    if (type == null) {
      faults.add(
          "The type of @Parameter(name = \""
              + written.name()
              + "\") must be text, number, integer or boolean, not \""
              + written.type()
              + "\"");
    }
    return type;
  }

  private static List<Object> choices(Parameter written, Type type, List<String> faults) {
    List<Object> choices = new ArrayList<>();
    for (String choice : written.choices()) {
      try {
        Object value = type.value(choice);
        if (choices.contains(value)) {
          faults.add(
              "The choices of @Parameter(name = \""
                  + written.name()
                  + "\") have \""
                  + choice
                  + "\" twice; leave out one of them");
        }
        choices.add(value);
      } catch (NumberFormatException e) {
        faults.add(
            type == Type.BOOLEAN
                ? "Leave out the choices of @Parameter(name = \""
                    + written.name()
                    + "\"): a boolean is true or false"
                : "The choices of @Parameter(name = \""
                    + written.name()
                    + "\") must be of its type "
                    + type.word()
                    + ", and \""
                    + choice
                    + "\" is not");
        return List.of();
      }
    }
    return choices;
  }

  /** One that stands where nobody looks would be believed to do something. */
  private static void checkPlaces(Class<?> driver, List<String> faults) {
    for (Class<?> owner = driver; owner != Driver.class; owner = owner.getSuperclass()) {
      for (Method method : owner.getDeclaredMethods()) {
        if (!method.isBridge()
            && !method.isAnnotationPresent(Action.class)
            && method.getAnnotationsByType(Parameter.class).length > 0) {
          faults.add(
              "Write @Action above "
                  + method.getName()
                  + ", too, or leave out its @Parameter, which tells what an action takes");
        }
      }
    }
  }
}
