/**
 * The homepage: its files, and what it asks and tells the box. {@link
 * iotbox.box.http.page.StatusReport} is all that it shows, {@link iotbox.box.http.live} keeps open
 * pages up to date.
 */
package iotbox.box.http.page;
