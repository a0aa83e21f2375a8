package shoplib;

/** A class of the host that handlers may see, with members for subclasses only. */
public class ProtectedBase {
  protected int count = 1;

  protected String secret() {
    return "secret" + count;
  }

  public final String fixed() {
    return "fixed";
  }
}
