package io.tallystick.kit.sealing;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.TransientFailure;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads the keys again and works on the re-seal job, at every replica. The job's row is locked for
/// each batch, so one replica works at a time; where a pass stands is only in memory, because a
/// pass from the start skips what is done.
@Singleton
class ResealWorker {
  private static final Logger LOG = Logger.getLogger(ResealWorker.class);
  private static final int BATCH_ROWS = 200;
  private static final Duration LONGEST_POLL = Duration.ofSeconds(2);

  /// Between batches: whoever pays goes first.
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(5);

  private static final long STOP_WAIT_SECONDS = 10;

  private final Instance<SealedData> data;
  private final Sealing sealing;
  private final Database database;
  private final ResealJobTable jobs;
  private final Clock clock;
  private final CountDownLatch stop = new CountDownLatch(1);
  private @Nullable Thread thread;
  private Pass pass = Pass.NONE;

  @Inject
  ResealWorker(
      Instance<SealedData> data,
      Sealing sealing,
      Database database,
      ResealJobTable jobs,
      Clock clock) {
    this.data = data;
    this.sealing = sealing;
    this.database = database;
    this.jobs = jobs;
    this.clock = clock;
  }

  /// Where this replica is in going through all rows once.
  private record Pass(long jobId, int version, int index, List<String> position, long broken) {
    static final Pass NONE = new Pass(-1, -1, 0, Resealable.START, 0);

    static Pass of(ResealJob job) {
      return new Pass(job.jobId(), job.version(), 0, Resealable.START, 0);
    }

    boolean isOf(ResealJob job) {
      return jobId == job.jobId() && version == job.version();
    }

    Pass after(Resealable.Batch batch) {
      return new Pass(
          jobId,
          version,
          batch.more() ? index : index + 1,
          batch.more() ? batch.position() : Resealable.START,
          broken + batch.broken());
    }
  }

  void start(@Observes StartupEvent started) {
    if (data.isResolvable()) {
      thread = Thread.ofVirtual().name("re-seal").start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
    stop.countDown();
    Thread running = thread;
    if (running != null && !running.join(Duration.ofSeconds(STOP_WAIT_SECONDS))) {
      running.interrupt();
    }
  }

  private void run() {
    Duration reload = data.get().source().reload();
    Duration poll = reload.compareTo(LONGEST_POLL) < 0 ? reload : LONGEST_POLL;
    long nextReload = System.nanoTime() + reload.toNanos();
    try {
      Duration pause = poll;
      while (!stop.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        if (System.nanoTime() - nextReload >= 0) {
          attempt("reading the key-encryption keys", sealing::reload);
          nextReload = System.nanoTime() + reload.toNanos();
        }
        pause = worked() ? BETWEEN_BATCHES : poll;
      }
    } catch (InterruptedException e) {
      LOG.debug("re-seal was interrupted");
    }
  }

  private boolean worked() {
    boolean[] more = {false};
    attempt("sealing anew", () -> more[0] = step());
    return more[0];
  }

  /// The database may be away; the next round finds everything as it was.
  private static void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error failure) {
      if (TransientFailure.is(failure)) {
        LOG.warnf("%s failed and is tried again: %s", what, failure.getMessage());
      } else {
        LOG.errorf(failure, "%s failed and is tried again", what);
      }
    }
  }

  /// One batch. Where the pass stands is taken over only once the batch is committed.
  ///
  /// @return whether there is more to do at once
  private boolean step() {
    Pass next =
        database.inTransaction(
            handle -> jobs.lockUnfinished(handle).map(job -> work(handle, job)).orElse(Pass.NONE));
    pass = next;
    return !next.equals(Pass.NONE);
  }

  private Pass work(Handle handle, ResealJob job) {
    SealedData sealed = data.get();
    if (sealed.ring().keys().current() != job.version()) {
      // This replica has not read the new keys yet, or has newer ones: asking again moves the job.
      return Pass.NONE;
    }
    Pass now = pass.isOf(job) ? pass : Pass.of(job);
    List<Resealable> all = sealed.resealables();
    if (now.index() == all.size()) {
      endPass(handle, job, sealed, now.broken());
      return Pass.NONE;
    }
    Resealable.Batch batch =
        all.get(now.index()).reseal(handle, job.version(), now.position(), BATCH_ROWS);
    jobs.progress(handle, job.jobId(), batch.resealed());
    return now.after(batch);
  }

  /// Rows that were locked or written meanwhile take another pass; broken ones would take all of
  /// them.
  private void endPass(Handle handle, ResealJob job, SealedData sealed, long broken) {
    Instant now = clock.instant();
    long old =
        sealed.resealables().stream()
            .flatMap(part -> part.rowsByVersion(handle, now).entrySet().stream())
            .filter(entry -> entry.getKey() != job.version())
            .mapToLong(Map.Entry::getValue)
            .sum();
    if (old > broken) {
      return;
    }
    jobs.finish(handle, job.jobId(), broken, now);
    sealed.audit(
        handle,
        "reseal_finished",
        job.requestedBy(),
        Map.of(
            "jobId", Long.toString(job.jobId()),
            "version", Integer.toString(job.version()),
            "resealed", Long.toString(job.resealed()),
            "broken", Long.toString(broken)));
    LOG.infof(
        "everything is sealed under version %d: %d rows anew, %d did not open",
        job.version(), job.resealed(), broken);
  }
}
