/**
 * Libraries of the system that are not Java's, by way of JNA: how a class declares their functions
 * ({@link iotbox.stock.library.SystemLibrary}), and the functions of the C library for open files
 * that several need ({@link iotbox.stock.library.OpenFiles}). What only one needs is declared
 * there.
 */
package iotbox.stock.library;
