package io.tallystick.notify.payment;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/// Which changes of which payments were told.
@ApplicationScoped
public class ToldStore {
  /// What is told once.
  enum Kind {
    /// A revision of a payment.
    PAYMENT("payment"),
    /// The halves of a tap disagree.
    DISPUTE("dispute");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /// Notes a change; false when it was told before.
  boolean first(
      Handle handle, String payerId, String paymentId, Kind kind, int revision, Instant now) {
    return handle
            .createUpdate(
                """
                INSERT INTO payment_told (payer_id, payment_id, kind, revision, told_at)
                VALUES (:payer, :payment, :kind, :revision, :now) ON CONFLICT DO NOTHING
                """)
            .bind("payer", payerId)
            .bind("payment", paymentId)
            .bind("kind", kind.text)
            .bind("revision", revision)
            .bind("now", now)
            .execute()
        == 1;
  }

  /// Whether a newer revision of the payment was told already.
  boolean overtaken(Handle handle, String payerId, String paymentId, int revision) {
    return handle
        .createQuery(
            """
            SELECT EXISTS (SELECT FROM payment_told WHERE payer_id = :payer AND payment_id = :payment
              AND kind = 'payment' AND revision > :revision)
            """)
        .bind("payer", payerId)
        .bind("payment", paymentId)
        .bind("revision", revision)
        .mapTo(Boolean.class)
        .one();
  }
}
