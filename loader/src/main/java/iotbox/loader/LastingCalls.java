package iotbox.loader;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls whose effect outlasts the handler that makes them unless it takes them back. The JDK does
 * not tell who made one; but where replaced classes stay in memory, it is worth knowing which of
 * these calls are in them.
 */
public final class LastingCalls {
  private static final Map<String, String> KEEPERS =
      Map.ofEntries(
          Map.entry("java/lang/Runtime.addShutdownHook", "a shutdown hook"),
          Map.entry("java/sql/DriverManager.registerDriver", "a JDBC driver"),
          Map.entry("java/lang/ThreadLocal.set", "a ThreadLocal"),
          Map.entry("java/lang/ThreadLocal.withInitial", "a ThreadLocal"),
          Map.entry("java/net/URL.setURLStreamHandlerFactory", "a URL stream handler"),
          Map.entry("java/net/URLConnection.setContentHandlerFactory", "a URL content handler"),
          Map.entry("java/net/URLConnection.setFileNameMap", "a URL file name map"),
          Map.entry("java/lang/System.setProperties", "system properties"),
          Map.entry("java/lang/management/ManagementFactory.getPlatformMBeanServer", "an MBean"),
          Map.entry("java/util/logging/Logger.addHandler", "a logging handler"),
          Map.entry("java/util/concurrent/ForkJoinPool.commonPool", "a task of the common pool"));

  private LastingCalls() {}

  /**
   * What handlers of this class loader may have left behind, in words; empty for other loaders. May
   * be called by any thread; does not block.
   */
  public static List<String> in(ClassLoader handlers) {
    return handlers instanceof HandlerClassLoader group
        ? List.copyOf(
            group.classes().values().stream()
                .flatMap(LastingCalls::of)
                .collect(Collectors.toCollection(TreeSet::new)))
        : List.of();
  }

  private static Stream<String> of(byte[] classFile) {
    try {
      return Stream.of(ClassReferences.of(classFile))
          .map(ClassReferences.References::members)
          .flatMap(Collection::stream)
          .map(member -> KEEPERS.get(member.owner() + "." + member.name()))
          .filter(keeper -> keeper != null);
    } catch (IOException e) {
      return Stream
          .empty(); // The class has been loaded, so this cannot be; a hint is not worth it.
    }
  }
}
