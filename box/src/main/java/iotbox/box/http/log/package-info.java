/** The log for its owner: as a file, as it is written, and how much is written. */
package iotbox.box.http.log;
