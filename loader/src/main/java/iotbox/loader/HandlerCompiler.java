package iotbox.loader;

/**
 * Compiles groups of sources: with Janino where that is proven right, with the Eclipse compiler
 * otherwise. Stateless; may be used by several threads. Runs on the caller's thread and takes from
 * milliseconds to seconds.
 */
public final class HandlerCompiler {
  private enum Choice {
    AUTOMATIC,
    JANINO,
    ECLIPSE
  }

  private final Choice choice;

  private HandlerCompiler(Choice choice) {
    this.choice = choice;
  }

  /** What the box uses. */
  public static HandlerCompiler automatic() {
    return new HandlerCompiler(Choice.AUTOMATIC);
  }

  /** Never falls back: for tests and measurements. Sources outside the safe subset are refused. */
  public static HandlerCompiler janinoOnly() {
    return new HandlerCompiler(Choice.JANINO);
  }

  /** Never tries Janino: for tests and measurements. */
  public static HandlerCompiler eclipseOnly() {
    return new HandlerCompiler(Choice.ECLIPSE);
  }

  /** What makes a group compile to other classes though its sources are the same. */
  String fingerprint() {
    return choice + " janino " + version("org.codehaus.janino.Java") + " java " + 17;
  }

  /** Compiles one group. What a compiler throws at monstrous sources comes out of here. */
  CompiledGroup compile(SourceGroup group, Classpath classpath) {
    if (choice != Choice.ECLIPSE) {
      CompiledGroup compiled = janino(group, classpath);
      if (compiled.errors().isEmpty() || choice == Choice.JANINO) {
        return compiled;
      }
    }
    return new EclipseCompiler().compile(group.files(), classpath);
  }

  private CompiledGroup janino(SourceGroup group, Classpath classpath) {
    return new JaninoCompiler().compile(group.files(), classpath);
  }

  private static String version(String className) {
    return className;
  }
}
