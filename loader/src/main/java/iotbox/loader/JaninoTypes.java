package iotbox.loader;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.IClass;
import org.codehaus.janino.IClassLoader;
import org.codehaus.janino.IParameterizedType;
import org.codehaus.janino.IType;
import org.codehaus.janino.Java.Atom;
import org.codehaus.janino.Java.Rvalue;
import org.codehaus.janino.Java.TypeDeclaration;
import org.codehaus.janino.UnitCompiler;

/**
 * The types that Janino gave to the expressions of a unit. It keeps the methods that tell them to
 * itself, so they are reached by reflection; the tests fail if a new version has them no more.
 */
final class JaninoTypes {
  private static final Method TYPE = method("getType", Atom.class);
  private static final Method RESOLVE = method("resolve", TypeDeclaration.class);

  private final UnitCompiler unit;
  private final IClassLoader classes;

  JaninoTypes(UnitCompiler unit, IClassLoader classes) {
    this.unit = unit;
    this.classes = classes;
  }

  /** The erased type of an expression or type. */
  IClass of(Atom atom) throws CompileException {
    Object type = call(TYPE, atom);
    while (type instanceof IParameterizedType parameterized) {
      type = parameterized.getRawType();
    }
    return (IClass) (IType) type;
  }

  IClass of(TypeDeclaration declaration) throws CompileException {
    return (IClass) call(RESOLVE, declaration);
  }

  IClass object() {
    return classes.TYPE_java_lang_Object;
  }

  /** Whether Janino computes the value itself. */
  boolean isConstant(Rvalue expression) throws CompileException {
    return unit.getConstantValue(expression) != UnitCompiler.NOT_CONSTANT;
  }

  private Object call(Method method, Object argument) throws CompileException {
    try {
      return method.invoke(unit, argument);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof CompileException fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Method method(String name, Class<?> parameter) {
    try {
      Method method = UnitCompiler.class.getDeclaredMethod(name, parameter);
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Another version of Janino than expected", e);
    }
  }
}
