package iotbox.box.leftover;

/**
 * Something that handlers left behind although their device or they themselves are gone.
 *
 * @param what in words, such as {@code timer Timer-0}
 * @param driver the class whose it is; several, with commas, where that cannot be told
 * @param file the source of the class, as in the status of handlers
 */
public record Leftover(String what, String driver, String file) {}
