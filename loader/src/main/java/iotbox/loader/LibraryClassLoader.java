package iotbox.loader;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The classes and resources of the jars that came with the handlers, in memory. Handlers of all
 * groups share one, until a jar changes.
 */
final class LibraryClassLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> contents;

  /** As in {@link HandlerClassLoader}: threads must not hold the loader by it. */
  private final ProtectionDomain domain = new ProtectionDomain(null, null);

  private final Set<String> packages = new TreeSet<>();

  /**
   * @param contents by path within the jars, the classes' ones too
   */
  LibraryClassLoader(Map<String, byte[]> contents, ClassLoader parent) {
    super("iot_handlers/lib", parent);
    this.contents = contents;
    for (String path : contents.keySet()) {
      if (path.endsWith(".class") && path.indexOf('/') > 0) {
        packages.add(path.substring(0, path.lastIndexOf('/')).replace('/', '.'));
      }
    }
  }

  /**
   * Adds what a jar holds; of two jars the first one wins, as on a class path.
   *
   * @param room how many bytes it may unpack to
   * @throws BadArchiveException if it is not a jar
   */
  static Map<String, byte[]> unpack(byte[] jar, ArchiveLimits limits, long room)
      throws BadArchiveException {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    ZipDirectory directory = ZipDirectory.of(jar, limits);
    long left = room;
    for (ZipDirectory.Entry entry : directory.entries()) {
      if (entry.isDirectory()) {
        continue;
      }
      String fault = ZipDirectory.unreadable(entry);
      byte[] content = fault == null ? directory.read(entry, limits, left) : null;
      if (content == null) {
        throw new BadArchiveException(
            EntryNames.shown(entry.name()) + ": " + (fault == null ? "too large" : fault));
      }
      left -= content.length;
      contents.putIfAbsent(entry.name(), content);
    }
    return contents;
  }

  /** What it was made of; not to be changed. */
  Map<String, byte[]> contents() {
    return contents;
  }

  boolean isPackage(String name) {
    return packages.contains(name)
        || packages.stream().anyMatch(known -> known.startsWith(name + "."));
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = contents.get(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, domain);
  }

  @Override
  protected URL findResource(String name) {
    byte[] bytes = contents.get(name);
    try {
      return bytes == null ? null : new URL("iotlib", "", -1, "/" + name, new InMemory(bytes));
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL resource = findResource(name);
    List<URL> found = new ArrayList<>();
    if (resource != null) {
      found.add(resource);
    }
    return Collections.enumeration(found);
  }

  private static final class InMemory extends URLStreamHandler {
    private final byte[] bytes;

    InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() throws IOException {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
