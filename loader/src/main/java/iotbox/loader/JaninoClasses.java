package iotbox.loader;

import java.util.ArrayList;
import java.util.List;
import org.codehaus.janino.ClassLoaderIClassLoader;
import org.codehaus.janino.Descriptor;
import org.codehaus.janino.IClass;
import org.codehaus.janino.IClassLoader;
import org.codehaus.janino.UnitCompiler;

/**
 * The types that Janino sees while it compiles a group: those of the class path and the group's.
 */
final class JaninoClasses extends IClassLoader {
  private final List<UnitCompiler> units = new ArrayList<>();

  JaninoClasses(ClassLoader classpath) {
    super(new ClassLoaderIClassLoader(new WithInternals(classpath)));
    postConstruct();
  }

  /** Adds a unit of the group; before the first one is compiled. */
  void add(UnitCompiler unit) {
    units.add(unit);
  }

  @Override
  protected IClass findIClass(String descriptor) {
    String name = Descriptor.toClassName(descriptor);
    for (UnitCompiler unit : units) {
      IClass found = inUnit(unit, name);
      if (found != null) {
        defineIClass(found);
        return found;
      }
    }
    return null;
  }

  // A unit finds a nested type only after its top-level type.
  private static IClass inUnit(UnitCompiler unit, String name) {
    int nested = name.indexOf('$', name.lastIndexOf('.') + 2);
    while (true) {
      IClass top = unit.findClass(nested < 0 ? name : name.substring(0, nested));
      if (top != null) {
        return nested < 0 ? top : unit.findClass(name);
      }
      if (nested < 0) {
        return null;
      }
      nested = name.indexOf('$', nested + 2);
    }
  }

  /**
   * Janino wants every type in the signatures of a class it looks at, also those of the JDK's
   * private methods. {@link LinkCheck} finds a source that uses such a type itself.
   */
  private static final class WithInternals extends ClassLoader {
    WithInternals(ClassLoader classpath) {
      super(classpath);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      return getPlatformClassLoader().loadClass(name);
    }
  }
}
