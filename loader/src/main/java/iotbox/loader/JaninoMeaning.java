package iotbox.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.IClass;
import org.codehaus.janino.IClass.IMethod;
import org.codehaus.janino.IClassLoader;
import org.codehaus.janino.Java;
import org.codehaus.janino.Java.AlternateConstructorInvocation;
import org.codehaus.janino.Java.Assignment;
import org.codehaus.janino.Java.BinaryOperation;
import org.codehaus.janino.Java.Cast;
import org.codehaus.janino.Java.ConditionalExpression;
import org.codehaus.janino.Java.ForEachStatement;
import org.codehaus.janino.Java.MethodInvocation;
import org.codehaus.janino.Java.NewAnonymousClassInstance;
import org.codehaus.janino.Java.NewClassInstance;
import org.codehaus.janino.Java.Rvalue;
import org.codehaus.janino.Java.Scope;
import org.codehaus.janino.Java.SuperConstructorInvocation;
import org.codehaus.janino.Java.SuperclassMethodInvocation;
import org.codehaus.janino.Java.TypeDeclaration;
import org.codehaus.janino.Java.UnaryOperation;
import org.codehaus.janino.UnitCompiler;

/**
 * Checks, with the types that Janino found, that the expressions of a compiled unit mean to Janino
 * what they mean in Java: which overload is called, what a generic result that Janino takes for an
 * {@code Object} would have changed, and the conversions that it gets wrong.
 */
final class JaninoMeaning extends TreeWalk<CompileException> {
  private static final Set<String> WIDE = Set.of("J", "F", "D");
  private static final String STRING = "Ljava/lang/String;";

  private final UnitCompiler unit;
  private final JaninoTypes types;
  private final ErasedResults erased;
  private final List<Diagnostic> faults = new ArrayList<>();

  private JaninoMeaning(UnitCompiler unit, IClassLoader classes, ClassLoader classpath) {
    this.unit = unit;
    this.types = new JaninoTypes(unit, classes);
    this.erased = new ErasedResults(unit, types, classpath);
  }

  /** What would not mean the same; the unit has been compiled already. */
  static List<Diagnostic> faults(UnitCompiler unit, IClassLoader classes, ClassLoader classpath)
      throws CompileException {
    JaninoMeaning meaning = new JaninoMeaning(unit, classes, classpath);
    meaning.visitAbstractCompilationUnit(unit.getAbstractCompilationUnit());
    meaning.faults.addAll(meaning.erased.faults());
    return meaning.faults;
  }

  private void refuse(Java.Locatable place, String what) {
    faults.add(SafeSubset.fault(place, what));
  }

  @Override
  public void traverseMethodInvocation(MethodInvocation call) throws CompileException {
    IMethod chosen = unit.findIMethod(call);
    IClass receiver = receiver(call, chosen);
    List<IMethod> candidates = new ArrayList<>();
    unit.getIMethods(receiver, call.methodName, candidates);
    if (receiver.isInterface()) {
      // Its own come first: an interface may redeclare them.
      unit.getIMethods(types.object(), call.methodName, candidates);
    }
    check(call, chosen, candidates, call.arguments);
    super.traverseMethodInvocation(call);
  }

  @Override
  public void traverseSuperclassMethodInvocation(SuperclassMethodInvocation call)
      throws CompileException {
    IMethod chosen = unit.findIMethod(call);
    List<IMethod> candidates = new ArrayList<>();
    unit.getIMethods(chosen.getDeclaringIClass(), call.methodName, candidates);
    check(call, chosen, candidates, call.arguments);
    super.traverseSuperclassMethodInvocation(call);
  }

  /** Where the method is looked for: the target's type, or the innermost class that has it. */
  private IClass receiver(MethodInvocation call, IMethod chosen) throws CompileException {
    if (call.target != null) {
      return types.of(call.target);
    }
    for (Scope scope = call.getEnclosingScope(); scope != null; ) {
      if (scope instanceof TypeDeclaration declaration) {
        IClass type = types.of(declaration);
        if (chosen.getDeclaringIClass().isAssignableFrom(type)) {
          return type;
        }
      }
      scope = scope instanceof Java.CompilationUnit ? null : scope.getEnclosingScope();
    }
    return chosen.getDeclaringIClass();
  }

  @Override
  public void traverseNewClassInstance(NewClassInstance creation) throws CompileException {
    checkConstructor(creation, types.of(creation), creation.arguments);
    super.traverseNewClassInstance(creation);
  }

  @Override
  public void traverseNewAnonymousClassInstance(NewAnonymousClassInstance creation)
      throws CompileException {
    IClass base = types.of(creation.anonymousClassDeclaration.baseType);
    if (!base.isInterface()) {
      checkConstructor(creation, base, creation.arguments);
    }
    super.traverseNewAnonymousClassInstance(creation);
  }

  @Override
  public void traverseAlternateConstructorInvocation(AlternateConstructorInvocation call)
      throws CompileException {
    checkConstructor(call, enclosing(call), call.arguments);
    super.traverseAlternateConstructorInvocation(call);
  }

