package iotbox.loader;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a compiler made of a group.
 *
 * @param compiler who did it
 * @param classes by binary name; empty if there are errors
 * @param errors by the file they are in; empty if the group compiled
 */
record CompiledGroup(
    HandlerStatus.Compiler compiler,
    Map<String, byte[]> classes,
    Map<SourceFile, List<Diagnostic>> errors) {

  static CompiledGroup of(HandlerStatus.Compiler compiler, Map<String, byte[]> classes) {
    return new CompiledGroup(compiler, Map.copyOf(classes), Map.of());
  }

  /** As it came from elsewhere, with paths in the place of files. */
  static CompiledGroup of(
      HandlerStatus.Compiler compiler, EclipseWire.Answer answer, List<SourceFile> files) {
    Map<SourceFile, List<Diagnostic>> errors = new LinkedHashMap<>();
    for (SourceFile file : files) {
      if (answer.errors().containsKey(file.path())) {
        errors.put(file, answer.errors().get(file.path()));
      }
    }
    return errors.isEmpty() ? of(compiler, answer.classes()) : refused(compiler, errors);
  }

  static CompiledGroup refused(
      HandlerStatus.Compiler compiler, Map<SourceFile, List<Diagnostic>> errors) {
    return new CompiledGroup(compiler, Map.of(), Map.copyOf(errors));
  }
}
