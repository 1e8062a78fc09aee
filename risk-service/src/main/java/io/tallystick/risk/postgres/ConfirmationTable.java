package io.tallystick.risk.postgres;

import io.tallystick.risk.decision.Decision;
import io.tallystick.risk.observation.Observation;
import io.tallystick.risk.observation.Place;
import io.tallystick.risk.rule.Finding;
import io.tallystick.risk.rule.RiskOutcome;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Challenges passed.
public final class ConfirmationTable {
  private ConfirmationTable() {}

  /// The payer vouched for the payment, and so for every cause for which it was frozen.
  public static void confirm(Handle handle, Decision decision, Instant at) {
    for (Finding finding : decision.judgement().findings()) {
      if (finding.outcome() == RiskOutcome.FREEZE) {
        insert(handle, decision.observation(), finding, at);
      }
    }
  }

  private static void insert(Handle handle, Observation observation, Finding finding, Instant at) {
    Place place = observation.place();
    handle
        .createUpdate(
            """
            insert into confirmation
              (payer_id, payment_id, rule, device_id, amount_minor, currency, latitude, longitude,
               triggers, confirmed_at)
            values (:payer, :payment, :rule, :device, :minor, :currency, :latitude, :longitude,
                    cast(:triggers as text[]), :at)
            on conflict do nothing
            """)
        .bind("payer", observation.payerId())
        .bind("payment", observation.paymentId())
        .bind("rule", finding.rule().wire())
        .bind("device", observation.deviceId().toString())
        .bind("minor", observation.amount().amountMinor())
        .bind("currency", observation.amount().currency())
        .bind("latitude", place == null ? null : place.latitudeDegrees())
        .bind("longitude", place == null ? null : place.longitudeDegrees())
        .bind("triggers", finding.paymentIds().toArray(String[]::new))
        .bind("at", at)
        .execute();
  }
}
