package iotbox.box.dev;

import iotbox.box.access.OwnerPassword;

/** One that everybody may know, since only this machine's users reach the box. */
final class DevPassword implements OwnerPassword {
  /** What whoever develops types, once in each browser. */
  static final String WORD = "developer";

  @Override
  public void prepare() {
    // It is there already.
  }

  @Override
  public boolean matches(String password) {
    return WORD.equals(password);
  }

  @Override
  public boolean canChange() {
    return false;
  }

  @Override
  public void change(String password) {
    throw new IllegalStateException("It is the same for every such box");
  }
}
