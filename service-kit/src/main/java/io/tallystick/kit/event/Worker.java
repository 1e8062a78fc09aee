package io.tallystick.kit.event;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Repeats a step on a virtual thread until it is stopped. After a failure it waits, longer each
/// time.
final class Worker {
  private static final Logger LOG = Logger.getLogger(Worker.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String name;
  private final Step step;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private Duration pause = Duration.ZERO;
  private Duration failurePause = FIRST_PAUSE;

  /// What is repeated.
  @FunctionalInterface
  interface Step {
    /// Does some work and says how long to wait before the next.
    Duration run() throws InterruptedException;
  }

  private Worker(String name, Step step) {
    this.name = name;
    this.step = step;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::work);
  }

  static Worker start(String name, Step step) {
    Worker worker = new Worker(name, step);
    worker.thread.start();
    return worker;
  }

  boolean running() {
    return thread.isAlive();
  }

  /// Asks the worker to end after its present step.
  void requestStop() {
    stop.countDown();
  }

  /// Waits for the end; interrupts the step if that takes too long.
  void awaitStop(Duration most) throws InterruptedException {
    if (!thread.join(most)) {
      LOG.warnf("%s did not end within %s and is interrupted", name, most);
      thread.interrupt();
      thread.join(most);
    }
  }

  private void work() {
    try {
      while (!stop.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        once();
      }
    } catch (InterruptedException e) {
      LOG.debugf("%s was interrupted", name);
    }
  }

  private void once() throws InterruptedException {
    try {
      pause = step.run();
      failurePause = FIRST_PAUSE;
    } catch (RuntimeException | Error failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      report(failure);
      pause = failurePause;
      failurePause = shorter(failurePause.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  /// Stores that are away are said in one line, once until they are back; anything else with its
  /// trace.
  private void report(Throwable failure) {
    boolean away = failure instanceof RedisUnavailableException || Delivery.passing(failure);
    if (!away) {
      LOG.errorf(failure, "%s failed and goes on", name);
    } else if (failurePause.equals(FIRST_PAUSE)) {
      LOG.warnf("%s waits: %s", name, failure.getMessage());
    }
  }

  static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
