package io.tallystick.clearing.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/// What a check of the ledger found.
///
/// @param sound whether nothing was found
/// @param inSystemMinor money that came from the bank less money that went out, by currency
@RegisterForReflection
public record LedgerReport(
    boolean sound, List<Finding> findings, Counts counts, Map<String, Long> inSystemMinor) {
  public LedgerReport {
    findings = List.copyOf(findings);
    inSystemMinor = Map.copyOf(inSystemMinor);
  }

  /// Something that should not be.
  ///
  /// @param check which invariant it breaks
  /// @param subject the account, posting, payment, batch or tap
  @RegisterForReflection
  public record Finding(String check, String subject, String explanation) {}

  /// How much was looked at.
  ///
  /// @param halvesAlone taps of which one half is here
  /// @param halvesOverdue those of them that are alone for longer than the grace period
  @RegisterForReflection
  public record Counts(
      long accounts,
      long postings,
      long entries,
      long payments,
      long halvesMatched,
      long halvesAlone,
      long halvesOverdue,
      long halvesDisputed) {}
}
