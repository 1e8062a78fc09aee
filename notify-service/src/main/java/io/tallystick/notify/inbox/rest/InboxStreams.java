package io.tallystick.notify.inbox.rest;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.notify.inbox.InboxConfig;
import io.tallystick.notify.inbox.InboxWatch;
import io.tallystick.notify.inbox.Inboxes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/// The open streams of this replica: counts them, and ends them when the service stops.
@ApplicationScoped
public class InboxStreams {
  private static final Logger LOG = Logger.getLogger(InboxStreams.class);

  private final InboxConfig config;
  private final Inboxes inboxes;
  private final InboxWatch watch;
  private final Clock clock;
  private final Map<String, Integer> byPayer = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Thread hook = new Thread(this::endAll, "inbox-streams-stop");
  private volatile boolean stopping;

  InboxStreams(InboxConfig config, Inboxes inboxes, InboxWatch watch, Clock clock) {
    this.config = config;
    this.inboxes = inboxes;
    this.watch = watch;
    this.clock = clock;
  }

  /// Streams to `sink` what comes after item `after`, on the calling thread, until the client goes,
  /// the token expires or the service stops. The request's own thread does it, because the answer's
  /// head must not be written by two threads.
  void run(String payerId, long after, Instant tokenExpiresAt, InboxSink sink) {
    enter(payerId);
    threads.add(Thread.currentThread());
    try {
      if (stopping) {
        // Whoever stops the streams may have looked through them before this one was there.
        Thread.currentThread().interrupt();
      }
      InboxStream.Reader reader = new InboxStream.Reader(inboxes, watch, payerId);
      new InboxStream(reader, config, clock, sink).run(after, tokenExpiresAt);
    } finally {
      threads.remove(Thread.currentThread());
      leave(payerId);
    }
  }

  /// How many are open at this replica.
  public int openStreams() {
    return open.get();
  }

  /// On SIGTERM the streams end at once: a graceful stop waits for requests under way before
  /// anybody is told of it, and a stream is a request that would never end.
  void start(@Observes StartupEvent started) {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  void stop(@Observes ShutdownEvent stopped) {
    endAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException exiting) {
      LOG.debug("the virtual machine is going down; the hook has run");
    }
  }

  private void endAll() {
    stopping = true;
    threads.forEach(Thread::interrupt);
  }

  private void enter(String payerId) {
    if (stopping) {
      throw ApiErrors.unavailable("STOPPING", "the service is stopping");
    }
    if (open.incrementAndGet() > config.streams()) {
      open.decrementAndGet();
      throw ApiErrors.unavailable("OVERLOADED", "too many streams are open; try again later");
    }
    try {
      byPayer.compute(payerId, (_, count) -> oneMore(count == null ? 0 : count));
    } catch (RuntimeException refused) {
      open.decrementAndGet();
      throw refused;
    }
  }

  private int oneMore(int count) {
    if (count >= config.streamsPerPayer()) {
      throw ApiErrors.resourceExhausted(
          "TOO_MANY_STREAMS", "a payer may have " + config.streamsPerPayer() + " streams");
    }
    return count + 1;
  }

  private void leave(String payerId) {
    byPayer.computeIfPresent(payerId, (_, count) -> count == 1 ? null : count - 1);
    open.decrementAndGet();
  }
}
