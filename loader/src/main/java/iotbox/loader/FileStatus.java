package iotbox.loader;

import iotbox.loader.HandlerStatus.Compiler;
import iotbox.loader.HandlerStatus.Kind;
import iotbox.loader.HandlerStatus.State;
import iotbox.loader.SourceFile.DeclaredType;
import java.util.ArrayList;
import java.util.List;

/** Makes the status entries of files that have no valid class to speak for them. */
final class FileStatus {
  private FileStatus() {}

  /** A file that was not compiled. */
  static HandlerStatus refused(SourceFile file, Compiler by, List<Diagnostic> diagnostics) {
    List<Diagnostic> all = new ArrayList<>(diagnostics);
    all.addAll(notes(file));
    return of(file.path(), className(file), guess(file), State.FAILED, by, quoting(file, all));
  }

  /** A file that compiled to something unusable. */
  static HandlerStatus failed(
      SourceFile file, Verdict verdict, Compiler by, List<Diagnostic> diagnostics) {
    List<Diagnostic> all = new ArrayList<>(diagnostics);
    if (file.types().isEmpty()) {
      all.add(Diagnostic.error("The file declares no class"));
    }
    Kind kind = verdict == null ? guess(file) : verdict.kind();
    return of(file.path(), className(file), kind, State.FAILED, by, quoting(file, all));
  }

  private static List<Diagnostic> quoting(SourceFile file, List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(diagnostic -> diagnostic.quoting(file)).toList();
  }

  /** A source for another system than this. */
  static HandlerStatus otherSystem(SourceFile file, Platform wanted, Platform here) {
    return of(
        file.path(),
        className(file),
        guess(file),
        State.SKIPPED,
        null,
        List.of(Diagnostic.warning(0, 0, "For " + wanted + " only, and this box runs " + here)));
  }

  /** A file that is no Java. */
  static HandlerStatus other(String path) {
    return path.endsWith(".py")
        ? of(path, null, Kind.PYTHON, State.SKIPPED, null, note("Python, not run here"))
        : of(path, null, Kind.OTHER, State.SKIPPED, null, note(whatElse(path)));
  }

  private static String whatElse(String path) {
    return HandlerSignatures.isSignature(path)
        ? "A signature; this box takes handlers without looking at it"
        : "Not a handler, ignored";
  }

  /** A signature file that is right; {@code what} says what for. */
  static HandlerStatus signature(String path, String what) {
    return of(path, null, Kind.OTHER, State.SKIPPED, null, note(what));
  }

  /** A signature file that counts for nothing. */
  static HandlerStatus badSignature(String path, String why) {
    return of(path, null, Kind.OTHER, State.FAILED, null, List.of(Diagnostic.error(why)));
  }

  /** A jar. */
  static HandlerStatus library(String path, String fault) {
    return of(
        path,
        null,
        Kind.LIBRARY,
        fault == null ? State.LOADED : State.FAILED,
        null,
        fault == null ? List.of() : List.of(Diagnostic.error(fault)));
  }

  /** A jar that nobody who is trusted has signed; the former version of it may be in use. */
  static HandlerStatus refusedLibrary(String path, String fault, boolean kept) {
    HandlerStatus status = library(path, fault);
    return kept
        ? status.with(
            Diagnostic.warning(
                0, 0, "The earlier version of this file stays in use until it is repaired"))
        : status;
  }

  /** A source that should be there. */
  static HandlerStatus missing(String path, String fault) {
    return of(path, null, guess(path), State.FAILED, null, List.of(Diagnostic.error(fault)));
  }

  /** A file that is not even looked at, for this reason. */
  static HandlerStatus heldBack(HandlerFile file, String why) {
    if (file.path().endsWith(".java")) {
      return refused(SourceFile.of(file), null, List.of(Diagnostic.error(why)));
    }
    return file.path().endsWith(".jar") ? library(file.path(), why) : other(file.path());
  }

  /** What is worth saying about a source whatever becomes of it. */
  static List<Diagnostic> notes(SourceFile file) {
    return file.latin1()
        ? note("The file is not UTF-8 and was read as Latin-1; save it as UTF-8")
        : List.of();
  }

  private static List<Diagnostic> note(String text) {
    return List.of(Diagnostic.warning(0, 0, text));
  }

  private static HandlerStatus of(
      String path,
      String className,
      Kind kind,
      State state,
      Compiler compiler,
      List<Diagnostic> diagnostics) {
    return new HandlerStatus(path, className, kind, state, compiler, null, null, diagnostics);
  }

  private static String className(SourceFile file) {
    DeclaredType main = file.mainType();
    return main == null ? null : file.qualified(main);
  }

  /** What the file seems to be for, by what it declares and where it is. */
  private static Kind guess(SourceFile file) {
    DeclaredType main = file.mainType();
    if (main != null && (main.isAbstract() || main.parent().isEmpty())) {
      return Kind.LIBRARY;
    }
    String parent = main == null ? "" : main.parent();
    if (parent.endsWith("Driver") || parent.isEmpty() && file.path().startsWith("drivers/")) {
      return Kind.DRIVER;
    }
    if (parent.endsWith("Interface") || parent.isEmpty() && file.path().startsWith("interfaces/")) {
      return Kind.INTERFACE;
    }
    return guess(file.path());
  }

  private static Kind guess(String path) {
    return path.startsWith("interfaces/")
        ? Kind.INTERFACE
        : path.startsWith("drivers/") ? Kind.DRIVER : Kind.LIBRARY;
  }
}
