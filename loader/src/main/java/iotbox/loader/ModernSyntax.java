package iotbox.loader;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.eclipse.jdt.internal.compiler.ASTVisitor;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.DefaultErrorHandlingPolicies;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.AbstractVariableDeclaration;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.AssertStatement;
import org.eclipse.jdt.internal.compiler.ast.CaseStatement;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ImportReference;
import org.eclipse.jdt.internal.compiler.ast.InstanceOfExpression;
import org.eclipse.jdt.internal.compiler.ast.LambdaExpression;
import org.eclipse.jdt.internal.compiler.ast.LocalDeclaration;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.QualifiedAllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.ast.StringLiteral;
import org.eclipse.jdt.internal.compiler.ast.SwitchExpression;
import org.eclipse.jdt.internal.compiler.ast.SwitchStatement;
import org.eclipse.jdt.internal.compiler.ast.TextBlock;
import org.eclipse.jdt.internal.compiler.ast.TryStatement;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.UnionTypeReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.ClassScope;
import org.eclipse.jdt.internal.compiler.lookup.CompilationUnitScope;
import org.eclipse.jdt.internal.compiler.lookup.ExtraCompilerModifiers;
import org.eclipse.jdt.internal.compiler.parser.Parser;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblemFactory;
import org.eclipse.jdt.internal.compiler.problem.ProblemReporter;

/**
 * Finds what a source uses of the newer language, with exact places. Of a source that it cannot
 * read Janino tells the first place only, and an author wants to know of all.
 */
final class ModernSyntax extends ASTVisitor {
  private final SourceFile file;
  private final List<Diagnostic> found = new ArrayList<>();

  private ModernSyntax(SourceFile file) {
    this.file = file;
  }

  /** What of this source is not for Janino by its looks alone, in the order of the text. */
  static List<Diagnostic> in(SourceFile file) {
    ModernSyntax search = new ModernSyntax(file);
    parse(file).traverse(search, null, false);
    search.found.sort(
        Comparator.comparingInt(Diagnostic::line).thenComparingInt(Diagnostic::column));
    return search.found;
  }

  private static CompilationUnitDeclaration parse(SourceFile file) {
    ProblemReporter problems =
        new ProblemReporter(
            DefaultErrorHandlingPolicies.proceedWithAllProblems(),
            EclipseCompiler.options(),
            new DefaultProblemFactory(Locale.ENGLISH));
    EclipseCompiler.Unit unit = new EclipseCompiler.Unit(file);
    return new Parser(problems, true).parse(unit, new CompilationResult(unit, 0, 1, 100));
  }

  private boolean found(ASTNode node, String what) {
    String before = file.text().substring(0, Math.max(0, node.sourceStart));
    int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    found.add(SafeSubset.fault(line, before.length() - before.lastIndexOf('\n'), what));
    return true;
  }

  private boolean type(TypeDeclaration type) {
    if (type.isRecord()) {
      found(type, "a record");
    } else if ((type.modifiers
            & (ExtraCompilerModifiers.AccSealed | ExtraCompilerModifiers.AccNonSealed))
        != 0) {
      found(type, "a sealed type");
    } else if (TypeDeclaration.kind(type.modifiers) == TypeDeclaration.ANNOTATION_TYPE_DECL) {
      found(type, "an annotation type, which reflection would not see");
    }
    if (type.typeParameters != null) {
      found(type, "a generic type");
    }
    if (TypeDeclaration.kind(type.modifiers) == TypeDeclaration.ENUM_DECL && type.fields != null) {
      enumeration(type);
    }
    return true;
  }

  private void enumeration(TypeDeclaration type) {
    boolean hasFields = false;
    for (FieldDeclaration field : type.fields) {
      boolean constant = field.getKind() == AbstractVariableDeclaration.ENUM_CONSTANT;
      hasFields |= !constant;
      if (constant
          && field.initialization instanceof AllocationExpression creation
          && (creation.arguments != null || creation instanceof QualifiedAllocationExpression)) {
        found(field, "an enum constant with arguments or a body");
      }
    }
    if (hasFields) {
      found(type, "an enum with fields or initialisers");
    }
  }

  @Override
  public boolean visit(TypeDeclaration type, CompilationUnitScope scope) {
    return type(type);
  }

  @Override
  public boolean visit(TypeDeclaration type, ClassScope scope) {
    return type(type);
  }

  @Override
  public boolean visit(TypeDeclaration type, BlockScope scope) {
    if (!type.isRecord() && type.allocation == null) {
      found(type, "a class within a method");
    }
    return type(type);
  }

  @Override
  public boolean visit(ImportReference declaration, CompilationUnitScope scope) {
    return !declaration.isStatic() || found(declaration, "a static import");
  }

  @Override
  public boolean visit(MethodDeclaration method, ClassScope scope) {
    return method.typeParameters == null || found(method, "a generic method");
  }

  @Override
  public boolean visit(LambdaExpression lambda, BlockScope scope) {
    return found(lambda, "a lambda");
  }

  @Override
  public boolean visit(ReferenceExpression reference, BlockScope scope) {
    return found(
        reference,
        reference.isConstructorReference() ? "a constructor reference" : "a method reference");
  }

  @Override
  public boolean visit(LocalDeclaration variable, BlockScope scope) {
    boolean inferred = variable.type != null && variable.type.toString().equals("var");
    return !inferred || found(variable.type, "a variable declared with var");
  }

  @Override
  public boolean visit(SwitchStatement choice, BlockScope scope) {
    return !(choice instanceof SwitchExpression) || found(choice, "a switch expression");
  }

  @Override
  public boolean visit(CaseStatement label, BlockScope scope) {
    if (label.isSwitchRule) {
      return found(label, "a case with an arrow");
    }
    return label.constantExpressions == null
        || label.constantExpressions.length < 2
        || found(label, "a case of several values");
  }

  @Override
  public boolean visit(InstanceOfExpression test, BlockScope scope) {
    return test.pattern == null || found(test, "instanceof with a variable");
  }

  @Override
  public boolean visit(UnionTypeReference types, BlockScope scope) {
    return found(types, "a catch of several types");
  }

  @Override
  public boolean visit(TryStatement statement, BlockScope scope) {
    return statement.resources == null
        || statement.resources.length == 0
        || found(statement, "try with resources, which are closed too late");
  }

  @Override
  public boolean visit(StringLiteral literal, BlockScope scope) {
    return !(literal instanceof TextBlock) || found(literal, "a text block");
  }

  @Override
  public boolean visit(AssertStatement statement, BlockScope scope) {
    return found(statement, "assert, which is always on");
  }
}
