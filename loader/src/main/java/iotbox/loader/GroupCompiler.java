package iotbox.loader;

import java.util.List;

/** A compiler for sources in memory. */
interface GroupCompiler {
  /**
   * Compiles these sources together. May throw what compilers throw when a source is too much for
   * them ({@code StackOverflowError} above all); {@link HandlerCompiler} contains it.
   */
  CompiledGroup compile(List<SourceFile> files, Classpath classpath);
}
