package io.tallystick.risk.postgres;

import io.tallystick.protocol.model.DeviceId;
import io.tallystick.protocol.model.Money;
import io.tallystick.risk.history.AllowanceGrant;
import io.tallystick.risk.history.DoubleSpend;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// What is told of devices. Every statement may be repeated and may come in any order.
public final class DeviceTable {
  private DeviceTable() {}

  public static void enrolled(Handle handle, String payerId, DeviceId deviceId, Instant at) {
    handle
        .createUpdate(
            """
            insert into device (payer_id, device_id, enrolled_at) values (:payer, :device, :at)
            on conflict (payer_id, device_id) do update set enrolled_at = excluded.enrolled_at
            """)
        .bind("payer", payerId)
        .bind("device", deviceId.toString())
        .bind("at", at)
        .execute();
  }

  public static void granted(
      Handle handle, String payerId, DeviceId deviceId, AllowanceGrant grant) {
    Money allowance = grant.allowance();
    handle
        .createUpdate(
            """
            insert into device_grant (payer_id, device_id, granted_at, amount_minor, currency)
            values (:payer, :device, :at, :minor, :currency) on conflict do nothing
            """)
        .bind("payer", payerId)
        .bind("device", deviceId.toString())
        .bind("at", grant.grantedAt())
        .bind("minor", allowance.amountMinor())
        .bind("currency", allowance.currency())
        .execute();
  }

  /// Notes a double spend with the device, and counts it in the payer's profile, whose row must be
  /// locked.
  public static void spentTwice(
      Handle handle, String payerId, DeviceId deviceId, DoubleSpend spend) {
    int noted =
        handle
            .createUpdate(
                """
                insert into double_spend (payer_id, device_id, serial, evidence_id, detected_at)
                values (:payer, :device, :serial, :evidence, :at) on conflict do nothing
                """)
            .bind("payer", payerId)
            .bind("device", deviceId.toString())
            .bind("serial", spend.serial().toString())
            .bind("evidence", spend.evidenceId())
            .bind("at", spend.detectedAt())
            .execute();
    handle
        .createUpdate(
            "update payer_profile set double_spends = double_spends + :noted where payer_id = :payer")
        .bind("noted", noted)
        .bind("payer", payerId)
        .execute();
  }
}
