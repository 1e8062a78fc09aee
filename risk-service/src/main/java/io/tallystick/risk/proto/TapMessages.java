package io.tallystick.risk.proto;

import io.tallystick.api.events.v1.DecisionOutcome;
import io.tallystick.api.events.v1.TapDecided;
import io.tallystick.api.events.v1.TapReceived;
import io.tallystick.kit.proto.ProtoMoney;
import io.tallystick.kit.proto.ProtoTime;
import io.tallystick.protocol.model.MerchantId;
import io.tallystick.protocol.model.TerminalId;
import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.observation.Behaviour;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.TapEvidence;
import io.tallystick.risk.observation.WalletClock;
import io.tallystick.risk.observation.Way;
import io.tallystick.risk.rule.RiskOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Messages about taps.
public final class TapMessages {
  private TapMessages() {}

  public static Observation observation(TapReceived tap) {
    if (!tap.hasTappedAt() || !tap.hasReceivedAt()) {
      throw new IllegalArgumentException("tapped_at and received_at must be given");
    }
    return new Observation(
        tap.getPaymentId(),
        tap.getPayerId(),
        Messages.deviceId(tap.getDeviceId()),
        Way.TAP,
        MerchantId.of(tap.getMerchantId()),
        TerminalId.of(tap.getTerminalId()),
        ProtoMoney.from(tap.getAmount()),
        Messages.instant(tap.getTappedAt(), "tapped_at"),
        Messages.instant(tap.getReceivedAt(), "received_at"),
        null,
        tap.hasTerminalPlace() ? Messages.place(tap.getTerminalPlace()) : null,
        new TapEvidence(
            Messages.serial(tap.getSerial()),
            tap.getAllowanceLeftMinor(),
            tap.getPoweredOff(),
            tap.getLate(),
            Integer.toUnsignedLong(tap.getMissingCounters()),
            tap.hasBehaviour() ? behaviour(tap.getBehaviour()) : null,
            tap.hasClock() ? clock(tap.getClock()) : null));
  }

  public static TapDecided decided(Decision decision) {
    Observation observation = decision.observation();
    TapEvidence tap = observation.tap();
    if (tap == null) {
      throw new IllegalArgumentException("payment is no tap: " + observation.paymentId());
    }
    return TapDecided.newBuilder()
        .setDecisionId(decision.decisionId().toString())
        .setPaymentId(observation.paymentId())
        .setSerial(tap.serial().toString())
        .setPayerId(observation.payerId())
        .setDeviceId(observation.deviceId().toString())
        .setMerchantId(observation.merchantId().value())
        .setTerminalId(observation.terminalId().value())
        .setAmount(ProtoMoney.of(observation.amount()))
        .setTappedAt(ProtoTime.of(observation.paidAt()))
        .setOutcome(outcome(decision.judgement().outcome()))
        .addAllReasons(Messages.reasons(decision.judgement()))
        .setDecidedAt(ProtoTime.of(decision.decidedAt()))
        .build();
  }

  private static DecisionOutcome outcome(RiskOutcome outcome) {
    return switch (outcome) {
      case CLEAR -> DecisionOutcome.DECISION_OUTCOME_CLEAR;
      case FREEZE -> DecisionOutcome.DECISION_OUTCOME_FREEZE;
      case REFUSE -> DecisionOutcome.DECISION_OUTCOME_REFUSE;
    };
  }

  private static Behaviour behaviour(io.tallystick.api.events.v1.Behaviour behaviour) {
    return new Behaviour(
        Integer.toUnsignedLong(behaviour.getLocationCell()),
        Integer.toUnsignedLong(behaviour.getSecondsSinceUnlock()),
        Integer.toUnsignedLong(behaviour.getTapsLast10Seconds()),
        Integer.toUnsignedLong(behaviour.getTapsLast60Seconds()),
        Integer.toUnsignedLong(behaviour.getTapsLastHour()),
        behaviour.getIntegrityFlags(),
        behaviour.getUnlockMethod());
  }

  private static @Nullable WalletClock clock(io.tallystick.api.events.v1.ClockEvidence clock) {
    if (!clock.hasCreatedAt()) {
      return null;
    }
    Instant lastServerTime =
        clock.hasLastServerTime()
            ? Messages.instant(clock.getLastServerTime(), "last_server_time")
            : Instant.EPOCH;
    // A token says 1970 for "none was ever seen".
    return new WalletClock(
        lastServerTime.equals(Instant.EPOCH) ? null : lastServerTime,
        Integer.toUnsignedLong(clock.getElapsedSeconds()),
        Messages.instant(clock.getCreatedAt(), "created_at"));
  }
}
