package iotbox.box.event;

import iotbox.box.event.Readings.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The numbers that one device told in the last minutes. Of a device that tells many in a moment the
 * last one of each half second is kept. Grows with what it holds. Not safe for threads.
 */
final class SampleRing {
  /** Five minutes of a device that tells something all the time. */
  static final int MOST = 600;

  private static final double SLOT_SECONDS = 0.5;
  private static final int FIRST = 16;

  private double[] times = new double[FIRST];
  private double[] values = new double[FIRST];
  private int start;
  private int size;

  /** When the present half second began. */
  private double slot;

  void add(double time, double value) {
    if (size > 0 && time - slot < SLOT_SECONDS) {
      int last = (start + size - 1) % times.length;
      times[last] = time;
      values[last] = value;
      return;
    }
    slot = time;
    if (size == times.length && size < MOST) {
      grow(); // It has not gone round yet.
    }
    if (size == times.length) {
      start = (start + 1) % times.length;
      size--;
    }
    int next = (start + size++) % times.length;
    times[next] = time;
    values[next] = value;
  }

  private void grow() {
    int length = Math.min(MOST, times.length * 2);
    times = Arrays.copyOf(times, length);
    values = Arrays.copyOf(values, length);
  }

  int size() {
    return size;
  }

  /** Oldest first. */
  List<Sample> all() {
    List<Sample> all = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      int each = (start + i) % times.length;
      all.add(new Sample(times[each], values[each]));
    }
    return all;
  }
}
