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

  /// What noting a change found.
  ///
  /// @param first whether it was not told before
  /// @param overtaken whether a newer revision of the payment was told already
  record Told(boolean first, boolean overtaken) {}

  /// Notes a change. Whoever calls holds the payer's lock, taken by an earlier statement, so that
  /// this one sees what others noted before they let it go.
  Told note(Handle handle, String payerId, String paymentId, Kind kind, int revision, Instant now) {
    return handle
        .createQuery(
            """
            WITH noted AS (
              INSERT INTO payment_told (payer_id, payment_id, kind, revision, told_at)
              VALUES (:payer, :payment, :kind, :revision, :now) ON CONFLICT DO NOTHING
              RETURNING revision)
            SELECT EXISTS (SELECT FROM noted) AS first,
              EXISTS (SELECT FROM payment_told WHERE payer_id = :payer AND payment_id = :payment
                AND kind = :kind AND revision > :revision) AS overtaken
            """)
        .bind("payer", payerId)
        .bind("payment", paymentId)
        .bind("kind", kind.text)
        .bind("revision", revision)
        .bind("now", now)
        .map((row, _) -> new Told(row.getBoolean("first"), row.getBoolean("overtaken")))
        .one();
  }
}
