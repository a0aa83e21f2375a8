/**
 * Any device that sends lines of text with a number in them, driven by what a person says about
 * them instead of by code.
 */
package iotbox.stock.line;
