/**
 * Services that announce themselves in the local network (RFC 6762 and 6763), as far as finding
 * some of them needs it. The library for it wants four threads, seven megabytes and, when it is
 * closed, two seconds; a socket that is looked into once a second wants nothing of that.
 */
package iotbox.stock.printer.mdns;
