package iotbox.loader;

import org.codehaus.janino.Java.ArrayInitializer;
import org.codehaus.janino.Java.ArrayInitializerOrRvalue;
import org.codehaus.janino.Java.EnumConstant;
import org.codehaus.janino.Java.EnumDeclaration;
import org.codehaus.janino.Java.MemberEnumDeclaration;
import org.codehaus.janino.Java.PackageMemberEnumDeclaration;
import org.codehaus.janino.Java.Rvalue;
import org.codehaus.janino.util.AbstractTraverser;

/**
 * A walk through all of Janino's tree; its own one leaves out initial values and enum constants.
 */
abstract class TreeWalk<X extends Throwable> extends AbstractTraverser<X> {

  @Override
  public void traverseArrayInitializerOrRvalue(ArrayInitializerOrRvalue value) throws X {
    if (value instanceof Rvalue expression) {
      visitAtom(expression);
    } else if (value instanceof ArrayInitializer array) {
      for (ArrayInitializerOrRvalue element : array.values) {
        traverseArrayInitializerOrRvalue(element);
      }
    }
  }

  @Override
  public void traverseMemberEnumDeclaration(MemberEnumDeclaration type) throws X {
    traverseConstants(type);
    super.traverseMemberEnumDeclaration(type);
  }

  @Override
  public void traversePackageMemberEnumDeclaration(PackageMemberEnumDeclaration type) throws X {
    traverseConstants(type);
    super.traversePackageMemberEnumDeclaration(type);
  }

  private void traverseConstants(EnumDeclaration type) throws X {
    for (EnumConstant constant : type.getConstants()) {
      visitTypeDeclaration(constant);
    }
  }
}
