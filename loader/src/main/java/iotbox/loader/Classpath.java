package iotbox.loader;

/**
 * What a group is compiled against and linked with: the visible classes of the host and the jars
 * that came with the handlers.
 */
record Classpath(VisibleClasses visible, LibraryClassLoader libraries) {

  /** Finds exactly the classes that the group can use at run time. */
  ClassLoader loader() {
    return libraries;
  }

  boolean isPackage(String name) {
    return visible.isPackage(name) || libraries.isPackage(name);
  }
}
