package iotbox.box.http.part;

import java.util.Map;

/**
 * What the HTTP server is at at one moment.
 *
 * @param connections that are open
 * @param requests that are at work or held
 * @param polls of these, those that wait for an event or for a scanner
 * @param streams of these, those to which events are sent as they come
 * @param bodyMemory bytes that the bodies of these take
 * @param refusals how often the box was at one of its bounds up to now, by which
 */
public record Traffic(
    int connections,
    long requests,
    int polls,
    int streams,
    long bodyMemory,
    Map<String, Long> refusals) {}
