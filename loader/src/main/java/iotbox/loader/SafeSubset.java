package iotbox.loader;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.janino.Java;
import org.codehaus.janino.Java.AbstractCompilationUnit;
import org.codehaus.janino.Java.AbstractCompilationUnit.SingleStaticImportDeclaration;
import org.codehaus.janino.Java.AbstractCompilationUnit.SingleTypeImportDeclaration;
import org.codehaus.janino.Java.AbstractCompilationUnit.StaticImportOnDemandDeclaration;
import org.codehaus.janino.Java.AbstractTypeDeclaration;
import org.codehaus.janino.Java.AnnotationTypeDeclaration;
import org.codehaus.janino.Java.ArrayCreationReference;
import org.codehaus.janino.Java.AssertStatement;
import org.codehaus.janino.Java.CatchClause;
import org.codehaus.janino.Java.ClassInstanceCreationReference;
import org.codehaus.janino.Java.EnumConstant;
import org.codehaus.janino.Java.EnumDeclaration;
import org.codehaus.janino.Java.ForEachStatement;
import org.codehaus.janino.Java.LambdaExpression;
import org.codehaus.janino.Java.LocalClassDeclaration;
import org.codehaus.janino.Java.LocalVariableDeclarationStatement;
import org.codehaus.janino.Java.MethodDeclarator;
import org.codehaus.janino.Java.MethodReference;
import org.codehaus.janino.Java.NamedTypeDeclaration;
import org.codehaus.janino.Java.ReferenceType;
import org.codehaus.janino.Java.TextBlock;
import org.codehaus.janino.Java.TryStatement;

/**
 * The part of the language that Janino, with {@link FinallyRewriter}, is known to compile rightly:
 * what can be said of it by the look of the source alone. {@link JaninoMeaning} says the rest. What
 * Janino refuses by itself needs no mention here, but for what is frequent: Janino would compile a
 * good part of the file before it comes to it.
 */
final class SafeSubset extends TreeWalk<RuntimeException> {
  private static final String NOT_FOR_JANINO = "Not for Janino: ";

  private final List<Diagnostic> faults = new ArrayList<>();

  private SafeSubset() {}

  /** Why these units are not for Janino; empty if they are. */
  static Map<SourceFile, List<Diagnostic>> faults(Map<SourceFile, AbstractCompilationUnit> units) {
    Map<SourceFile, List<Diagnostic>> faults = new LinkedHashMap<>();
    Set<String> topLevel = new HashSet<>();
    units.keySet().forEach(file -> file.types().forEach(type -> topLevel.add(type.name())));
    units.forEach(
        (file, unit) -> {
          SafeSubset subset = new SafeSubset();
          subset.visitAbstractCompilationUnit(unit);
          subset.faults.addAll(LostAnnotations.faults(file));
          subset.checkNames(unit, topLevel);
          subset.faults.addAll(FinalAssignments.faults(unit));
          subset.faults.addAll(AbruptFinally.faults(unit));
          if (!subset.faults.isEmpty()) {
            faults.put(file, subset.faults);
          }
        });
    return faults;
  }

  static Diagnostic fault(Java.Locatable place, String what) {
    return fault(place.getLocation().getLineNumber(), place.getLocation().getColumnNumber(), what);
  }

  static Diagnostic fault(int line, int column, String what) {
    return Diagnostic.error(line, column, NOT_FOR_JANINO + what);
  }

  private void refuse(Java.Locatable place, String what) {
    faults.add(fault(place, what));
  }

  // Janino looks for a type of the unnamed package before it looks at imports and nested types.
  private void checkNames(AbstractCompilationUnit unit, Set<String> topLevel) {
    new TreeWalk<RuntimeException>() {
      @Override
      public void traverseAbstractTypeDeclaration(AbstractTypeDeclaration type) {
        for (NamedTypeDeclaration member : type.getMemberTypeDeclarations()) {
          if (topLevel.contains(member.getName())) {
            refuse(member, "the name " + member.getName() + " for two types");
          }
        }
        super.traverseAbstractTypeDeclaration(type);
      }

      @Override
      public void traverseSingleTypeImportDeclaration(SingleTypeImportDeclaration declaration) {
        String[] names = declaration.identifiers;
        if (names.length > 1 && topLevel.contains(names[names.length - 1])) {
          refuse(declaration, "the name " + names[names.length - 1] + " for two types");
        }
      }
    }.visitAbstractCompilationUnit(unit);
  }

