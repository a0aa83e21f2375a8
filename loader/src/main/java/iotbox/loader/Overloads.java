package iotbox.loader;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.IClass;
import org.codehaus.janino.IClass.IInvocable;

/**
 * Chooses among methods of one name as the language says (JLS 15.12.2, erased types only), to
 * compare with what Janino chose: it takes boxing and variable arguments for one phase, and packs
 * an array for {@code Object...} once more.
 */
final class Overloads {
  private static final String WIDENING = "BSIJFD";
  private static final Map<String, String> BOXES =
      Map.of(
          "B", "Ljava/lang/Byte;",
          "S", "Ljava/lang/Short;",
          "I", "Ljava/lang/Integer;",
          "J", "Ljava/lang/Long;",
          "F", "Ljava/lang/Float;",
          "D", "Ljava/lang/Double;",
          "C", "Ljava/lang/Character;",
          "Z", "Ljava/lang/Boolean;");
  // What some box or other is besides itself.
  private static final Set<String> ABOVE_BOXES =
      Set.of(
          "Ljava/lang/Object;",
          "Ljava/lang/Number;",
          "Ljava/lang/Comparable;",
          "Ljava/io/Serializable;",
          "Ljava/lang/constant/Constable;",
          "Ljava/lang/constant/ConstantDesc;");

  private final Map<String, IInvocable> candidates = new LinkedHashMap<>();

  /**
   * @param candidates of the name, those of subclasses before those that they override
   */
  Overloads(List<? extends IInvocable> candidates) throws CompileException {
    for (IInvocable candidate : candidates) {
      this.candidates.putIfAbsent(signature(candidate), candidate);
    }
  }

  /** Whether only one of them can be meant by that many arguments. */
  boolean isSole(int arguments) throws CompileException {
    int fitting = 0;
    for (IInvocable candidate : candidates.values()) {
      int parameters = candidate.getParameterTypes().length;
      if (parameters == arguments || candidate.isVarargs() && arguments >= parameters - 1) {
        fitting++;
      }
    }
    return fitting == 1;
  }

  /** Whether these arguments mean {@code chosen}, called as Janino calls it. */
  boolean mean(IInvocable chosen, IClass[] arguments) throws CompileException {
    for (boolean boxing : new boolean[] {false, true}) {
      List<IInvocable> applicable = new ArrayList<>();
      for (IInvocable candidate : candidates.values()) {
        if (accepts(candidate.getParameterTypes(), arguments, boxing)) {
          applicable.add(candidate);
        }
      }
      if (!applicable.isEmpty()) {
        // Janino confuses a given array with single arguments where calls are nested.
        return !chosen.isVarargs() && isMostSpecific(chosen, applicable);
      }
    }
    IInvocable only = null;
    for (IInvocable candidate : candidates.values()) {
      if (acceptsMany(candidate, arguments)) {
        if (only != null) {
          return false;
        }
        only = candidate;
      }
    }
    return only != null && chosen.isVarargs() && signature(only).equals(signature(chosen));
  }

  /**
   * Whether these arguments leave Janino no choice but the right one: they fit without boxing, or
   * there are no variable arguments that it would prefer to boxing.
   */
  boolean areClear(IClass[] arguments) throws CompileException {
    boolean variable = false;
    boolean plain = false;
    IInvocable meant = null;
    for (IInvocable candidate : candidates.values()) {
      variable |= candidate.isVarargs();
      plain |= accepts(candidate.getParameterTypes(), arguments, false);
      meant = mean(candidate, arguments) ? candidate : meant;
    }
    return meant != null && !meant.isVarargs() && (plain || !variable);
  }

  private static boolean isMostSpecific(IInvocable chosen, List<IInvocable> applicable)
      throws CompileException {
    boolean among = false;
    for (IInvocable other : applicable) {
      if (signature(other).equals(signature(chosen))) {
        among = true;
      } else if (!accepts(other.getParameterTypes(), chosen.getParameterTypes(), false)) {
        return false;
      }
    }
    return among;
  }

  private static boolean accepts(IClass[] parameters, IClass[] arguments, boolean boxing)
      throws CompileException {
    if (parameters.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < parameters.length; i++) {
      if (!converts(arguments[i], parameters[i], boxing)) {
        return false;
      }
    }
    return true;
  }

  private static boolean acceptsMany(IInvocable candidate, IClass[] arguments)
      throws CompileException {
    IClass[] parameters = candidate.getParameterTypes();
    int fixed = parameters.length - 1;
    if (!candidate.isVarargs() || arguments.length < fixed) {
      return false;
    }
    for (int i = 0; i < arguments.length; i++) {
      IClass wanted = i < fixed ? parameters[i] : parameters[fixed].getComponentType();
      if (wanted == null || !converts(arguments[i], wanted, true)) {
        return false;
      }
    }
    return true;
  }

  private static boolean converts(IClass from, IClass to, boolean boxing) throws CompileException {
    if (from == IClass.NULL) {
      return !to.isPrimitive();
    }
    if (from.isPrimitive() && to.isPrimitive()) {
      return from == to || widens(from.getDescriptor(), to.getDescriptor());
    }
    if (from.isPrimitive()) {
      String target = to.getDescriptor();
      return boxing
          && (ABOVE_BOXES.contains(target) || target.equals(BOXES.get(from.getDescriptor())));
    }
    if (to.isPrimitive()) {
      String unboxed = unboxed(from);
      return boxing
          && unboxed != null
          && (unboxed.equals(to.getDescriptor()) || widens(unboxed, to.getDescriptor()));
    }
    return to.isAssignableFrom(from);
  }

  /** The descriptor of the primitive type that this type is the box of, or {@code null}. */
  static String unboxed(IClass type) {
    String descriptor = type.getDescriptor();
    return BOXES.entrySet().stream()
        .filter(box -> box.getValue().equals(descriptor))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private static boolean widens(String from, String to) {
    int target = WIDENING.indexOf(to);
    return from.equals("C")
        ? target >= 2
        : WIDENING.indexOf(from) >= 0 && WIDENING.indexOf(from) < target;
  }

  private static String signature(IInvocable invocable) throws CompileException {
    StringBuilder signature = new StringBuilder();
    for (IClass parameter : invocable.getParameterTypes()) {
      signature.append(parameter.getDescriptor());
    }
    return signature.toString();
  }
}
