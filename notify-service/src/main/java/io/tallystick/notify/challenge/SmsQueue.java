package io.tallystick.notify.challenge;

import io.tallystick.notify.sealing.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/// Messages on their way, in PostgreSQL: a message is queued in the transaction that makes its
/// code, and sent after the commit. Number and text are sealed, and erased when nobody needs them.
@ApplicationScoped
public class SmsQueue {
  private static final String NUMBER = "sms.number";
  private static final String TEXT = "sms.text";

  private final Vault vault;

  SmsQueue(Vault vault) {
    this.vault = vault;
  }

  /// A message to be sent.
  record Outgoing(
      String payerId,
      String smsId,
      String challengeId,
      String number,
      String text,
      Instant validUntil) {
    @Override
    public String toString() {
      return "Outgoing[" + smsId + "]";
    }
  }

  /// A message that this replica has taken to send.
  ///
  /// @param attempts this one included
  record Taken(
      String payerId,
      String smsId,
      String challengeId,
      byte[] numberSealed,
      byte[] textSealed,
      int attempts,
      Instant validUntil) {
    @Override
    public String toString() {
      return "Taken[" + smsId + ", attempt " + attempts + "]";
    }
  }

  void add(Handle handle, Outgoing message, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO sms (payer_id, sms_id, challenge_id, number_sealed, text_sealed, state,
              next_attempt_at, valid_until, created_at)
            VALUES (:payer, :id, :challenge, :number, :text, 'queued', :now, :until, :now)
            """)
        .bind("payer", message.payerId())
        .bind("id", message.smsId())
        .bind("challenge", message.challengeId())
        .bind(
            "number", vault.sealText(message.number(), NUMBER, message.payerId(), message.smsId()))
        .bind("text", vault.sealText(message.text(), TEXT, message.payerId(), message.smsId()))
        .bind("now", now)
        .bind("until", message.validUntil())
        .execute();
  }

  /// What is queued for a challenge is not sent any more.
  void drop(Handle handle, String payerId, String challengeId, String why, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE sms SET state = 'failed', last_error = :why, done_at = :now, number_sealed = NULL,
              text_sealed = NULL
            WHERE payer_id = :payer AND challenge_id = :challenge AND state = 'queued'
            """)
        .bind("why", why)
        .bind("now", now)
        .bind("payer", payerId)
        .bind("challenge", challengeId)
        .execute();
  }

  int countSince(Handle handle, String payerId, Instant since) {
    return handle
        .createQuery("SELECT count(*) FROM sms WHERE payer_id = :payer AND created_at > :since")
        .bind("payer", payerId)
        .bind("since", since)
        .mapTo(Integer.class)
        .one();
  }

  /// How far a message is: `queued`, `submitted`, `delivered` or `failed`.
  Optional<String> state(Handle handle, String payerId, String smsId) {
    return handle
        .createQuery("SELECT state FROM sms WHERE payer_id = :payer AND sms_id = :id")
        .bind("payer", payerId)
        .bind("id", smsId)
        .mapTo(String.class)
        .findOne();
  }

  /// Takes messages that are due. Until the lease ends no other replica takes them.
  List<Taken> take(Handle handle, int limit, Duration lease, Instant now) {
    return handle
        .createQuery(
            """
            UPDATE sms SET attempts = attempts + 1, next_attempt_at = :lease
            WHERE (payer_id, sms_id) IN (
              SELECT payer_id, sms_id FROM sms WHERE state = 'queued' AND next_attempt_at <= :now
              ORDER BY next_attempt_at LIMIT :limit FOR UPDATE SKIP LOCKED)
            RETURNING payer_id, sms_id, challenge_id, number_sealed, text_sealed, attempts, valid_until
            """)
        .bind("lease", now.plus(lease))
        .bind("now", now)
        .bind("limit", limit)
        .map(SmsQueue::taken)
        .list();
  }

  /// The centre has it. False when it was dropped meanwhile.
  boolean submitted(Handle handle, Taken message, int segments, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE sms SET state = 'submitted', submitted_at = :now, segments = :segments,
                  last_error = NULL, number_sealed = NULL, text_sealed = NULL
                WHERE payer_id = :payer AND sms_id = :id AND state = 'queued'
                """)
            .bind("now", now)
            .bind("segments", segments)
            .bind("payer", message.payerId())
            .bind("id", message.smsId())
            .execute()
        == 1;
  }

  void later(Handle handle, Taken message, String error, Instant next) {
    handle
        .createUpdate(
            """
            UPDATE sms SET next_attempt_at = :next, last_error = :error
            WHERE payer_id = :payer AND sms_id = :id AND state = 'queued'
            """)
        .bind("next", next)
        .bind("error", error)
        .bind("payer", message.payerId())
        .bind("id", message.smsId())
        .execute();
  }

  void failed(Handle handle, Taken message, String error, Instant now) {
    handle
        .createUpdate(
            """
            UPDATE sms SET state = 'failed', last_error = :error, done_at = :now, number_sealed = NULL,
              text_sealed = NULL
            WHERE payer_id = :payer AND sms_id = :id AND state = 'queued'
            """)
        .bind("error", error)
        .bind("now", now)
        .bind("payer", message.payerId())
        .bind("id", message.smsId())
        .execute();
  }

  /// The number a message goes to, E.164.
  ///
  /// @throws io.tallystick.notify.sealing.SealBrokenException when it does not open
  String number(Taken message) {
    return vault.openText(message.numberSealed(), NUMBER, message.payerId(), message.smsId());
  }

  /// The text of a message.
  ///
  /// @throws io.tallystick.notify.sealing.SealBrokenException when it does not open
  String text(Taken message) {
    return vault.openText(message.textSealed(), TEXT, message.payerId(), message.smsId());
  }

  private static Taken taken(ResultSet row, StatementContext context) throws SQLException {
    return new Taken(
        row.getString("payer_id"),
        row.getString("sms_id"),
        row.getString("challenge_id"),
        row.getBytes("number_sealed"),
        row.getBytes("text_sealed"),
        row.getInt("attempts"),
        row.getObject("valid_until", OffsetDateTime.class).toInstant());
  }
}
