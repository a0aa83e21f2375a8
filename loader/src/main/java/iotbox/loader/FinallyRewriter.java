package iotbox.loader;

import java.io.StringWriter;
import java.util.List;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.Java.Block;
import org.codehaus.janino.Java.BlockStatement;
import org.codehaus.janino.Java.CompilationUnit;
import org.codehaus.janino.Java.FieldDeclaration;
import org.codehaus.janino.Java.MemberInterfaceDeclaration;
import org.codehaus.janino.Java.MemberTypeDeclaration;
import org.codehaus.janino.Java.TryStatement;
import org.codehaus.janino.Unparser;
import org.codehaus.janino.util.DeepCopier;

/**
 * Turns each {@code try/catch/finally} into a {@code try/finally} around a {@code try/catch}, which
 * means the same: Janino runs the {@code finally} of the former twice when a catch block ends
 * normally.
 */
final class FinallyRewriter extends DeepCopier {
  private final boolean rewriting;

  private FinallyRewriter(boolean rewriting) {
    this.rewriting = rewriting;
  }

  /** The tree to compile instead of this one: itself if there is nothing to rewrite. */
  static CompilationUnit rewrite(CompilationUnit tree) throws CompileException {
    if (!needsRewriting(tree)) {
      return tree;
    }
    // A copy that loses something would compile to something else, so this is made sure first.
    String faithful = text(new FinallyRewriter(false).copyCompilationUnit(tree));
    if (!faithful.equals(text(tree))) {
      throw new CompileException("Janino does not copy this source faithfully", null);
    }
    return new FinallyRewriter(true).copyCompilationUnit(tree);
  }

  private static boolean needsRewriting(CompilationUnit tree) {
    boolean[] found = {false};
    new TreeWalk<RuntimeException>() {
      @Override
      public void traverseTryStatement(TryStatement statement) {
        found[0] |= isWhole(statement);
        super.traverseTryStatement(statement);
      }
    }.visitAbstractCompilationUnit(tree);
    return found[0];
  }

  private static boolean isWhole(TryStatement statement) {
    return statement.finallY != null && !statement.catchClauses.isEmpty();
  }

  private static String text(CompilationUnit tree) {
    StringWriter text = new StringWriter();
    Unparser.unparse(tree, text);
    return text.toString();
  }

  @Override
  public BlockStatement copyTryStatement(TryStatement subject) throws CompileException {
    if (!rewriting || !isWhole(subject)) {
      return super.copyTryStatement(subject);
    }
    Block inner = new Block(subject.getLocation());
    inner.addStatement(
        new TryStatement(
            subject.getLocation(),
            copyResources(subject.resources),
            copyBlockStatement(subject.body),
            copyCatchClauses(subject.catchClauses)));
    return new TryStatement(
        subject.getLocation(), List.of(), inner, List.of(), copyOptionalBlock(subject.finallY));
  }

  // The original forgets the constants.
  @Override
  public MemberTypeDeclaration copyMemberInterfaceDeclaration(MemberInterfaceDeclaration subject)
      throws CompileException {
    MemberInterfaceDeclaration copy =
        (MemberInterfaceDeclaration) super.copyMemberInterfaceDeclaration(subject);
    for (FieldDeclaration constant : subject.constantDeclarations) {
      copy.addConstantDeclaration(copyFieldDeclaration(constant));
    }
    return copy;
  }
}
