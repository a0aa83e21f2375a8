package iotbox.loader;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.janino.Java;
import org.codehaus.janino.Java.AbstractClassDeclaration;
import org.codehaus.janino.Java.AbstractCompilationUnit;
import org.codehaus.janino.Java.AmbiguousName;
import org.codehaus.janino.Java.Assignment;
import org.codehaus.janino.Java.CatchClause;
import org.codehaus.janino.Java.ConstructorDeclarator;
import org.codehaus.janino.Java.Crement;
import org.codehaus.janino.Java.FieldAccessExpression;
import org.codehaus.janino.Java.FieldDeclaration;
import org.codehaus.janino.Java.FunctionDeclarator.FormalParameter;
import org.codehaus.janino.Java.Initializer;
import org.codehaus.janino.Java.LocalVariableDeclarationStatement;
import org.codehaus.janino.Java.Lvalue;
import org.codehaus.janino.Java.Modifier;
import org.codehaus.janino.Java.ParenthesizedExpression;
import org.codehaus.janino.Java.SuperclassFieldAccessExpression;
import org.codehaus.janino.Java.ThisReference;
import org.codehaus.janino.Java.TryStatement;
import org.codehaus.janino.Java.VariableDeclarator;

/**
 * Finds assignments to what is declared {@code final}, which Janino lets pass. Goes by names: a
 * variable counts as final if any variable of that name in the unit is. The one thing allowed is
 * the assignment of a field without initial value in a constructor or initialiser.
 */
final class FinalAssignments extends TreeWalk<RuntimeException> {
  private final Set<String> finals = new HashSet<>();
  private final Set<String> blankFields = new HashSet<>();
  private final List<Diagnostic> faults = new ArrayList<>();
  private boolean constructing;

  private FinalAssignments(AbstractCompilationUnit unit) {
    new Declarations().visitAbstractCompilationUnit(unit);
    visitAbstractCompilationUnit(unit);
  }

  static List<Diagnostic> faults(AbstractCompilationUnit unit) {
    return new FinalAssignments(unit).faults;
  }

  @Override
  public void traverseAssignment(Assignment assignment) {
    check(assignment, assignment.lhs, assignment.operator.equals("="));
    super.traverseAssignment(assignment);
  }

  @Override
  public void traverseCrement(Crement crement) {
    check(crement, crement.operand, false);
    super.traverseCrement(crement);
  }

  private void check(Java.Locatable place, Lvalue target, boolean plain) {
    String name = nameOf(target);
    boolean initialises = plain && constructing && blankFields.contains(name) && isOwn(target);
    if (finals.contains(name) && !initialises) {
      faults.add(
          SafeSubset.fault(place, "an assignment to " + name + ", a name of something final"));
    }
  }

  private static String nameOf(Lvalue target) {
    if (target instanceof ParenthesizedExpression inner && inner.value instanceof Lvalue value) {
      return nameOf(value);
    }
    if (target instanceof AmbiguousName name) {
      return name.identifiers[name.n - 1];
    }
    if (target instanceof FieldAccessExpression field) {
      return field.fieldName;
    }
    return target instanceof SuperclassFieldAccessExpression field ? field.fieldName : "";
  }

  private static boolean isOwn(Lvalue target) {
    return target instanceof AmbiguousName name && name.n == 1
        || target instanceof FieldAccessExpression field && field.lhs instanceof ThisReference;
  }

  @Override
  public void traverseConstructorDeclarator(ConstructorDeclarator constructor) {
    constructing = true;
    super.traverseConstructorDeclarator(constructor);
    constructing = false;
  }

  @Override
  public void traverseInitializer(Initializer initializer) {
    constructing = true;
    super.traverseInitializer(initializer);
    constructing = false;
  }

  @Override
  public void traverseClassDeclaration(AbstractClassDeclaration type) {
    boolean outer = constructing;
    constructing = false;
    super.traverseClassDeclaration(type);
    constructing = outer;
  }

  /** Collects the names. */
  private final class Declarations extends TreeWalk<RuntimeException> {
    private void add(Modifier[] modifiers, String name) {
      for (Modifier modifier : modifiers) {
        if (modifier instanceof Java.AccessModifier word && word.keyword.equals("final")) {
          finals.add(name);
        }
      }
    }

    @Override
    public void traverseFieldDeclaration(FieldDeclaration fields) {
      for (VariableDeclarator field : fields.variableDeclarators) {
        add(fields.modifiers, field.name);
        if (field.initializer == null) {
          blankFields.add(field.name);
        }
      }
      super.traverseFieldDeclaration(fields);
    }

    @Override
    public void traverseLocalVariableDeclarationStatement(
        LocalVariableDeclarationStatement variables) {
      for (VariableDeclarator variable : variables.variableDeclarators) {
        add(variables.modifiers, variable.name);
      }
      super.traverseLocalVariableDeclarationStatement(variables);
    }

    @Override
    public void traverseFormalParameter(FormalParameter parameter) {
      add(parameter.modifiers, parameter.name);
      super.traverseFormalParameter(parameter);
    }

    @Override
    public void traverseTryStatement(TryStatement statement) {
      for (CatchClause clause : statement.catchClauses) {
        if (clause.catchParameter.finaL) {
          finals.add(clause.catchParameter.name);
        }
      }
      super.traverseTryStatement(statement);
    }
  }
}
