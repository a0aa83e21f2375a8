package iotbox.box.guard;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/**
 * The context class loader of one handler's threads: finds what the handler's class finds, as
 * libraries expect. Threads that begin on a thread of the handler inherit it, so it tells whose
 * they are; and as it holds the handler's classes weakly, a thread of a library that serves others
 * too (OkHttp's, for example) does not keep them in memory.
 */
final class HandlerContext extends ClassLoader {
  private final WeakReference<ClassLoader> classes;

  HandlerContext(Class<?> handler) {
    super("context of " + handler.getName(), ClassLoader.getPlatformClassLoader());
    this.classes = new WeakReference<>(handler.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    ClassLoader present = classes.get();
    if (present == null) {
      throw new ClassNotFoundException(name + " (its handler was replaced)");
    }
    return present.loadClass(name);
  }

  @Override
  public URL getResource(String name) {
    ClassLoader present = classes.get();
    return present == null ? null : present.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    ClassLoader present = classes.get();
    return present == null ? Collections.emptyEnumeration() : present.getResources(name);
  }
}
