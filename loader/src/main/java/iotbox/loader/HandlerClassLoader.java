package iotbox.loader;

import java.security.ProtectionDomain;
import java.util.Map;

/**
 * Makes classes of one group's bytes. Its own classes come first: what the group's sources were
 * compiled against is what they get. In memory, so there is nothing to close; when the box has let
 * go of its handlers, it is collected with them.
 */
final class HandlerClassLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> classes;

  /**
   * Threads remember the protection domains of all who were on the stack when they were made (up to
   * JDK 23); the usual domain would hold this loader.
   */
  private final ProtectionDomain domain = new ProtectionDomain(null, null);

  /**
   * @param classes by binary name
   */
  HandlerClassLoader(String name, Map<String, byte[]> classes, ClassLoader parent) {
    super(name, parent);
    this.classes = Map.copyOf(classes);
  }

  Map<String, byte[]> classes() {
    return classes;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!classes.containsKey(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, domain);
  }
}
