package io.tallystick.notify.challenge;

import io.tallystick.kit.database.Database;
import io.tallystick.notify.sms.DeliveryReport;
import io.tallystick.notify.sms.DeliveryReports;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Matches parts of messages with their receipts. A receipt may arrive before the answer to the
/// submission is stored, on another replica too: whoever comes second finds the row of the first.
@ApplicationScoped
public class SmsReceipts implements DeliveryReports {
  private final Database database;
  private final Clock clock;

  SmsReceipts(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void record(DeliveryReport report) {
    Instant now = clock.instant();
    database.useTransaction(handle -> {
      handle
          .createQuery(
              """
              INSERT INTO sms_segment (centre_message_id, receipt_state, receipt_error, created_at, received_at)
              VALUES (:id, :state, :error, :now, :now)
              ON CONFLICT (centre_message_id) DO UPDATE SET receipt_state = excluded.receipt_state,
                receipt_error = excluded.receipt_error, received_at = excluded.received_at
              RETURNING payer_id, sms_id
              """)
          .bind("id", report.centreMessageId())
          .bind("state", report.state())
          .bind("error", report.error())
          .bind("now", now)
          .map((row, _) -> new String[] {row.getString("payer_id"), row.getString("sms_id")})
          .findOne()
          .filter(owner -> owner[1] != null)
          .ifPresent(owner -> settle(handle, owner[0], owner[1], now));
    });
  }

  /// The centre took the parts of a message under these ids.
  void expect(Handle handle, SmsQueue.Taken message, List<String> centreMessageIds, Instant now) {
    for (String id : centreMessageIds) {
      handle
          .createUpdate(
              """
              INSERT INTO sms_segment (centre_message_id, payer_id, sms_id, created_at)
              VALUES (:id, :payer, :sms, :now)
              ON CONFLICT (centre_message_id) DO UPDATE SET payer_id = excluded.payer_id,
                sms_id = excluded.sms_id,
                receipt_state = CASE WHEN sms_segment.sms_id IS NULL THEN sms_segment.receipt_state END
              """)
          .bind("id", id)
          .bind("payer", message.payerId())
          .bind("sms", message.smsId())
          .bind("now", now)
          .execute();
    }
    settle(handle, message.payerId(), message.smsId(), now);
  }

  /// Delivered when every part is; failed when one will never be. Receipts of several parts come at
  /// the same time; the message's lock makes the last of them see the others.
  private static void settle(Handle handle, String payerId, String smsId, Instant now) {
    handle
        .createQuery("SELECT 1 FROM sms WHERE payer_id = :payer AND sms_id = :id FOR UPDATE")
        .bind("payer", payerId)
        .bind("id", smsId)
        .mapTo(Integer.class)
        .findOne();
    handle
        .createUpdate(
            """
            UPDATE sms SET state = CASE WHEN r.failed THEN 'failed' ELSE 'delivered' END, done_at = :now,
              last_error = r.error
            FROM (SELECT count(*) FILTER (WHERE receipt_state = 'DELIVRD') AS delivered,
                    bool_or(receipt_state IN ('EXPIRED', 'DELETED', 'UNDELIV', 'REJECTD')) AS failed,
                    max('receipt ' || receipt_state || ' ' || receipt_error)
                      FILTER (WHERE receipt_state <> 'DELIVRD') AS error
                  FROM sms_segment WHERE payer_id = :payer AND sms_id = :id) r
            WHERE sms.payer_id = :payer AND sms.sms_id = :id AND sms.state = 'submitted'
              AND (r.failed OR r.delivered = sms.segments)
            """)
        .bind("now", now)
        .bind("payer", payerId)
        .bind("id", smsId)
        .execute();
  }
}
