package io.tallystick.notify.worker;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Runs a step again and again on a virtual thread: at once while there is more to do, otherwise
/// after the interval or when woken.
public final class Worker implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Worker.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(10);

  /// One bounded piece of work.
  public interface Step {
    /// @return whether there is more to do at once
    boolean run() throws InterruptedException;
  }

  private final String name;
  private final Duration interval;
  private final Step step;
  private final Semaphore wakes = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  private Worker(String name, Duration interval, Step step) {
    this.name = requireNonNull(name, "name is null");
    this.interval = requireNonNull(interval, "interval is null");
    this.step = requireNonNull(step, "step is null");
    this.thread = Thread.ofVirtual().name(name).unstarted(this::loop);
  }

  public static Worker start(String name, Duration interval, Step step) {
    Worker worker = new Worker(name, interval, step);
    worker.thread.start();
    return worker;
  }

  /// There may be something to do.
  public void wake() {
    wakes.release();
  }

  /// Waits for the running step, and interrupts it when it takes too long.
  @Override
  public void close() {
    closed = true;
    wakes.release();
    try {
      if (!thread.join(GRACE)) {
        thread.interrupt();
        thread.join(GRACE);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    try {
      while (!closed) {
        if (!step()) {
          await(interval);
        }
      }
    } catch (InterruptedException e) {
      LOG.debugf("%s was interrupted", name);
    }
  }

  private boolean step() throws InterruptedException {
    try {
      return step.run();
    } catch (RuntimeException | Error failure) {
      if (!closed) {
        LOG.errorf(failure, "%s failed and is tried again", name);
        await(PAUSE_AFTER_FAILURE);
      }
      return false;
    }
  }

  private void await(Duration pause) throws InterruptedException {
    if (!closed && wakes.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
      wakes.drainPermits();
    }
  }
}
