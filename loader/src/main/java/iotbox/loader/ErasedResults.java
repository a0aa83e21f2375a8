package iotbox.loader;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.Descriptor;
import org.codehaus.janino.IClass;
import org.codehaus.janino.IClass.IMethod;
import org.codehaus.janino.Java.Assignment;
import org.codehaus.janino.Java.Atom;
import org.codehaus.janino.Java.BinaryOperation;
import org.codehaus.janino.Java.Cast;
import org.codehaus.janino.Java.ExpressionStatement;
import org.codehaus.janino.Java.Instanceof;
import org.codehaus.janino.Java.LocalVariableDeclarationStatement;
import org.codehaus.janino.Java.MethodInvocation;
import org.codehaus.janino.Java.ParenthesizedExpression;
import org.codehaus.janino.Java.ReturnStatement;
import org.codehaus.janino.Java.VariableDeclarator;
import org.codehaus.janino.UnitCompiler;

/**
 * Calls of generic methods whose result Janino takes for an {@code Object}, such as {@code
 * list.get(0)}. Where only its being an object matters that is the same: as a statement, under a
 * cast, assigned, returned, in a string, compared with {@code null}. Elsewhere the real type might
 * have chosen another overload or conversion.
 */
final class ErasedResults {
  private static final String STRING = "Ljava/lang/String;";
  private static final Set<String> OF_EVERY_OBJECT = Set.of("toString", "hashCode", "getClass");

  private final UnitCompiler unit;
  private final JaninoTypes types;
  private final ClassLoader classpath;
  private final Set<Atom> allowed = Collections.newSetFromMap(new IdentityHashMap<>());

  ErasedResults(UnitCompiler unit, JaninoTypes types, ClassLoader classpath) {
    this.unit = unit;
    this.types = types;
    this.classpath = classpath;
  }

  /** The place of this expression is one where its real type does not matter. */
  void allow(Object expression) {
    if (expression instanceof ParenthesizedExpression inner) {
      allow(inner.value);
    } else if (expression instanceof Atom atom) {
      allowed.add(atom);
    }
  }

  /** Whether Janino may know less of this expression's type than Java does. */
  boolean isErased(Atom expression) throws CompileException {
    if (expression instanceof ParenthesizedExpression inner) {
      return isErased(inner.value);
    }
    return expression instanceof MethodInvocation call && isGeneric(unit.findIMethod(call));
  }

  /** What is left in places where the real type matters. */
  List<Diagnostic> faults() throws CompileException {
    List<Diagnostic> faults = new ArrayList<>();
    new Places().visitAbstractCompilationUnit(unit.getAbstractCompilationUnit());
    new TreeWalk<CompileException>() {
      @Override
      public void traverseMethodInvocation(MethodInvocation call) throws CompileException {
        if (!allowed.contains(call) && isErased(call)) {
          faults.add(SafeSubset.fault(call, "the generic result of " + call.methodName + " here"));
        }
        super.traverseMethodInvocation(call);
      }
    }.visitAbstractCompilationUnit(unit.getAbstractCompilationUnit());
    return faults;
  }

  private boolean isGeneric(IMethod called) throws CompileException {
    Class<?> owner;
    try {
      owner =
          Class.forName(
              Descriptor.toClassName(called.getDeclaringIClass().getDescriptor()),
              false,
              classpath);
    } catch (ClassNotFoundException e) {
      return false; // A class of the group, which has no type parameters.
    }
    for (Method method : owner.getDeclaredMethods()) {
      if (method.getName().equals(called.getName()) && hasParameters(method, called)) {
        Type result = method.getGenericReturnType();
        while (result instanceof GenericArrayType array) {
          result = array.getGenericComponentType();
        }
        if (result instanceof TypeVariable<?>) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean hasParameters(Method method, IMethod called) throws CompileException {
    IClass[] parameters = called.getParameterTypes();
    Class<?>[] others = method.getParameterTypes();
    boolean same = parameters.length == others.length;
    for (int i = 0; same && i < others.length; i++) {
      same = parameters[i].getDescriptor().equals(others[i].descriptorString());
    }
    return same;
  }

  /** Finds the places where the type does not matter. */
  private final class Places extends TreeWalk<CompileException> {
    @Override
    public void traverseExpressionStatement(ExpressionStatement statement) throws CompileException {
      allow(statement.rvalue);
      super.traverseExpressionStatement(statement);
    }

    @Override
    public void traverseLocalVariableDeclarationStatement(LocalVariableDeclarationStatement local)
        throws CompileException {
      for (VariableDeclarator variable : local.variableDeclarators) {
        allow(variable.initializer);
      }
      super.traverseLocalVariableDeclarationStatement(local);
    }

    @Override
    public void traverseReturnStatement(ReturnStatement statement) throws CompileException {
      allow(statement.returnValue);
      super.traverseReturnStatement(statement);
    }

    @Override
    public void traverseAssignment(Assignment assignment) throws CompileException {
      if (assignment.operator.equals("=") || isString(assignment.lhs)) {
        allow(assignment.rhs);
      }
      super.traverseAssignment(assignment);
    }

    @Override
    public void traverseCast(Cast cast) throws CompileException {
      if (!types.of(cast.targetType).isPrimitive()) {
        allow(cast.value);
      }
      super.traverseCast(cast);
    }

    @Override
    public void traverseInstanceof(Instanceof test) throws CompileException {
      allow(test.lhs);
      super.traverseInstanceof(test);
    }

    @Override
    public void traverseBinaryOperation(BinaryOperation operation) throws CompileException {
      boolean concat = operation.operator.equals("+");
      if (concat && isString(operation.lhs) || isNull(operation.lhs)) {
        allow(operation.rhs);
      }
      if (concat && isString(operation.rhs) || isNull(operation.rhs)) {
        allow(operation.lhs);
      }
      super.traverseBinaryOperation(operation);
    }

    @Override
    public void traverseMethodInvocation(MethodInvocation call) throws CompileException {
      if (call.arguments.length == 0 && OF_EVERY_OBJECT.contains(call.methodName)) {
        allow(call.target);
      }
      super.traverseMethodInvocation(call);
    }

    private boolean isString(Atom expression) throws CompileException {
      return types.of(expression).getDescriptor().equals(STRING);
    }

    private boolean isNull(Atom expression) throws CompileException {
      return types.of(expression) == IClass.NULL;
    }
  }
}
