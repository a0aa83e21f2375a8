/** Where all threads of the box come from. */
package iotbox.box.thread;
