package iotbox.box.http.page;

import iotbox.box.event.Event;
import iotbox.box.event.EventHub;
import iotbox.box.event.Listener;
import iotbox.box.http.live.StatusFeed;
import iotbox.box.http.message.OpenStream;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What one open page of the homepage is sent: the status and what changes in it, and the events of
 * the device that it shows. One piece is written at a time; what comes meanwhile is little: one
 * piece of the feed waits, one event, and if there is more, the page gets the whole status again.
 *
 * <p>The lock {@code this} guards what is on its way and what waits; nothing blocks under it.
 */
final class PageStream implements StatusFeed.Page {
  private static final Duration EVENT_PATIENCE = Duration.ofMinutes(1);

  private final StatusFeed feed;
  private final EventHub events;
  private final OpenStream stream;
  private final Executor answers;
  private final boolean values;
  private boolean writing;
  private byte[] news;
  private boolean behind;
  private byte[] event;

  /**
   * @param values whether it is told what all devices tell
   * @param answers where the next piece is made
   */
  PageStream(
      StatusFeed feed, EventHub events, boolean values, OpenStream stream, Executor answers) {
    this.feed = feed;
    this.events = events;
    this.values = values;
    this.stream = stream;
    this.answers = answers;
  }

  /**
   * Goes on until the client goes away, is too slow, or the box stops; does not block.
   *
   * @param first is sent before all else
   * @param device what is listened for; {@code null} for no device
   */
  void start(byte[] first, Listener device) {
    stream.whenEnded(() -> feed.leave(this));
    tell(first);
    answers.execute(
        () -> {
          feed.join(this);
          if (stream.isEnded()) {
            feed.leave(this); // It ended before the feed knew of it.
          } else if (device != null) {
            listen(device);
          }
        });
  }

  @Override
  public boolean wantsValues() {
    return values;
  }

  @Override
  public void tell(byte[] frames) {
    synchronized (this) {
      if (writing) {
        behind |= news != null;
        news = frames;
        return;
      }
      writing = true;
    }
    write(frames);
  }

  @Override
  public void end() {
    stream.end();
  }

  private void listen(Listener device) {
    stream.await(
        () -> events.poll(device, EVENT_PATIENCE),
        answers,
        told -> {
          if (told.isPresent()) {
            hear(told.get(), device.since(told.get().time()));
          } else if (!events.isReleased()) {
            listen(device);
          }
        });
  }

  /** The next event is asked for when this one is written. */
  private void hear(Event told, Listener device) {
    byte[] frame = PageEvent.of(told);
    boolean now;
    synchronized (this) {
      next = () -> listen(device);
      now = !writing;
      writing = true;
      event = now ? null : frame;
    }
    if (now) {
      write(frame);
    }
  }

  /** What follows when the event that is on its way is written; {@code null} if none is. */
  private Runnable next;

  private void write(byte[] frames) {
    stream.write(frames, this::written);
  }

  private void written() {
    byte[] frames;
    Runnable listening = null;
    boolean all;
    synchronized (this) {
      all = behind;
      frames = all ? null : news;
      behind = false;
      news = null;
      if (!all && frames == null) {
        frames = event;
        event = null;
        if (frames == null) {
          listening = next;
          next = null;
          writing = false;
        }
      }
    }
    if (listening != null) {
      listening.run();
    } else if (all) {
      write(feed.everything(this));
    } else if (frames != null) {
      write(frames);
    }
  }
}
