/**
 * How requests are read and answered, whatever they are about: {@link
 * iotbox.box.http.message.RequestBody} and {@link iotbox.box.http.message.Json}, {@link
 * iotbox.box.http.message.Answers}, answers without an end ({@link
 * iotbox.box.http.message.Streams}, {@link iotbox.box.http.message.OpenStream}), and the refusal
 * that says why ({@link iotbox.box.http.message.RefusedException}).
 */
package iotbox.box.http.message;
