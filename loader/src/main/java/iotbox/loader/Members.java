package iotbox.loader;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds members of loaded classes, as the JVM does, without initialising anything. */
final class Members {
  private Members() {}

  /** The class, its superclasses, and all their interfaces; {@code Object} for interfaces too. */
  static List<Class<?>> lineage(Class<?> type) {
    Set<Class<?>> result = new LinkedHashSet<>();
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      result.add(owner);
    }
    for (Class<?> owner : new ArrayList<>(result)) {
      addInterfaces(owner, result);
    }
    if (type.isInterface()) {
      result.add(Object.class);
    }
    return List.copyOf(result);
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> result) {
    for (Class<?> parent : type.getInterfaces()) {
      result.add(parent);
      addInterfaces(parent, result);
    }
  }

  /** The method of this name and descriptor in the class or above, or {@code null}. */
  static Method method(Class<?> type, String name, String descriptor) {
    for (Class<?> owner : lineage(type)) {
      for (Method method : owner.getDeclaredMethods()) {
        if (method.getName().equals(name) && descriptor(method).equals(descriptor)) {
          return method;
        }
      }
    }
    return null;
  }

  /** The constructor of this descriptor, or {@code null}. */
  static Constructor<?> constructor(Class<?> type, String descriptor) {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      MethodType shape = MethodType.methodType(void.class, constructor.getParameterTypes());
      if (shape.descriptorString().equals(descriptor)) {
        return constructor;
      }
    }
    return null;
  }

  private static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .descriptorString();
  }
}
