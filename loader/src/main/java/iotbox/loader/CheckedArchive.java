package iotbox.loader;

import java.util.Map;

/**
 * An archive whose signatures were looked at.
 *
 * @param unsigned why files are not taken, by path: nobody who is trusted has signed them
 * @param missing sources and jars that somebody signed and that are not there, by path
 * @param signatures the status of the signature files, by path
 */
record CheckedArchive(
    HandlerArchive archive,
    Map<String, String> unsigned,
    Map<String, String> missing,
    Map<String, HandlerStatus> signatures) {

  /** One that need not be signed. */
  static CheckedArchive unchecked(HandlerArchive archive) {
    return new CheckedArchive(archive, Map.of(), Map.of(), Map.of());
  }
}
