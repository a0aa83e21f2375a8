package iotbox.loader;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jdt.core.compiler.CharOperation;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileReader;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFormatException;
import org.eclipse.jdt.internal.compiler.env.INameEnvironment;
import org.eclipse.jdt.internal.compiler.env.NameEnvironmentAnswer;

/**
 * Shows the Eclipse compiler the classes that the group will see at run time, by their bytes: it
 * reads class files and loads nothing. What it read of the host and the JDK serves later groups
 * too, as these do not change; reading takes a good part of the time of compiling.
 *
 * <p>Threads: one at a time.
 */
final class EclipseNames {
  private final VisibleClasses visible;
  private final Map<String, Optional<NameEnvironmentAnswer>> types = new HashMap<>();
  private final Map<String, Boolean> packages = new HashMap<>();

  EclipseNames(VisibleClasses visible) {
    this.visible = visible;
  }

  VisibleClasses visible() {
    return visible;
  }

  /** All names that one compilation sees: the visible ones and those of these libraries. */
  INameEnvironment with(LibraryClassLoader libraries) {
    return new Environment(libraries);
  }

  private NameEnvironmentAnswer visibleType(String name) {
    return types.computeIfAbsent(name, type -> read(visible.loader(), type)).orElse(null);
  }

  private boolean isVisiblePackage(String name) {
    return packages.computeIfAbsent(name, visible::isPackage);
  }

  private static Optional<NameEnvironmentAnswer> read(ClassLoader loader, String name) {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in = loader.getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(
              new NameEnvironmentAnswer(ClassFileReader.read(in.readAllBytes(), path), null));
    } catch (IOException | ClassFormatException e) {
      return Optional.empty();
    }
  }

  private final class Environment implements INameEnvironment {
    private final LibraryClassLoader libraries;
    private final Map<String, Optional<NameEnvironmentAnswer>> libraryTypes = new HashMap<>();

    Environment(LibraryClassLoader libraries) {
      this.libraries = libraries;
    }

    @Override
    public NameEnvironmentAnswer findType(char[][] compoundTypeName) {
      return find(CharOperation.toString(compoundTypeName));
    }

    @Override
    public NameEnvironmentAnswer findType(char[] typeName, char[][] packageName) {
      String prefix = CharOperation.toString(packageName);
      return find(prefix.isEmpty() ? new String(typeName) : prefix + "." + new String(typeName));
    }

    private NameEnvironmentAnswer find(String name) {
      NameEnvironmentAnswer answer = visibleType(name);
      return answer != null
          ? answer
          : libraryTypes.computeIfAbsent(name, type -> read(libraries, type)).orElse(null);
    }

    @Override
    public boolean isPackage(char[][] parentPackageName, char[] packageName) {
      String parent = parentPackageName == null ? "" : CharOperation.toString(parentPackageName);
      String name =
          parent.isEmpty() ? new String(packageName) : parent + "." + new String(packageName);
      return isVisiblePackage(name) || libraries.isPackage(name);
    }

    @Override
    public void cleanup() {
      // It lives for one compilation.
    }
  }
}
