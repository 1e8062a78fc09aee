package io.tallystick.risk.rule;

import io.tallystick.risk.history.AllowanceGrant;
import io.tallystick.risk.history.History;
import io.tallystick.risk.history.KnownTap;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.TapEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The token's arithmetic of its offline allowance, against the device's neighbouring taps by
/// counter.
///
/// What was left before, minus the amount, is left now. Between taps that follow each other without
/// a gap this is an equation; over a gap, what is left can only be less. A renewal in between
/// states the allowance anew. More spent than was left is an overrun; a sum that doesn't come out
/// is a wallet that was tampered with. Both neighbours are looked at, as taps come in any order.
public record AllowanceRule(Thresholds thresholds) implements RiskRule {
  /// @param renewalTolerance how far server and terminal clocks may differ about what came first, a
  ///   renewal or a tap
  public record Thresholds(RiskOutcome outcome, Duration renewalTolerance) {}

  /// What doesn't come out.
  private record Fault(String what, List<String> paymentIds) {}

  @Override
  public RuleName name() {
    return RuleName.ALLOWANCE;
  }

  @Override
  public Finding judge(Observation observation, History history) {
    Evidence evidence =
        new Evidence(name())
            .threshold("minLeftMinor", 0)
            .threshold("renewalToleranceSeconds", thresholds.renewalTolerance().toSeconds());
    TapEvidence tap = observation.tap();
    if (tap == null) {
      return evidence.notApplicable("a code has no allowance");
    }
    evidence
        .input("amountMinor", observation.amount().amountMinor())
        .input("leftMinor", tap.allowanceLeftMinor());
    KnownTap self =
        new KnownTap(
            observation.paymentId(),
            tap.serial().counter(),
            observation.amount(),
            tap.allowanceLeftMinor(),
            observation.paidAt());
    return fault(evidence, self, history)
        .map(fault ->
            evidence.raise(
                thresholds.outcome(), fault.paymentIds(), "Rule allowance: " + fault.what() + "."))
        .orElseGet(evidence::clear);
  }

  private Optional<Fault> fault(Evidence evidence, KnownTap self, History history) {
    if (self.allowanceLeftMinor() < 0) {
      String what =
          "counter %s spends %s, which is %s more than the device's allowance had left"
              .formatted(
                  self.counter(),
                  self.amount(),
                  Figures.minor(-self.allowanceLeftMinor(), self.amount()));
      return Optional.of(new Fault(what, List.of(self.paymentId())));
    }
    List<AllowanceGrant> grants = history.device().grants();
    KnownTap previous = comparable(history.device().previous(), self);
    KnownTap next = comparable(history.device().next(), self);
    Optional<Fault> fault = Optional.empty();
    if (previous != null) {
      evidence
          .input("previousCounter", previous.counter())
          .input("previousLeftMinor", previous.allowanceLeftMinor());
      fault = between(previous, self, grants, self.paymentId());
    } else {
      fault = afterGrant(evidence, self, grants);
    }
    if (next != null) {
      evidence
          .input("nextCounter", next.counter())
          .input("nextLeftMinor", next.allowanceLeftMinor());
      KnownTap later = next;
      fault = fault.or(() -> between(self, later, grants, self.paymentId()));
    }
    return fault;
  }

  private static @Nullable KnownTap comparable(@Nullable KnownTap other, KnownTap self) {
    return other != null && other.amount().currency().equals(self.amount().currency())
        ? other
        : null;
  }

  /// Two taps, the first with the lower counter.
  private Optional<Fault> between(
      KnownTap first, KnownTap second, List<AllowanceGrant> grants, String self) {
    List<Long> renewed = grantedBetween(first.paidAt(), second, grants);
    boolean adjacent = second.counter().value() == first.counter().value() + 1;
    if (comesOut(first.allowanceLeftMinor(), second, adjacent)
        || renewed.stream().anyMatch(granted -> comesOut(granted, second, false))) {
      return Optional.empty();
    }
    long leftMinor = first.allowanceLeftMinor();
    long spentMinor = second.amount().amountMinor();
    String what =
        leftMinor < spentMinor
            ? "counter %s spends %s when %s were left after counter %s"
                .formatted(
                    second.counter(),
                    second.amount(),
                    Figures.minor(leftMinor, second.amount()),
                    first.counter())
            : "counter %s leaves %s, %s were to be left after %s from the %s of counter %s"
                .formatted(
                    second.counter(),
                    Figures.minor(second.allowanceLeftMinor(), second.amount()),
                    (adjacent ? "" : "at most ")
                        + Figures.minor(leftMinor - spentMinor, second.amount()),
                    second.amount(),
                    Figures.minor(leftMinor, second.amount()),
                    first.counter());
    String other = first.paymentId().equals(self) ? second.paymentId() : first.paymentId();
    return Optional.of(new Fault(what, List.of(other, self)));
  }

  /// Without a lower counter known, the last grant is the most that can have been there.
  private Optional<Fault> afterGrant(
      Evidence evidence, KnownTap self, List<AllowanceGrant> grants) {
    List<Long> granted = grantedBetween(Instant.MIN, self, grants);
    if (granted.isEmpty()) {
      evidence.input("grantedMinor", "unknown");
      return Optional.empty();
    }
    long mostMinor = granted.stream().mapToLong(Long::longValue).max().orElseThrow();
    evidence.input("grantedMinor", mostMinor);
    if (comesOut(mostMinor, self, false)) {
      return Optional.empty();
    }
    String what =
        "counter %s spends %s and leaves %s of an allowance of %s"
            .formatted(
                self.counter(),
                self.amount(),
                Figures.minor(self.allowanceLeftMinor(), self.amount()),
                Figures.minor(mostMinor, self.amount()));
    return Optional.of(new Fault(what, List.of(self.paymentId())));
  }

  private List<Long> grantedBetween(Instant first, KnownTap second, List<AllowanceGrant> grants) {
    Duration tolerance = thresholds.renewalTolerance();
    return grants.stream()
        .filter(grant -> grant.allowance().currency().equals(second.amount().currency()))
        .filter(grant -> !grant.grantedAt().isAfter(second.paidAt().plus(tolerance)))
        .filter(grant ->
            first.equals(Instant.MIN) || !grant.grantedAt().isBefore(first.minus(tolerance)))
        .map(grant -> grant.allowance().amountMinor())
        .toList();
  }

  private static boolean comesOut(long beforeMinor, KnownTap tap, boolean exactly) {
    long leftMinor = beforeMinor - tap.amount().amountMinor();
    return exactly ? tap.allowanceLeftMinor() == leftMinor : tap.allowanceLeftMinor() <= leftMinor;
  }
}
