/**
 * The box in figures, for Prometheus: what the rooms of the box count and know anyway is read when
 * somebody asks, and put into the names and units that Prometheus' users expect. The only package
 * that knows Micrometer and the Prometheus client, of which nothing is loaded before the first
 * question.
 */
package iotbox.box.metric;
