package io.tallystick.kit.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tallystick.kit.audit.AuditStore.Chain;
import io.tallystick.kit.audit.AuditStore.Row;
import io.tallystick.kit.audit.Segment.Sealed;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.error.TransientFailure;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/// Seals new rows of every log, one replica at a time, and signs where the chains stand. Writers of
/// rows know nothing of it.
@Singleton
class AuditSealer {
  static final int START = 6_000;
  static final int STOP = 350;

  private static final Logger LOG = Logger.getLogger(AuditSealer.class);

  private final Database database;
  private final AuditStore store;
  private final HeadSigner signer;
  private final AuditConfig config;
  private final Clock clock;
  private final List<AuditLog> logs;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("audit-sealer").unstarted(this::run);

  @Inject
  AuditSealer(
      Database database,
      AuditStore store,
      HeadSigner signer,
      AuditConfig config,
      Clock clock,
      @Any Instance<AuditLogs> sources) {
    this.database = database;
    this.store = store;
    this.signer = signer;
    this.config = config;
    this.clock = clock;
    this.logs = sources.stream().flatMap(source -> source.logs().stream()).toList();
  }

  List<AuditLog> logs() {
    return logs;
  }

  void start(@Observes @Priority(START) StartupEvent event) {
    if (!logs.isEmpty()) {
      thread.start();
    }
  }

  void stop(@Observes @Priority(STOP) ShutdownEvent event) throws InterruptedException {
    stop.countDown();
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    thread.join(config.sealEvery().plusSeconds(5));
  }

  private void run() {
    try {
      do {
        logs.forEach(this::sealAll);
      } while (!stop.await(config.sealEvery().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("sealing was interrupted");
    }
  }

  private void sealAll(AuditLog log) {
    try {
      int sealed;
      do {
        sealed = seal(log);
      } while (sealed == config.segmentRows() && stop.getCount() > 0);
      sign(log);
    } catch (RuntimeException | Error failure) {
      if (TransientFailure.is(failure)) {
        LOG.debugf("%s is sealed later: %s", log.name(), failure.getMessage());
      } else {
        LOG.errorf(failure, "%s was not sealed", log.name());
      }
    }
  }

  /// Seals one segment.
  ///
  /// @return of how many rows
  int seal(AuditLog log) {
    return database.inTransaction(handle ->
        store.tryLock(handle, log.name()).map(chain -> seal(handle, log, chain)).orElse(0));
  }

  private int seal(Handle handle, AuditLog log, Chain chain) {
    List<Row> rows = store.fresh(handle, log, chain.last(), config.segmentRows());
    if (!rows.isEmpty()) {
      List<Sealed> sealed =
          rows.stream().map(row -> new Sealed(row.position().id(), row.digest())).toList();
      long sequence = chain.sequence() + 1;
      byte[] digest = Segment.chainDigest(log.name(), sequence, chain.digest(), sealed);
      Segment segment = new Segment(sequence, rows.getLast().position(), sealed, digest);
      store.append(handle, log.name(), segment, clock.instant());
    }
    return rows.size();
  }

  /// Signs where the chain stands, unless that was signed, or something was a moment ago.
  Optional<SignedHead> sign(AuditLog log) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return database.inTransaction(handle -> {
      Optional<Chain> chain = store.tryLock(handle, log.name());
      Optional<SignedHead> last = store.lastHead(handle, log.name());
      boolean due =
          chain.isPresent()
              && chain.get().sequence() > last.map(SignedHead::sequence).orElse(0L)
              && last.map(head -> head.signedAt().plus(config.signEvery()).isBefore(now))
                  .orElse(true);
      if (!due) {
        return Optional.empty();
      }
      SignedHead head = signer.sign(log.name(), chain.get().sequence(), chain.get().digest(), now);
      store.append(handle, head);
      // Logs leave the machine: what is told there can't be taken back with the table.
      handle.afterCommit(() ->
          LOG.infof(
              "audit head of %s: %d %s",
              log.name(), head.sequence(), HexFormat.of().formatHex(head.digest())));
      return Optional.of(head);
    });
  }
}
