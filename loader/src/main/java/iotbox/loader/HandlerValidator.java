package iotbox.loader;

import iotbox.handler.Action;
import iotbox.handler.ActionData;
import iotbox.handler.ConnectionType;
import iotbox.handler.Device;
import iotbox.handler.Driver;
import iotbox.handler.Interface;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Decides whether a class is a driver, an interface or neither, and whether it has what the box
 * will need of it. Looks by reflection only: nothing of the class runs, not even its static
 * initialiser. May throw {@code LinkageError} if the class refers to what is not there.
 */
final class HandlerValidator {
  private HandlerValidator() {}

  /**
   * Looks at one class.
   *
   * @param file where it came from
   * @param factory makes an interface; {@code null} for its constructor without parameters
   */
  static Verdict check(Class<?> type, String file, Callable<? extends Interface> factory) {
    // Links the class and thereby everything that its members name.
    type.getDeclaredMethods();
    type.getDeclaredConstructors();
    type.getDeclaredFields();
    if (Modifier.isAbstract(type.getModifiers())) {
      return Verdict.library(type);
    }
    if (Driver.class.isAssignableFrom(type)) {
      return driver(type.asSubclass(Driver.class), file);
    }
    if (Interface.class.isAssignableFrom(type)) {
      return anInterface(type.asSubclass(Interface.class), file, factory);
    }
    return Verdict.library(type);
  }

  private static Verdict driver(Class<? extends Driver> type, String file) {
    List<String> faults = new ArrayList<>();
    String connectionType = connectionType(type, faults);
    checkPublic(type, faults);
    checkSupported(type, faults);
    if (!hasConstructor(type, String.class, Device.class) && !hasConstructor(type, Device.class)) {
      String name = type.getSimpleName();
      faults.add(
          "Add a constructor: public "
              + name
              + "(String identifier, Device device) { super(identifier, device); }");
    }
    checkActions(type, faults);
    DeadlineRules.check(type, faults);
    List<DeviceMatch> matches = DeviceMatch.of(type, faults);
    Map<String, List<ActionParameter>> parameters = ActionParameter.of(type, faults);
    DriverType driver =
        faults.isEmpty()
            ? new DriverType(
                type,
                connectionType,
                Priorities.of(type),
                file,
                matches,
                DeviceMatch.only(type),
                parameters)
            : null;
    return new Verdict(type, HandlerStatus.Kind.DRIVER, driver, null, List.copyOf(faults));
  }

  private static Verdict anInterface(
      Class<? extends Interface> type, String file, Callable<? extends Interface> factory) {
    List<String> faults = new ArrayList<>();
    String connectionType = connectionType(type, faults);
    checkPublic(type, faults);
    DeadlineRules.check(type, faults);
    if (factory == null && !hasConstructor(type)) {
      faults.add(
          "Give "
              + type.getSimpleName()
              + " a public constructor without parameters, or leave out its constructors");
    }
    InterfaceType result =
        faults.isEmpty()
            ? new InterfaceType(
                type, connectionType, file, factory == null ? () -> construct(type) : factory)
            : null;
    return new Verdict(type, HandlerStatus.Kind.INTERFACE, null, result, List.copyOf(faults));
  }

  private static Interface construct(Class<? extends Interface> type) throws Exception {
    return type.getConstructor().newInstance();
  }

  private static String connectionType(Class<?> type, List<String> faults) {
    ConnectionType annotation = type.getAnnotation(ConnectionType.class);
    if (annotation == null || annotation.value().isBlank()) {
      faults.add(
          "Write @ConnectionType(\"serial\"), with the word that the interface and its drivers"
              + " share, above class "
              + type.getSimpleName());
      return null;
    }
    return annotation.value();
  }

  private static void checkPublic(Class<?> type, List<String> faults) {
    if (!Modifier.isPublic(type.getModifiers())) {
      faults.add("Make class " + type.getSimpleName() + " public, in a file of its own");
    }
  }

  private static void checkSupported(Class<?> type, List<String> faults) {
    try {
      Method supported = type.getMethod("supported", Device.class);
      if (Modifier.isStatic(supported.getModifiers())
          && supported.getReturnType() == boolean.class) {
        return;
      }
    } catch (NoSuchMethodException e) {
      // The same sentence as for a wrong one.
    }
    faults.add(
        "Add to class "
            + type.getSimpleName()
            + ": public static boolean supported(Device device) { ... }");
  }

  private static boolean hasConstructor(Class<?> type, Class<?>... parameters) {
    try {
      type.getConstructor(parameters);
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private static void checkActions(Class<?> type, List<String> faults) {
    for (Class<?> owner = type; owner != Driver.class; owner = owner.getSuperclass()) {
      Map<String, Method> actions = new HashMap<>();
      for (Method method : owner.getDeclaredMethods()) {
        Action action = method.isBridge() ? null : method.getAnnotation(Action.class);
        if (action == null) {
          continue;
        }
        boolean callable =
            Modifier.isPublic(method.getModifiers())
                && (method.getParameterCount() == 0
                    || Arrays.equals(
                        method.getParameterTypes(), new Class<?>[] {ActionData.class}));
        if (!callable) {
          faults.add(
              "The method of @Action(\""
                  + action.value()
                  + "\") must be: public Object "
                  + method.getName()
                  + "(ActionData data), or without parameters");
        }
        DeadlineRules.check(action, faults);
        Method other = actions.put(action.value(), method);
        if (other != null) {
          faults.add(
              "Two methods have @Action(\""
                  + action.value()
                  + "\"): "
                  + other.getName()
                  + " and "
                  + method.getName()
                  + "; rename one of the actions");
        }
      }
    }
  }
}
