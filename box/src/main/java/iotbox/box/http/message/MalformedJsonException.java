package iotbox.box.http.message;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** A text that should be JSON is not; the message says why, ready to follow a colon. */
public final class MalformedJsonException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedJsonException(String reason) {
    super(reason);
  }

  MalformedJsonException(JsonProcessingException cause) {
    super(reason(cause.getOriginalMessage()) + place(cause.getLocation()), cause);
  }

  /** Without the parser's remarks on where an object began and how it is configured. */
  private static String reason(String message) {
    return message
        .replaceFirst(" \\((start marker at|byte offset|`Stream).*", "")
        .replaceFirst(", from `[^`]*`", "");
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
