package io.tallystick.notify.webhook;

import io.tallystick.kit.database.ResponseCodec;
import io.tallystick.kit.error.ApiErrors;
import io.tallystick.notify.sealing.SealBrokenException;
import io.tallystick.notify.sealing.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Endpoints in PostgreSQL, their secrets sealed.
@ApplicationScoped
class EndpointStore {
  private static final String SECRET = "webhook_endpoint.secret";
  private static final String SHOWN = "idempotency.webhook-secret";
  private static final String SELECT =
      "SELECT merchant_id, url, secret_sealed, previous_secret_sealed, previous_until, created_at,"
          + " updated_at FROM webhook_endpoint WHERE merchant_id = :merchant";

  private final Vault vault;

  EndpointStore(Vault vault) {
    this.vault = vault;
  }

  /// Whether the merchant has a webhook; one that has keeps it until this transaction ends, so that
  /// nothing is queued behind a deletion, which gives up what it finds.
  boolean keep(Handle handle, String merchantId) {
    return handle
        .createQuery(
            "SELECT true FROM webhook_endpoint WHERE merchant_id = :merchant FOR KEY SHARE")
        .bind("merchant", merchantId)
        .mapTo(Boolean.class)
        .findOne()
        .isPresent();
  }

  Optional<Endpoint> find(Handle handle, String merchantId) {
    return handle.createQuery(SELECT).bind("merchant", merchantId).map(this::endpoint).findOne();
  }

  /// Keeps two calls for one merchant from both making the first secret.
  void lock(Handle handle, String merchantId) {
    handle
        .createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))::text")
        .bind("name", "webhook_endpoint " + merchantId)
        .mapTo(String.class)
        .one();
  }

  void put(Handle handle, Endpoint endpoint) {
    WebhookSecret previous = endpoint.previous();
    handle
        .createUpdate(
            """
            INSERT INTO webhook_endpoint (merchant_id, url, secret_sealed, previous_secret_sealed,
              previous_until, created_at, updated_at)
            VALUES (:merchant, :url, :secret, :previous, :until, :created, :updated)
            ON CONFLICT (merchant_id) DO UPDATE SET url = excluded.url,
              secret_sealed = excluded.secret_sealed,
              previous_secret_sealed = excluded.previous_secret_sealed,
              previous_until = excluded.previous_until, updated_at = excluded.updated_at
            """)
        .bind("merchant", endpoint.merchantId())
        .bind("url", endpoint.url())
        .bind("secret", sealed(endpoint.merchantId(), endpoint.secret()))
        .bind("previous", previous == null ? null : sealed(endpoint.merchantId(), previous))
        .bind("until", endpoint.previousUntil())
        .bind("created", endpoint.createdAt())
        .bind("updated", endpoint.updatedAt())
        .execute();
  }

  boolean delete(Handle handle, String merchantId) {
    return handle
            .createUpdate("DELETE FROM webhook_endpoint WHERE merchant_id = :merchant")
            .bind("merchant", merchantId)
            .execute()
        == 1;
  }

  /// Keeps a secret that was shown beside the key of the call, sealed.
  ResponseCodec<String> secretCodec(String merchantId, String key) {
    return new ResponseCodec<>() {
      @Override
      public byte[] encode(String response) {
        return vault.seal(WebhookSecret.parse(response).bytes(), SHOWN, merchantId, key);
      }

      @Override
      public String decode(byte[] bytes) {
        try {
          return WebhookSecret.of(vault.open(bytes, SHOWN, merchantId, key)).reveal();
        } catch (SealBrokenException gone) {
          throw ApiErrors.failedPrecondition(
              "REPLY_EXPIRED", "done earlier under this key; the secret is no longer shown");
        }
      }
    };
  }

  private byte[] sealed(String merchantId, WebhookSecret secret) {
    return vault.seal(secret.bytes(), SECRET, merchantId);
  }

  private Endpoint endpoint(ResultSet row, StatementContext context) throws SQLException {
    String merchantId = row.getString("merchant_id");
    byte[] previous = row.getBytes("previous_secret_sealed");
    return new Endpoint(
        merchantId,
        row.getString("url"),
        opened(merchantId, row.getBytes("secret_sealed")),
        previous == null ? null : opened(merchantId, previous),
        instant(row, "previous_until"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }

  private WebhookSecret opened(String merchantId, byte[] sealed) {
    return WebhookSecret.of(vault.open(sealed, SECRET, merchantId));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
