package io.tallystick.notify.webhook;

import io.micrometer.core.instrument.Metrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import io.tallystick.notify.sealing.SealBrokenException;
import io.tallystick.notify.worker.Worker;
import io.tallystick.protocol.trace.Traceparent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Attempts what is queued, each attempt on a thread of its own, as many as there are slots.
@ApplicationScoped
public class WebhookDispatcher {
  /// Counter of attempts.
  public static final String METRIC = "tallystick.notify.webhook.attempts";

  private static final Logger LOG = Logger.getLogger(WebhookDispatcher.class);

  /// Beyond the longest attempt, so that a lease ends only when its replica is gone.
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(30);

  private final WebhookConfig config;
  private final WebhookUrl.Policy policy;
  private final Database database;
  private final EndpointStore endpoints;
  private final DeliveryQueue queue;
  private final WebhookSender sender;
  private final Clock clock;
  private final Semaphore slots;
  private @Nullable Worker worker;

  WebhookDispatcher(
      WebhookConfig config,
      Database database,
      EndpointStore endpoints,
      DeliveryQueue queue,
      WebhookSender sender,
      Clock clock) {
    this.config = config;
    this.policy = new WebhookUrl.Policy(config.allowLocal());
    this.database = database;
    this.endpoints = endpoints;
    this.queue = queue;
    this.sender = sender;
    this.clock = clock;
    this.slots = new Semaphore(config.batch());
  }

  void start(@Observes StartupEvent started) {
    worker = Worker.start("webhook-dispatcher", config.pollInterval(), this::attemptDue);
  }

  void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
    if (worker != null) {
      worker.close();
      boolean all =
          slots.tryAcquire(config.batch(), config.timeout().toMillis(), TimeUnit.MILLISECONDS);
      LOG.debugf("stopped, every attempt ended: %s", all);
    }
  }

  /// Something was queued and committed.
  void wake() {
    if (worker != null) {
      worker.wake();
    }
  }

  private boolean attemptDue() {
    int free = slots.availablePermits();
    if (free == 0) {
      return false;
    }
    Instant now = clock.instant();
    Duration lease = config.timeout().plus(LEASE_MARGIN);
    List<DeliveryQueue.Taken> taken =
        database.inTransaction(
            handle -> queue.take(handle, free, config.perEndpoint(), lease, now));
    for (DeliveryQueue.Taken one : taken) {
      slots.acquireUninterruptibly();
      Thread.ofVirtual().name("webhook-attempt").start(() -> attempt(one));
    }
    return taken.size() == free;
  }

  private void attempt(DeliveryQueue.Taken taken) {
    try {
      store(taken, post(taken));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      // Its lease ends and it is attempted again.
      LOG.errorf(failure, "the outcome of %s was not stored", taken.deliveryId());
    } finally {
      slots.release();
      wake();
    }
  }

  private WebhookSender.Attempt post(DeliveryQueue.Taken taken) throws InterruptedException {
    Optional<Endpoint> endpoint;
    try {
      endpoint = database.read(handle -> endpoints.find(handle, taken.merchantId()));
    } catch (SealBrokenException broken) {
      LOG.errorf(broken, "the secret of merchant %s does not open", taken.merchantId());
      return new WebhookSender.Attempt.Broken("the webhook's secret is not usable");
    }
    if (endpoint.isEmpty()) {
      return new WebhookSender.Attempt.Broken("there is no webhook any more");
    }
    try {
      WebhookUrl url = WebhookUrl.parse(endpoint.get().url(), policy);
      InetAddress address = url.resolve(policy);
      return sender.post(url, address, headers(endpoint.get(), taken), taken.body());
    } catch (WebhookUrl.RefusedException refused) {
      return new WebhookSender.Attempt.Broken("refused: " + refused.getMessage());
    }
  }

  private Map<String, String> headers(Endpoint endpoint, DeliveryQueue.Taken taken) {
    Instant now = clock.instant();
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", "application/json");
    headers.put("user-agent", "Tallystick-Webhooks/1");
    headers.put("webhook-id", taken.webhookId());
    headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
    headers.put("webhook-signature", endpoint.signatures(taken.webhookId(), now, taken.body()));
    if (taken.traceparent() != null) {
      headers.put(Traceparent.HEADER, taken.traceparent());
    }
    return headers;
  }

  private void store(DeliveryQueue.Taken taken, WebhookSender.Attempt attempt) {
    Instant now = clock.instant();
    boolean delivered =
        attempt instanceof WebhookSender.Attempt.Answered answered && answered.success();
    Instant next = taken.last() ? null : now.plus(pause(taken.attempt()));
    database.useTransaction(handle -> {
      switch (attempt) {
        case WebhookSender.Attempt.Answered answered when answered.success() ->
            queue.delivered(handle, taken, answered.status(), now);
        case WebhookSender.Attempt.Answered(int status) ->
            queue.failed(handle, taken, status, "status " + status, next);
        case WebhookSender.Attempt.Broken(String error) ->
            queue.failed(handle, taken, null, error, next);
      }
    });
    String outcome = delivered ? "delivered" : next == null ? "given-up" : "failed";
    Metrics.counter(METRIC, "outcome", outcome).increment();
  }

  /// Doubles with each attempt up to the longest; a random half of it is left out, so that what
  /// failed together does not come back together.
  private Duration pause(int attempt) {
    long longest = config.longestPause().toMillis();
    int doublings = Math.min(attempt - 1, 30);
    long millis = Math.min(longest, config.firstPause().toMillis() << doublings);
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
