/**
 * For tests of handlers: a box in the test's own process, without a network and without hardware.
 * Begin with {@link iotbox.testkit.HandlerKit}. What runs here are the box's own parts, so a
 * handler that works here works there.
 */
package iotbox.testkit;
