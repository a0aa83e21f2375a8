package iotbox.loader;

import java.util.ArrayList;
import java.util.List;
import org.codehaus.janino.Java;
import org.codehaus.janino.Java.AbstractClassDeclaration;
import org.codehaus.janino.Java.AbstractCompilationUnit;
import org.codehaus.janino.Java.BreakStatement;
import org.codehaus.janino.Java.CatchClause;
import org.codehaus.janino.Java.ContinueStatement;
import org.codehaus.janino.Java.DoStatement;
import org.codehaus.janino.Java.ForEachStatement;
import org.codehaus.janino.Java.ForStatement;
import org.codehaus.janino.Java.ReturnStatement;
import org.codehaus.janino.Java.SwitchStatement;
import org.codehaus.janino.Java.ThrowStatement;
import org.codehaus.janino.Java.TryStatement;
import org.codehaus.janino.Java.WhileStatement;

/**
 * Finds ways out of a {@code finally} block, which Janino turns into classes that do not verify.
 */
final class AbruptFinally extends TreeWalk<RuntimeException> {
  private final List<Diagnostic> faults = new ArrayList<>();
  private boolean inFinally;
  private int loops;
  private int switches;

  private AbruptFinally() {}

  static List<Diagnostic> faults(AbstractCompilationUnit unit) {
    AbruptFinally search = new AbruptFinally();
    search.visitAbstractCompilationUnit(unit);
    return search.faults;
  }

  private void refuseIf(boolean leaves, Java.Locatable place, String word) {
    if (inFinally && leaves) {
      faults.add(SafeSubset.fault(place, word + " in a finally block"));
    }
  }

  @Override
  public void traverseTryStatement(TryStatement statement) {
    visitBlockStatement(statement.body);
    for (CatchClause clause : statement.catchClauses) {
      visitBlockStatement(clause.body);
    }
    if (statement.finallY != null) {
      boolean outer = inFinally;
      int outerLoops = loops;
      int outerSwitches = switches;
      inFinally = true;
      loops = 0;
      switches = 0;
      visitBlockStatement(statement.finallY);
      inFinally = outer;
      loops = outerLoops;
      switches = outerSwitches;
    }
  }

  @Override
  public void traverseReturnStatement(ReturnStatement statement) {
    refuseIf(true, statement, "return");
    super.traverseReturnStatement(statement);
  }

  @Override
  public void traverseThrowStatement(ThrowStatement statement) {
    refuseIf(true, statement, "throw");
    super.traverseThrowStatement(statement);
  }

  @Override
  public void traverseBreakStatement(BreakStatement statement) {
    refuseIf(statement.label != null || loops + switches == 0, statement, "break");
  }

  @Override
  public void traverseContinueStatement(ContinueStatement statement) {
    refuseIf(statement.label != null || loops == 0, statement, "continue");
  }

  @Override
  public void traverseSwitchStatement(SwitchStatement statement) {
    switches++;
    super.traverseSwitchStatement(statement);
    switches--;
  }

  @Override
  public void traverseWhileStatement(WhileStatement statement) {
    loops++;
    super.traverseWhileStatement(statement);
    loops--;
  }

  @Override
  public void traverseDoStatement(DoStatement statement) {
    loops++;
    super.traverseDoStatement(statement);
    loops--;
  }

  @Override
  public void traverseForStatement(ForStatement statement) {
    loops++;
    super.traverseForStatement(statement);
    loops--;
  }

  @Override
  public void traverseForEachStatement(ForEachStatement statement) {
    loops++;
    super.traverseForEachStatement(statement);
    loops--;
  }

  @Override
  public void traverseClassDeclaration(AbstractClassDeclaration type) {
    boolean outer = inFinally;
    inFinally = false;
    super.traverseClassDeclaration(type);
    inFinally = outer;
  }
}
