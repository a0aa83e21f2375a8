package iotbox.box.http.wire;

import java.util.List;

/** A JSON-RPC call that ends with the {@code error} of the envelope. */
public final class RpcException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Odoo's code for everything that has none of its own. */
  static final int USUAL = 200;

  private static final int FORBIDDEN = 403;

  private final String name;
  private final int code;

  /**
   * @param name what kind of error, for programs
   * @param sentence what is wrong, for people
   */
  RpcException(String name, String sentence) {
    this(name, USUAL, sentence);
  }

  private RpcException(String name, int code, String sentence) {
    super(sentence);
    this.name = name;
    this.code = code;
  }

  /** Whoever asks may not have it; clients know this one by its code. */
  static RpcException forbidden(String sentence) {
    return new RpcException("Forbidden", FORBIDDEN, sentence);
  }

  static RpcException missing(List<String> names) {
    return new RpcException(
        "MissingParameter",
        (names.size() == 1 ? "The parameter " : "The parameters ")
            + String.join(", ", names)
            + (names.size() == 1 ? " is missing." : " are missing."));
  }

  static RpcException invalid(String parameter, String wanted) {
    return new RpcException(
        "InvalidParameter", "The parameter " + parameter + " must be " + wanted + ".");
  }

  String name() {
    return name;
  }

  /** The code in the envelope, which is not HTTP's status: that is 200 with every answer. */
  int code() {
    return code;
  }

  /** What web clients know the error by, and show the sentence for. */
  String headline() {
    return code == FORBIDDEN ? "403: Forbidden" : "Odoo Server Error";
  }
}
