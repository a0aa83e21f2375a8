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
 * reads class files and loads nothing.
 */
final class EclipseNames implements INameEnvironment {
  private final Classpath classpath;
  private final Map<String, Optional<NameEnvironmentAnswer>> types = new HashMap<>();
  private final Map<String, Boolean> packages = new HashMap<>();

  EclipseNames(Classpath classpath) {
    this.classpath = classpath;
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

  @Override
  public boolean isPackage(char[][] parentPackageName, char[] packageName) {
    String parent = parentPackageName == null ? "" : CharOperation.toString(parentPackageName);
    String name =
        parent.isEmpty() ? new String(packageName) : parent + "." + new String(packageName);
    return packages.computeIfAbsent(name, classpath::isPackage);
  }

  @Override
  public void cleanup() {
    types.clear();
    packages.clear();
  }

  private NameEnvironmentAnswer find(String name) {
    return types.computeIfAbsent(name, this::read).orElse(null);
  }

  private Optional<NameEnvironmentAnswer> read(String name) {
    String path = name.replace('.', '/') + ".class";
    try (InputStream in = classpath.loader().getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(
              new NameEnvironmentAnswer(ClassFileReader.read(in.readAllBytes(), path), null));
    } catch (IOException | ClassFormatException e) {
      return Optional.empty();
    }
  }
}
