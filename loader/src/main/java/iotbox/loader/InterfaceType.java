package iotbox.loader;

import iotbox.handler.Interface;
import java.util.concurrent.Callable;

/**
 * An interface class that was found valid: public, concrete, with a public constructor without
 * parameters. Nothing of it has run yet, not even its static initialiser.
 *
 * @param file the source it came from, as in {@link HandlerStatus#file()}
 * @param factory makes the instance; foreign code, so only the box's guard calls it
 */
public record InterfaceType(
    Class<? extends Interface> type,
    String connectionType,
    String file,
    Callable<? extends Interface> factory) {

  /** The class's name. */
  public String className() {
    return type.getName();
  }
}