  @Override
  public void traverseAssertStatement(AssertStatement statement) {
    refuse(statement, "assert, which is always on");
    super.traverseAssertStatement(statement);
  }

  @Override
  public void traverseTryStatement(TryStatement statement) {
    if (!statement.resources.isEmpty()) {
      refuse(statement, "try with resources, which are closed too late");
    }
    for (CatchClause clause : statement.catchClauses) {
      if (clause.catchParameter.types.length > 1) {
        refuse(clause, "a catch of several types");
      }
    }
    super.traverseTryStatement(statement);
  }

  @Override
  public void traverseLocalVariableDeclarationStatement(LocalVariableDeclarationStatement local) {
    checkInferred(local, local.type);
    super.traverseLocalVariableDeclarationStatement(local);
  }

  @Override
  public void traverseForEachStatement(ForEachStatement loop) {
    checkInferred(loop.currentElement, loop.currentElement.type);
    super.traverseForEachStatement(loop);
  }

  private void checkInferred(Java.Locatable place, Java.Type type) {
    if (type instanceof ReferenceType name && name.toString().equals("var")) {
      refuse(place, "a variable declared with var");
    }
  }

  @Override
  public void traverseTextBlock(TextBlock literal) {
    refuse(literal, "a text block");
  }

  @Override
  public void traverseLambdaExpression(LambdaExpression lambda) {
    refuse(lambda, "a lambda");
  }

  @Override
  public void traverseMethodReference(MethodReference reference) {
    refuse(reference, "a method reference");
  }

  @Override
  public void traverseClassInstanceCreationReference(ClassInstanceCreationReference reference) {
    refuse(reference, "a constructor reference");
  }

  @Override
  public void traverseArrayCreationReference(ArrayCreationReference reference) {
    refuse(reference, "a constructor reference");
  }

  @Override
  public void traverseSingleStaticImportDeclaration(SingleStaticImportDeclaration declaration) {
    refuse(declaration, "a static import");
  }

  @Override
  public void traverseStaticImportOnDemandDeclaration(StaticImportOnDemandDeclaration declaration) {
    refuse(declaration, "a static import");
  }

  @Override
  public void traverseLocalClassDeclaration(LocalClassDeclaration declaration) {
    refuse(declaration, "a class within a method");
  }

  @Override
  public void traverseMethodDeclarator(MethodDeclarator method) {
    if (method.isNative()) {
      refuse(method, "a native method");
    }
    super.traverseMethodDeclarator(method);
  }

  @Override
  public void traverseAbstractTypeDeclaration(AbstractTypeDeclaration type) {
    if (type instanceof NamedTypeDeclaration named) {
      checkNamed(named);
    }
    super.traverseAbstractTypeDeclaration(type);
  }

  /** Janino writes them one by one, without what holds them together, and reflection fails. */
  private void checkRepeated(Java.Locatable place, Java.Annotation[] annotations) {
    Set<String> seen = new HashSet<>();
    for (Java.Annotation annotation : annotations) {
      if (!seen.add(annotation.getType().toString())) {
        refuse(place, "a repeated annotation");
      }
    }
  }

  private void checkNamed(NamedTypeDeclaration type) {
    checkRepeated(type, type.getAnnotations());
    if (type.getOptionalTypeParameters() != null) {
      refuse(type, "a generic type");
    }
    for (MethodDeclarator method : type.getMethodDeclarations()) {
      checkRepeated(method, method.getAnnotations());
      if (method.typeParameters != null) {
        refuse(method, "a generic method");
      }
    }
    if (type instanceof AnnotationTypeDeclaration) {
      refuse(type, "an annotation type, which reflection would not see");
    }
    if (type instanceof EnumDeclaration declaration) {
      checkEnum(declaration);
    }
  }

  private void checkEnum(EnumDeclaration type) {
    for (EnumConstant constant : type.getConstants()) {
      if (constant.arguments != null
          || !constant.fieldDeclarationsAndInitializers.isEmpty()
          || !constant.getMethodDeclarations().isEmpty()) {
        refuse(constant, "an enum constant with arguments or a body");
      }
    }
    boolean hasFields =
        type instanceof Java.AbstractClassDeclaration body
            && !body.fieldDeclarationsAndInitializers.isEmpty();
    if (hasFields) {
      // A static one runs before values() works.
      refuse(type, "an enum with fields or initialisers");
    }
  }
}
