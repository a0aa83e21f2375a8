/**
 * What one client can take from the others, and how much at most: connections ({@link
 * iotbox.box.http.limit.Connections}), memory for request bodies ({@link
 * iotbox.box.http.limit.BodyIntake}) and for answers ({@link iotbox.box.http.limit.AnswerQueue},
 * {@link iotbox.box.http.limit.AnswerWriter}), and time. All numbers are in {@link
 * iotbox.box.http.limit.Bounds}.
 *
 * <p>The rule behind them: no thread ever waits for a client. Bodies are read and answers are
 * written as the client takes them, and who is too slow is disconnected.
 */
package iotbox.box.http.limit;
