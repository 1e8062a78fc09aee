package io.tallystick.clearing.tap;

import io.tallystick.api.events.v1.HalvesChanged;
import io.tallystick.clearing.payment.PaymentTerms;
import io.tallystick.clearing.payment.ProtoValues;
import io.tallystick.clearing.tap.HalvesRules.Verdict;
import io.tallystick.clearing.tap.postgres.PostgresHalves;
import io.tallystick.clearing.tap.postgres.PostgresHalves.Matched;
import io.tallystick.kit.event.EventStream;
import io.tallystick.kit.event.Outbox;
import io.tallystick.kit.event.OutboxMessage;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Brings the halves' state up to date with the halves that are stored, and tells of changes.
@Singleton
class HalvesMatching {
  private final PostgresHalves halves;
  private final Outbox outbox;
  private final Clock clock;

  HalvesMatching(PostgresHalves halves, Outbox outbox, Clock clock) {
    this.halves = halves;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// Judges the taps of these halves anew, under a lock of each tap.
  void match(Handle handle, List<Half> arrived) {
    Map<String, String> before = halves.lockStates(handle, arrived);
    Map<String, List<Half>> stored = halves.ofTaps(handle, arrived);
    List<Matched> changed = new ArrayList<>();
    stored.forEach((paymentId, ofTap) -> {
      Verdict verdict = HalvesRules.judge(ofTap);
      if (!verdict.state().text().equals(before.get(paymentId))) {
        changed.add(new Matched(ofTap.getFirst(), verdict.state(), verdict.reasons()));
      }
    });
    if (!changed.isEmpty()) {
      halves.write(handle, changed, clock.instant());
      outbox.append(handle, changed.stream().map(this::message).toList());
    }
  }

  private OutboxMessage message(Matched matched) {
    PaymentTerms terms = matched.half().terms();
    HalvesChanged.Builder message =
        HalvesChanged.newBuilder()
            .setPaymentId(terms.paymentId())
            .setSerial(matched.serial())
            .setPayerId(terms.payerId())
            .setMerchantId(terms.merchantId())
            .setState(matched.state().text())
            .setChangedAt(ProtoValues.timestamp(clock.instant()));
    matched.reasons().forEach(reason -> message.addReasons(ProtoValues.reason(reason)));
    return new OutboxMessage(EventStream.PAYMENTS, terms.payerId(), message.build());
  }
}