  @Override
  public void traverseSuperConstructorInvocation(SuperConstructorInvocation call)
      throws CompileException {
    checkConstructor(call, enclosing(call).getSuperclass(), call.arguments);
    super.traverseSuperConstructorInvocation(call);
  }

  private IClass enclosing(Java.ConstructorInvocation call) throws CompileException {
    Scope scope = call.getEnclosingScope();
    while (!(scope instanceof TypeDeclaration)) {
      scope = scope.getEnclosingScope();
    }
    return types.of((TypeDeclaration) scope);
  }

  // Which constructor Janino chose cannot be asked, so there must be no doubt.
  private void checkConstructor(Java.Locatable place, IClass type, Rvalue[] arguments)
      throws CompileException {
    Overloads overloads = new Overloads(List.of(type.getDeclaredIConstructors()));
    boolean erasedArgument = false;
    for (Rvalue argument : arguments) {
      erasedArgument |= erased.isErased(argument);
    }
    if (erasedArgument && !overloads.isSole(arguments.length)) {
      refuse(place, "a generic result without a cast as argument of an overloaded constructor");
    } else {
      for (Rvalue argument : arguments) {
        erased.allow(argument);
      }
    }
    if (!overloads.areClear(typesOf(arguments))) {
      refuse(place, "a constructor that Janino may choose wrongly");
    }
  }

  private void check(
      Java.Locatable place, IMethod chosen, List<IMethod> candidates, Rvalue[] arguments)
      throws CompileException {
    Overloads overloads = new Overloads(candidates);
    if (overloads.isSole(arguments.length)) {
      for (Rvalue argument : arguments) {
        erased.allow(argument);
      }
    }
    if (!overloads.mean(chosen, typesOf(arguments))) {
      refuse(place, "a call of " + chosen.getName() + ", whose overload Janino may choose wrongly");
    }
  }

  private IClass[] typesOf(Rvalue[] arguments) throws CompileException {
    IClass[] result = new IClass[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      result[i] = types.of(arguments[i]);
    }
    return result;
  }

  @Override
  public void traverseCast(Cast cast) throws CompileException {
    IClass from = types.of(cast.value);
    IClass to = types.of(cast.targetType);
    boolean uncut =
        to == IClass.CHAR && from.isPrimitive() && from != IClass.INT && from != IClass.CHAR
            || to == IClass.SHORT && from == IClass.CHAR;
    if (uncut) {
      refuse(cast, "a cast to 16 bits that does not cut");
    }
    super.traverseCast(cast);
  }

  @Override
  public void traverseAssignment(Assignment assignment) throws CompileException {
    if (!assignment.operator.equals("=")
        && types.of(assignment.lhs) == IClass.CHAR
        && types.of(assignment.rhs) != IClass.INT) {
      refuse(assignment, "a compound assignment to a char, which is not cut to 16 bits");
    }
    super.traverseAssignment(assignment);
  }

  @Override
  public void traverseConditionalExpression(ConditionalExpression choice) throws CompileException {
    IClass left = types.of(choice.mhs);
    IClass right = types.of(choice.rhs);
    boolean promoted = isPromoted(left) && isPromoted(right) && !types.isConstant(choice.lhs);
    if (left != right && !promoted && (isNumberLike(left) || isNumberLike(right))) {
      refuse(choice, "? : with two types, which Janino may convert otherwise");
    }
    super.traverseConditionalExpression(choice);
  }

  /** Whether a value of this type and another such are brought to the larger type of both. */
  private static boolean isPromoted(IClass type) {
    return type == IClass.INT || WIDE.contains(type.getDescriptor());
  }

  private static boolean isNumberLike(IClass type) {
    return type.isPrimitive() || Overloads.unboxed(type) != null;
  }

  @Override
  public void traverseUnaryOperation(UnaryOperation operation) throws CompileException {
    IClass type = types.of(operation.operand);
    boolean small = type == IClass.CHAR || type == IClass.BYTE || type == IClass.SHORT;
    if (small && types.isConstant(operation.operand)) {
      refuse(operation, "a sign before a constant smaller than int, which does not become an int");
    }
    super.traverseUnaryOperation(operation);
  }

  @Override
  public void traverseForEachStatement(ForEachStatement loop) throws CompileException {
    if (types.of(loop.currentElement.type).isPrimitive() && !types.of(loop.expression).isArray()) {
      refuse(loop, "a loop over a collection with a variable of primitive type");
    }
    super.traverseForEachStatement(loop);
  }

  @Override
  public void traverseBinaryOperation(BinaryOperation operation) throws CompileException {
    if (operation.operator.equals("==") || operation.operator.equals("!=")) {
      IClass left = types.of(operation.lhs);
      IClass right = types.of(operation.rhs);
      boolean strings = isString(left) || isString(right);
      if (strings && left != IClass.NULL && right != IClass.NULL) {
        refuse(operation, "== on strings, which are not the same constants");
      }
    }
    super.traverseBinaryOperation(operation);
  }

  private static boolean isString(IClass type) {
    return type.getDescriptor().equals(STRING);
  }
}
