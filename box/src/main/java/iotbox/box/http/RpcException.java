package iotbox.box.http;

import java.util.List;

/** A JSON-RPC call that ends with the {@code error} of the envelope. */
final class RpcException extends Exception {
  private static final long serialVersionUID = 1L;
  private final String name;

  /**
   * @param name what kind of error, for programs
   * @param sentence what is wrong, for people
   */
  RpcException(String name, String sentence) {
    super(sentence);
    this.name = name;
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
}
