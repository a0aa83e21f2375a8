package iotbox.loader;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What handlers see of the program that runs them: the JDK's exported packages, the handler API,
 * slf4j, and the packages that the box opens to them. Compilers and running handlers look through
 * the same eyes, so what compiles also links.
 */
public final class VisibleClasses {
  private static final List<String> ALWAYS = List.of("iotbox.handler", "org.slf4j");

  /** The JDK's reflection links the code that it makes for calling a class through its loader. */
  private static final String REFLECTION = "jdk.internal.reflect";

  private final List<String> prefixes;
  private final Set<String> jdkPackages = exportedByJdk();
  private final ClassLoader host;
  private final ClassLoader loader;

  /**
   * @param host the class loader that has the box's classes
   * @param packages packages of the host that handlers may use, each with those below it
   */
  public VisibleClasses(ClassLoader host, List<String> packages) {
    this.prefixes = Stream.concat(ALWAYS.stream(), packages.stream()).distinct().toList();
    this.host = host;
    this.loader = new FilteredLoader();
  }

  /** The packages that are opened, each with those below it. */
  List<String> packages() {
    return prefixes;
  }

  /** The class loader that has exactly the visible classes; parent of all handlers' loaders. */
  ClassLoader loader() {
    return loader;
  }

  /** Whether a source may not declare this package, because it is the JDK's or the box's. */
  boolean isReserved(String packageName) {
    return jdkPackages.contains(packageName)
        || packageName.equals("java")
        || packageName.startsWith("java.")
        || packageName.equals("iotbox")
        || packageName.startsWith("iotbox.")
        || isOpened(packageName);
  }

  /** Whether the box has this class but does not show it to handlers. */
  boolean isHidden(String className) {
    String packageName = className.substring(0, Math.max(0, className.lastIndexOf('.')));
    return !jdkPackages.contains(packageName)
        && !isOpened(packageName)
        && host.getResource(className.replace('.', '/') + ".class") != null;
  }

  /** Whether there is a visible package of this name, or one below it. */
  boolean isPackage(String name) {
    if (jdkPackages.contains(name)) {
      return true;
    }
    String below = name + ".";
    if (jdkPackages.stream().anyMatch(known -> known.startsWith(below))
        || prefixes.stream().anyMatch(known -> known.equals(name) || known.startsWith(below))) {
      return true;
    }
    // Below an opened package nobody lists the packages; classes are written with a capital.
    String last = name.substring(name.lastIndexOf('.') + 1);
    return isOpened(name)
        && Character.isLowerCase(last.charAt(0))
        && loader.getResource(name.replace('.', '/') + ".class") == null;
  }

  private boolean isOpened(String packageName) {
    return prefixes.stream()
        .anyMatch(prefix -> packageName.equals(prefix) || packageName.startsWith(prefix + "."));
  }

  private static Set<String> exportedByJdk() {
    Set<String> packages = new TreeSet<>();
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    for (Module module : ModuleLayer.boot().modules()) {
      // Modules of the application loader hold the JDK's tools, its compiler among them.
      boolean platformModule =
          module.getClassLoader() == null || module.getClassLoader() == platform;
      if (platformModule) {
        ModuleDescriptor descriptor = module.getDescriptor();
        descriptor.exports().stream()
            .filter(exports -> !exports.isQualified())
            .forEach(exports -> packages.add(exports.source()));
      }
    }
    return packages;
  }

  private final class FilteredLoader extends ClassLoader {
    FilteredLoader() {
      super("visible", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      String packageName = packageOf(name, '.');
      ClassLoader source = packageName.equals(REFLECTION) ? getParent() : sourceOf(packageName);
      if (source == null) {
        throw new ClassNotFoundException(name);
      }
      return source.loadClass(name);
    }

    @Override
    public URL getResource(String name) {
      ClassLoader source = sourceOf(packageOf(name, '/').replace('/', '.'));
      return source == null ? null : source.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      URL resource = getResource(name);
      return resource == null
          ? Collections.emptyEnumeration()
          : Collections.enumeration(List.of(resource));
    }

    private ClassLoader sourceOf(String packageName) {
      return jdkPackages.contains(packageName) ? getParent() : isOpened(packageName) ? host : null;
    }

    private String packageOf(String name, char separator) {
      int end = name.lastIndexOf(separator);
      return end < 0 ? "" : name.substring(0, end);
    }
  }
}
