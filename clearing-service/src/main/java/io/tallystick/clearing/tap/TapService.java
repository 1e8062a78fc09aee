package io.tallystick.clearing.tap;

import io.tallystick.clearing.challenge.ChallengeEnd;
import io.tallystick.clearing.challenge.ChallengeRules;
import io.tallystick.clearing.challenge.postgres.PostgresChallengeEnds;
import io.tallystick.clearing.payment.MoneyMoves;
import io.tallystick.clearing.payment.Payment;
import io.tallystick.clearing.payment.Work;
import io.tallystick.clearing.tap.TapPayments.Begun;
import io.tallystick.clearing.tap.postgres.PostgresConflicts;
import io.tallystick.clearing.tap.postgres.PostgresHalves;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Clears taps and matches their halves, many payers' in one transaction.
@Singleton
public class TapService {
  private final TapPayments taps;
  private final PostgresChallengeEnds ends;
  private final PostgresHalves halves;
  private final PostgresConflicts conflicts;
  private final HalvesMatching matching;

  TapService(
      TapPayments taps,
      PostgresChallengeEnds ends,
      PostgresHalves halves,
      PostgresConflicts conflicts,
      HalvesMatching matching) {
    this.taps = taps;
    this.ends = ends;
    this.halves = halves;
    this.conflicts = conflicts;
    this.matching = matching;
  }

  /// Clears, freezes or refuses what risk-service has decided about.
  public void decide(Handle handle, List<TapDecision> decisions) {
    Begun begun = taps.begin(handle, decisions.stream().map(TapDecision::terms).toList());
    Work work = begun.work();
    List<String> frozen =
        decisions.stream()
            .map(d -> TapRules.decide(work, d))
            .filter(Payment::awaitsChallenge)
            .map(Payment::paymentId)
            .distinct()
            .toList();
    if (!frozen.isEmpty()) {
      endEarlyChallenges(handle, work, begun.payerIds(), frozen);
    }
    taps.write(handle, work);
  }

  /// A challenge may have ended before the decision that asked for it is read.
  private void endEarlyChallenges(
      Handle handle, Work work, Set<String> payers, List<String> frozen) {
    Map<String, ChallengeEnd> early = ends.find(handle, payers, frozen);
    early.forEach((paymentId, end) ->
        ChallengeRules.end(
            work, work.get(paymentId), MoneyMoves.placedHolds(work, paymentId), end));
  }

  /// Stores halves and matches them. Makes the payments that no decision has made yet.
  public void receive(Handle handle, List<Half> received) {
    Begun begun = taps.begin(handle, received.stream().map(Half::terms).toList());
    received.forEach(half -> TapRules.receive(begun.work(), half.terms(), half.tappedAt()));
    taps.write(handle, begun.work());
    halves.insert(handle, received);
    matching.match(handle, received);
  }

  /// Keeps evidence of second tokens. Moves no money.
  public void keep(Handle handle, List<Conflict> evidence) {
    conflicts.insert(handle, evidence);
  }
}
