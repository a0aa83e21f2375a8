package iotbox.loader;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/** Finds what Janino does not check when a class overrides or implements methods. */
final class OverrideCheck {
  private OverrideCheck() {}

  /** What is wrong with the methods of this class, or {@code null}. */
  static String fault(Class<?> type) {
    List<Class<?>> lineage = Members.lineage(type);
    for (Method method : type.getDeclaredMethods()) {
      if (method.isSynthetic() || Modifier.isPrivate(method.getModifiers())) {
        continue;
      }
      for (Class<?> parent : lineage.subList(1, lineage.size())) {
        for (Method above : parent.getDeclaredMethods()) {
          String fault = fault(method, above);
          if (fault != null) {
            return fault;
          }
        }
      }
    }
    return Modifier.isAbstract(type.getModifiers()) ? null : missing(type, lineage);
  }

  private static String fault(Method method, Method above) {
    int modifiers = above.getModifiers();
    if (Modifier.isPrivate(modifiers)
        || above.isSynthetic()
        || !method.getName().equals(above.getName())
        || method.getParameterCount() != above.getParameterCount()
        || Modifier.isStatic(modifiers) && above.getDeclaringClass().isInterface()) {
      return null;
    }
    if (!Arrays.equals(method.getParameterTypes(), above.getParameterTypes())) {
      // With the type argument filled in it might be the same method; Janino makes no bridge.
      return Arrays.stream(above.getGenericParameterTypes()).allMatch(OverrideCheck::isPlain)
          ? null
          : method.getName() + " may implement the generic one of " + above.getDeclaringClass();
    }
    if (Modifier.isFinal(modifiers)) {
      return method.getName() + " is final in " + above.getDeclaringClass().getName();
    }
    if (Modifier.isStatic(modifiers) != Modifier.isStatic(method.getModifiers())) {
      return method.getName() + " is static in one class and not in the other";
    }
    if (!above.getReturnType().isAssignableFrom(method.getReturnType())) {
      return method.getName() + " returns something else than in " + above.getDeclaringClass();
    }
    return rank(method) < rank(above) ? method.getName() + " has less access than above" : null;
  }

  private static boolean isPlain(Type type) {
    if (type instanceof GenericArrayType array) {
      return isPlain(array.getGenericComponentType());
    }
    return type instanceof Class<?> || type instanceof ParameterizedType;
  }

  private static int rank(Method method) {
    int modifiers = method.getModifiers();
    if (Modifier.isPublic(modifiers)) {
      return 3;
    }
    return Modifier.isProtected(modifiers) ? 2 : 1;
  }

  private static String missing(Class<?> type, List<Class<?>> lineage) {
    for (Class<?> parent : lineage) {
      for (Method method : parent.getDeclaredMethods()) {
        if (Modifier.isAbstract(method.getModifiers()) && !isImplemented(method, lineage)) {
          return type.getName() + " does not implement " + method.getName();
        }
      }
    }
    return null;
  }

  private static boolean isImplemented(Method wanted, List<Class<?>> lineage) {
    for (Class<?> owner : lineage) {
      for (Method method : owner.getDeclaredMethods()) {
        if (!Modifier.isAbstract(method.getModifiers())
            && !Modifier.isStatic(method.getModifiers())
            && method.getName().equals(wanted.getName())
            && Arrays.equals(method.getParameterTypes(), wanted.getParameterTypes())) {
          return true;
        }
      }
    }
    return false;
  }
}
