package iotbox.loader;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Loads the classes that Janino made into a loader of their own and looks for what would fail only
 * when it is reached: code that does not verify, members that are not there or not accessible, and
 * classes that override wrongly. Initialises nothing.
 */
final class LinkCheck {
  private final Map<String, byte[]> classes;
  private final ClassLoader loader;

  private LinkCheck(Map<String, byte[]> classes, Classpath classpath) {
    this.classes = classes;
    this.loader = new HandlerClassLoader("check", classes, classpath.loader());
  }

  /** What does not hold, or {@code null}. */
  static String fault(Map<String, byte[]> classes, Classpath classpath) {
    LinkCheck check = new LinkCheck(classes, classpath);
    try {
      List<Class<?>> loaded = new ArrayList<>();
      for (String name : classes.keySet()) {
        loaded.add(Class.forName(name, false, check.loader));
      }
      for (Class<?> type : loaded) {
        // Asking for the methods makes the JVM verify the class.
        type.getDeclaredMethods();
        String fault = check.fault(type);
        if (fault != null) {
          return type.getName() + ": " + fault;
        }
      }
      return null;
    } catch (ClassNotFoundException | IOException | LinkageError e) {
      return "Does not link: " + e;
    }
  }

  private String fault(Class<?> type) throws ClassNotFoundException, IOException {
    String captured = capturedFault(type);
    if (captured != null) {
      return captured;
    }
    String overriding = OverrideCheck.fault(type);
    return overriding != null ? overriding : referenceFault(type);
  }

  // Janino looks for a local variable of an enclosing method before it looks for the class's field.
  private static String capturedFault(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      if (field.getName().startsWith("val$")) {
        String name = field.getName().substring("val$".length());
        if (findField(type, name) != null) {
          return "the captured variable " + name + " has the name of a field";
        }
      }
    }
    return null;
  }

  private String referenceFault(Class<?> user) throws ClassNotFoundException, IOException {
    var references = ClassReferences.of(classes.get(user.getName()));
    for (String name : references.classes()) {
      Class.forName(name, false, loader);
    }
    for (ClassReferences.Reference reference : references.members()) {
      // An array has no members of its own but clone().
      if (!reference.owner().startsWith("[")) {
        Class<?> owner = Class.forName(reference.owner().replace('/', '.'), false, loader);
        String fault = fault(user, owner, reference);
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }

  private static String fault(Class<?> user, Class<?> owner, ClassReferences.Reference reference) {
    Member found;
    if (!reference.descriptor().startsWith("(")) {
      Field field = findField(owner, reference.name());
      if (field != null && field.getGenericType() instanceof TypeVariable<?>) {
        return "the field " + reference.name() + " has a generic type";
      }
      found = field;
    } else if (reference.name().equals("<init>")) {
      found = Members.constructor(owner, reference.descriptor());
    } else {
      found = Members.method(owner, reference.name(), reference.descriptor());
    }
    return found == null ? "there is no " + reference : accessFault(user, found);
  }

  private static String accessFault(Class<?> user, Member member) {
    Class<?> owner = member.getDeclaringClass();
    int modifiers = member.getModifiers();
    boolean samePackage =
        owner.getPackageName().equals(user.getPackageName())
            && owner.getClassLoader() == user.getClassLoader();
    boolean accessible =
        user == owner
            || Modifier.isPublic(modifiers)
            || !Modifier.isPrivate(modifiers) && samePackage
            || Modifier.isProtected(modifiers) && owner.isAssignableFrom(user);
    return accessible
        ? null
        : (member instanceof Method ? "the method " : "the member ")
            + member.getName()
            + " of "
            + owner.getName()
            + " is not accessible";
  }

  /** As the JVM finds it: in the class, its interfaces, its superclasses. */
  private static Field findField(Class<?> type, String name) {
    for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
      for (Field field : owner.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return field;
        }
      }
      for (Class<?> parent : owner.getInterfaces()) {
        Field found = findField(parent, name);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
