package iotbox.box.http.part;

/**
 * What the owner sets the box to.
 *
 * @param restart of this process
 */
public record Settings(OptionControl options, Restart restart, FirstStart firstStart) {}
