/**
 * What carries the bytes of a serial line that is not at this machine: a TCP connection to a serial
 * server, raw or with the telnet option of RFC 2217.
 */
package iotbox.stock.wire;
