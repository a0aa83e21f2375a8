/**
 * Compiles and runs the tests of a module without Maven: what {@code box/run test} starts. Prints
 * to standard output, and ends with an exit code.
 */
package iotbox.testkit.run;
