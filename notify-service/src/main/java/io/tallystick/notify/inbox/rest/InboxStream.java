package io.tallystick.notify.inbox.rest;

import io.tallystick.notify.inbox.InboxConfig;
import io.tallystick.notify.inbox.InboxItem;
import io.tallystick.notify.inbox.InboxWatch;
import io.tallystick.notify.inbox.Inboxes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// One stream. Reads what comes after the last item sent, so that it has neither gap nor repeat
/// whatever wakes it; sends the next item when the client took the last.
final class InboxStream {
  private static final Logger LOG = Logger.getLogger(InboxStream.class);
  private static final int BATCH = 100;
  private static final long RECONNECT_MILLIS = 1_000;

  /// Whose inbox is read, and how.
  record Reader(Inboxes inboxes, InboxWatch watch, String payerId) {}

  private final Reader reader;
  private final InboxConfig config;
  private final Clock clock;
  private final SseEventSink sink;
  private final Sse sse;

  InboxStream(Reader reader, InboxConfig config, Clock clock, SseEventSink sink, Sse sse) {
    this.reader = reader;
    this.config = config;
    this.clock = clock;
    this.sink = sink;
    this.sse = sse;
  }

  void run(long after, Instant until) {
    try (sink;
        InboxWatch.Watcher watcher = reader.watch().watch(reader.payerId())) {
      send(sse.newEventBuilder().comment("").reconnectDelay(RECONNECT_MILLIS).build());
      long sent = after;
      while (!sink.isClosed() && clock.instant().isBefore(until)) {
        List<InboxItem.Stored> items = reader.inboxes().after(reader.payerId(), sent, BATCH);
        for (InboxItem.Stored item : items) {
          send(event(item));
          sent = item.id();
        }
        watcher.seen(sent);
        if (items.size() < BATCH && !watcher.await(silence(until))) {
          send(sse.newEventBuilder().comment("").build());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("stream ended: stopping");
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      // The client went away or stopped reading; it resumes with Last-Event-ID.
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

  private OutboundSseEvent event(InboxItem.Stored item) {
    return sse.newEventBuilder()
        .id(Long.toString(item.id()))
        .name("item")
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(InboxItemView.class, InboxItemView.from(item))
        .build();
  }

  private void send(OutboundSseEvent event)
      throws InterruptedException, ExecutionException, TimeoutException {
    sink.send(event)
        .toCompletableFuture()
        .get(config.sendTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }
}
