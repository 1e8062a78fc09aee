package io.tallystick.notify.inbox.rest;

import io.tallystick.notify.inbox.InboxConfig;
import io.tallystick.notify.inbox.InboxItem;
import io.tallystick.notify.inbox.InboxWatch;
import io.tallystick.notify.inbox.Inboxes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/// One stream. Reads what comes after the last item sent, so that it has neither gap nor repeat
/// whatever wakes it; sends the next item when the client took the last.
final class InboxStream {
  private static final Logger LOG = Logger.getLogger(InboxStream.class);
  private static final int BATCH = 100;

  /// Whose inbox is read, and how.
  record Reader(Inboxes inboxes, InboxWatch watch, String payerId) {}

  private final Reader reader;
  private final InboxConfig config;
  private final Clock clock;
  private final InboxSink sink;

  InboxStream(Reader reader, InboxConfig config, Clock clock, InboxSink sink) {
    this.reader = reader;
    this.config = config;
    this.clock = clock;
    this.sink = sink;
  }

  void run(long after, Instant until) {
    try (sink;
        InboxWatch.Watcher watcher = reader.watch().watch(reader.payerId())) {
      sink.begin();
      long sent = after;
      while (sink.isOpen() && clock.instant().isBefore(until)) {
        List<InboxItem.Stored> items = reader.inboxes().after(reader.payerId(), sent, BATCH);
        for (InboxItem.Stored item : items) {
          sink.item(item);
          sent = item.id();
        }
        watcher.seen(sent);
        if (items.size() < BATCH && !watcher.await(silence(until))) {
          sink.heartbeat();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("stream ended: stopping, or its client closed it");
    } catch (InboxSinkGoneException e) {
      LOG.debugf("stream ended: %s", e.toString());
    } catch (RuntimeException e) {
      LOG.warn("stream ended", e);
    }
  }

  private Duration silence(Instant until) {
    Duration left = Duration.between(clock.instant(), until);
    Duration pause = left.compareTo(config.heartbeat()) < 0 ? left : config.heartbeat();
    return pause.isPositive() ? pause : Duration.ofMillis(1);
  }
}
