package io.tallystick.notify.challenge;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import io.tallystick.notify.sealing.SealBrokenException;
import io.tallystick.notify.sms.ShortMessage;
import io.tallystick.notify.sms.SmsSegments;
import io.tallystick.notify.sms.Submission;
import io.tallystick.notify.sms.smpp.SmppGateway;
import io.tallystick.notify.worker.Worker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends what is queued. A message is taken by one replica at a time, under a lease; one that could
/// not be sent stays queued and is tried again with growing pauses until its code is worthless.
/// While there is no SMS centre nothing is taken, so that its return finds every message fresh.
@ApplicationScoped
public class SmsDispatcher {
  private static final Logger LOG = Logger.getLogger(SmsDispatcher.class);

  private final ChallengeConfig.Sms config;
  private final Database database;
  private final SmsQueue queue;
  private final SmsReceipts receipts;
  private final ChallengeStore challenges;
  private final SmppGateway gateway;
  private final Clock clock;
  private @Nullable Worker worker;

  SmsDispatcher(
      ChallengeConfig config,
      Database database,
      SmsQueue queue,
      SmsReceipts receipts,
      ChallengeStore challenges,
      SmppGateway gateway,
      Clock clock) {
    this.config = config.sms();
    this.database = database;
    this.queue = queue;
    this.receipts = receipts;
    this.challenges = challenges;
    this.gateway = gateway;
    this.clock = clock;
  }

  void start(@Observes StartupEvent started) {
    worker = Worker.start("sms-dispatcher", config.pollInterval(), this::sendDue);
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (worker != null) {
      worker.close();
    }
  }

  /// A message was queued and committed.
  void wake() {
    if (worker != null) {
      worker.wake();
    }
  }

  private boolean sendDue() throws InterruptedException {
    if (!gateway.bound()) {
      return false;
    }
    Instant now = clock.instant();
    List<SmsQueue.Taken> taken =
        database.inTransaction(handle -> queue.take(handle, config.batch(), config.lease(), now));
    if (taken.isEmpty()) {
      return false;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> sent =
          taken.stream().<Future<?>>map(m -> threads.submit(() -> send(m))).toList();
      for (Future<?> one : sent) {
        await(one);
      }
    }
    return taken.size() == config.batch();
  }

  private static void await(Future<?> sent) throws InterruptedException {
    try {
      sent.get();
    } catch (java.util.concurrent.ExecutionException e) {
      // Its lease ends and it is taken again.
      LOG.error("the outcome of a message was not stored", e.getCause());
    }
  }

  private void send(SmsQueue.Taken message) {
    Duration validFor = Duration.between(clock.instant(), message.validUntil());
    Submission outcome =
        validFor.isPositive() ? submit(message, validFor) : new Submission.Refused("too late");
    Instant now = clock.instant();
    database.useTransaction(handle -> {
      switch (outcome) {
        case Submission.Accepted accepted -> {
          List<String> ids = accepted.centreMessageIds();
          if (queue.submitted(handle, message, ids.size(), now)) {
            receipts.expect(handle, message, ids, now);
            challenges.delivered(handle, message.payerId(), message.challengeId());
          }
        }
        case Submission.Later later ->
            queue.later(handle, message, later.error(), now.plus(pause(message.attempts())));
        case Submission.Refused refused -> {
          LOG.warnf("message %s is not sent: %s", message.smsId(), refused.error());
          queue.failed(handle, message, refused.error(), now);
        }
      }
    });
  }

  private Submission submit(SmsQueue.Taken message, Duration validFor) {
    try {
      SmsSegments segments = SmsSegments.of(queue.text(message), message.smsId().hashCode() & 0xFF);
      return gateway.submit(new ShortMessage(queue.number(message), segments, validFor));
    } catch (SealBrokenException broken) {
      LOG.error("a queued message does not open", broken);
      return new Submission.Refused("seal broken");
    }
  }

  private Duration pause(int attempts) {
    long longest = config.longestPause().toMillis();
    long millis = Math.min(longest, config.firstPause().toMillis() << Math.min(attempts - 1, 20));
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
