package io.tallystick.clearing.audit;

import io.tallystick.clearing.audit.postgres.PostgresAudit;
import io.tallystick.clearing.audit.postgres.PostgresAudit.AloneTap;
import io.tallystick.clearing.audit.postgres.PostgresAudit.PostingLine;
import io.tallystick.clearing.audit.postgres.PostgresLedgerCheck;
import io.tallystick.kit.database.Database;
import io.tallystick.kit.rest.Page;
import io.tallystick.kit.rest.PageRequest;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Checks the ledger, and shows auditors what is in it.
@Singleton
public class LedgerAudit {
  private final Database database;
  private final PostgresLedgerCheck check;
  private final PostgresAudit audit;
  private final AuditConfig config;
  private final Clock clock;

  LedgerAudit(
      Database database,
      PostgresLedgerCheck check,
      PostgresAudit audit,
      AuditConfig config,
      Clock clock) {
    this.database = database;
    this.check = check;
    this.audit = audit;
    this.config = config;
    this.clock = clock;
  }

  /// Looks at every invariant.
  public LedgerReport check() {
    Instant overdue = clock.instant().minus(config.halvesGrace());
    return database.read(handle -> check.check(handle, config.queryLimit(), overdue));
  }

  /// The entries of every posting of a payment, in order.
  public List<PostingLine> postings(String paymentId) {
    return database.read(handle -> audit.postings(handle, paymentId));
  }

  /// Taps of which one half is still alone after the grace period, oldest first.
  public Page<AloneTap> alone(PageRequest request) {
    Instant overdue = clock.instant().minus(config.halvesGrace());
    return database.read(handle -> audit.alone(handle, overdue, request));
  }
}
