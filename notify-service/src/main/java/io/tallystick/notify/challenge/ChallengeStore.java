package io.tallystick.notify.challenge;

import static java.util.Objects.requireNonNull;

import io.tallystick.kit.trace.TraceContext;
import io.tallystick.notify.reason.Reasons;
import io.tallystick.protocol.model.Money;
import io.tallystick.protocol.state.ChallengeState;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Challenges in PostgreSQL. Every change is conditional on the challenge being open.
@ApplicationScoped
public class ChallengeStore {
  private static final String COLUMNS =
      """
      payer_id, challenge_id, payment_id, merchant_id, amount_minor, currency, reasons::text AS reasons,
      state, method, created_at, expires_at, ended_at, tries_used, tries_allowed, sms_sends, sms_sent_at,
      sms_id, code_hash, code_expires_at, face_ceremonies, face_nonce, face_expires_at
      """;
  private static final String OPEN = "state IN ('created', 'delivered')";

  private final Reasons reasons;

  ChallengeStore(Reasons reasons) {
    this.reasons = reasons;
  }

  /// Stores a new challenge; does nothing when the payment has one.
  boolean insert(Handle handle, Challenge challenge) {
    return handle
            .createUpdate(
                """
                INSERT INTO challenge (payer_id, challenge_id, payment_id, merchant_id, amount_minor,
                  currency, reasons, state, created_at, expires_at, tries_allowed, traceparent)
                VALUES (:payer, :id, :payment, :merchant, :amount, :currency, :reasons::jsonb, :state,
                  :created, :expires, :tries, :trace)
                ON CONFLICT (payer_id, payment_id) DO NOTHING
                """)
            .bind("payer", challenge.payerId())
            .bind("id", challenge.challengeId())
            .bind("payment", challenge.payment().paymentId())
            .bind("merchant", challenge.payment().merchantId())
            .bind("amount", challenge.payment().amount().amountMinor())
            .bind("currency", challenge.payment().amount().currency())
            .bind("reasons", reasons.write(challenge.reasons()))
            .bind("state", challenge.state().name())
            .bind("created", challenge.createdAt())
            .bind("expires", challenge.expiresAt())
            .bind("tries", challenge.tries().allowed())
            .bind("trace", TraceContext.current().orElse(null))
            .execute()
        == 1;
  }

  /// The trace that made the challenge necessary: how it ends belongs to it too, whoever asks.
  Optional<String> traceparent(Handle handle, Challenge challenge) {
    return handle
        .createQuery(
            "SELECT traceparent FROM challenge WHERE payer_id = :payer AND challenge_id = :id"
                + " AND traceparent IS NOT NULL")
        .bind("payer", challenge.payerId())
        .bind("id", challenge.challengeId())
        .mapTo(String.class)
        .findOne();
  }

  public Optional<Challenge> find(Handle handle, String payerId, String challengeId) {
    return select(handle, "payer_id = :payer AND challenge_id = :id", payerId, challengeId);
  }

  /// Reads a challenge and holds its lock until the transaction ends.
  Optional<Challenge> lock(Handle handle, String payerId, String challengeId) {
    return select(
        handle, "payer_id = :payer AND challenge_id = :id FOR UPDATE", payerId, challengeId);
  }

  /// As [#lock] by payment.
  Optional<Challenge> lockOfPayment(Handle handle, String payerId, String paymentId) {
    return select(handle, "payer_id = :payer AND payment_id = :id FOR UPDATE", payerId, paymentId);
  }

