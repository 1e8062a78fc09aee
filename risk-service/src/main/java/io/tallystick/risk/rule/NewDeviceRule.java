package io.tallystick.risk.rule;

import io.tallystick.risk.history.History;
import io.tallystick.risk.observation.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A larger amount soon after the device was enrolled: the way of a thief who has just taken an
/// account over.
///
/// A device whose enrolment has not been heard of yet is taken for one just enrolled, and so is one
/// that paid before its enrolment.
public record NewDeviceRule(Thresholds thresholds) implements RiskRule {
  /// @param maxAmountMinor what passes on a new device, minor units of the payment's currency
  public record Thresholds(RiskOutcome outcome, Duration newFor, long maxAmountMinor) {}

  @Override
  public RuleName name() {
    return RuleName.NEW_DEVICE;
  }

  @Override
  public Finding judge(Observation observation, History history) {
    Instant known = history.device().enrolledAt();
    Instant enrolledAt = known != null ? known : observation.statedEnrolledAt();
    long amountMinor = observation.amount().amountMinor();
    Evidence evidence =
        new Evidence(name())
            .input("amountMinor", amountMinor)
            .input("enrolledAt", enrolledAt == null ? "unknown" : enrolledAt)
            .threshold("newForHours", thresholds.newFor().toHours())
            .threshold("maxAmountMinor", thresholds.maxAmountMinor());
    boolean isNew =
        enrolledAt == null
            || Duration.between(enrolledAt, observation.paidAt()).compareTo(thresholds.newFor())
                < 0;
    if (!isNew || amountMinor <= thresholds.maxAmountMinor()) {
      return evidence.clear();
    }
    return evidence.raise(
        thresholds.outcome(),
        List.of(observation.paymentId()),
        "Rule new_device: %s with device %s, %s; in the first %s at most %s pass."
            .formatted(
                observation.amount(),
                observation.deviceId(),
                age(enrolledAt, observation.paidAt()),
                Figures.duration(thresholds.newFor()),
                Figures.minor(thresholds.maxAmountMinor(), observation.amount())));
  }

  private static String age(@Nullable Instant enrolledAt, Instant paidAt) {
    if (enrolledAt == null) {
      return "whose enrolment isn't known yet";
    }
    Duration age = Duration.between(enrolledAt, paidAt);
    return age.isNegative()
        ? "enrolled " + Figures.duration(age) + " after it"
        : "enrolled " + Figures.duration(age) + " before";
  }
}
