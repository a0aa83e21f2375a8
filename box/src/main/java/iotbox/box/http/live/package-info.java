/**
 * What open pages of the homepage are told without asking: what differs in the status, and what
 * devices tell.
 */
package iotbox.box.http.live;