  /// Locks challenges whose time is over and that nobody else has locked, the longest overdue
  /// first.
  List<Challenge> lockOverdue(Handle handle, Instant now, int limit) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + " FROM challenge WHERE expires_at <= :now AND "
                + OPEN
                + " ORDER BY expires_at LIMIT :limit FOR UPDATE SKIP LOCKED")
        .bind("now", now)
        .bind("limit", limit)
        .map(this::challenge)
        .list();
  }

  /// Ends an open challenge; false when it had ended.
  boolean end(Handle handle, Challenge ended) {
    return handle
            .createUpdate(
                "UPDATE challenge SET state = :state, method = :method, ended_at = :ended,"
                    + " code_hash = NULL, face_nonce = NULL"
                    + " WHERE payer_id = :payer AND challenge_id = :id AND "
                    + OPEN)
            .bind("state", ended.state().name())
            .bind("method", Optional.ofNullable(ended.method()).map(Challenge.Method::text))
            .bind("ended", ended.endedAt())
            .bind("payer", ended.payerId())
            .bind("id", ended.challengeId())
            .execute()
        == 1;
  }

  /// Counts a try of a challenge that this transaction has locked.
  void useTry(Handle handle, Challenge challenge) {
    int updated =
        handle
            .createUpdate(
                "UPDATE challenge SET tries_used = tries_used + 1"
                    + " WHERE payer_id = :payer AND challenge_id = :id AND tries_used < tries_allowed"
                    + " AND "
                    + OPEN)
            .bind("payer", challenge.payerId())
            .bind("id", challenge.challengeId())
            .execute();
    if (updated != 1) {
      throw new AssertionError("a locked open challenge has a try left");
    }
  }

  void codeSent(
      Handle handle, Challenge challenge, String smsId, Challenge.CurrentCode code, Instant now) {
    handle
        .createUpdate(
            "UPDATE challenge SET sms_sends = sms_sends + 1, sms_sent_at = :now, sms_id = :sms,"
                + " code_hash = :hash, code_expires_at = :until"
                + " WHERE payer_id = :payer AND challenge_id = :id AND "
                + OPEN)
        .bind("now", now)
        .bind("sms", smsId)
        .bind("hash", code.hash())
        .bind("until", code.expiresAt())
        .bind("payer", challenge.payerId())
        .bind("id", challenge.challengeId())
        .execute();
  }

  /// A code is on its way, or a face ceremony began.
  void delivered(Handle handle, String payerId, String challengeId) {
    handle
        .createUpdate(
            "UPDATE challenge SET state = 'delivered'"
                + " WHERE payer_id = :payer AND challenge_id = :id AND state = 'created'")
        .bind("payer", payerId)
        .bind("id", challengeId)
        .execute();
  }

  void ceremonyBegun(Handle handle, Challenge challenge, Challenge.CurrentNonce nonce) {
    handle
        .createUpdate(
            "UPDATE challenge SET face_ceremonies = face_ceremonies + 1, face_nonce = :nonce,"
                + " face_expires_at = :until WHERE payer_id = :payer AND challenge_id = :id AND "
                + OPEN)
        .bind("nonce", nonce.bytes())
        .bind("until", nonce.expiresAt())
        .bind("payer", challenge.payerId())
        .bind("id", challenge.challengeId())
        .execute();
  }

  /// Each set of options is good for one answer.
  void ceremonyAnswered(Handle handle, Challenge challenge) {
    handle
        .createUpdate(
            "UPDATE challenge SET face_nonce = NULL"
                + " WHERE payer_id = :payer AND challenge_id = :id")
        .bind("payer", challenge.payerId())
        .bind("id", challenge.challengeId())
        .execute();
  }

  private Optional<Challenge> select(Handle handle, String where, String payerId, String id) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM challenge WHERE " + where)
        .bind("payer", payerId)
        .bind("id", id)
        .map(this::challenge)
        .findOne();
  }

  private Challenge challenge(ResultSet row, StatementContext context) throws SQLException {
    return new Challenge(
        row.getString("payer_id"),
        row.getString("challenge_id"),
        new PaymentBinding(
            row.getString("payment_id"),
            row.getString("merchant_id"),
            Money.of(row.getLong("amount_minor"), row.getString("currency"))),
        reasons.read(row.getString("reasons")),
        state(row),
        Optional.ofNullable(row.getString("method")).map(Challenge.Method::parse).orElse(null),
        requireNonNull(instant(row, "created_at")),
        requireNonNull(instant(row, "expires_at")),
        instant(row, "ended_at"),
        new Challenge.Tries(row.getInt("tries_used"), row.getInt("tries_allowed")),
        new Challenge.SmsProgress(
            row.getInt("sms_sends"),
            instant(row, "sms_sent_at"),
            row.getString("sms_id"),
            code(row)),
        new Challenge.FaceProgress(row.getInt("face_ceremonies"), nonce(row)));
  }

  private static ChallengeState state(ResultSet row) throws SQLException {
    String name = row.getString("state");
    int left = row.getInt("tries_allowed") - row.getInt("tries_used");
    return ChallengeState.parse(name.equals("delivered") ? name + "(" + left + ")" : name);
  }

  private static Challenge.@Nullable CurrentCode code(ResultSet row) throws SQLException {
    byte[] hash = row.getBytes("code_hash");
    Instant until = instant(row, "code_expires_at");
    return hash == null || until == null ? null : new Challenge.CurrentCode(hash, until);
  }

  private static Challenge.@Nullable CurrentNonce nonce(ResultSet row) throws SQLException {
    byte[] nonce = row.getBytes("face_nonce");
    Instant until = instant(row, "face_expires_at");
    return nonce == null || until == null ? null : new Challenge.CurrentNonce(nonce, until);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
