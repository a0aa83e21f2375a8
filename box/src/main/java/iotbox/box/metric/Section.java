package iotbox.box.metric;

/** What one part of the box adds to the page. Called on any thread; must not wait for anything. */
@FunctionalInterface
interface Section {
  void writeTo(Families families);
}
