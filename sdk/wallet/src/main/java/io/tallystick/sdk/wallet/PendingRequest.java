package io.tallystick.sdk.wallet;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.crypto.Sm2PrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * A request to seed-service whose answer has not come yet. It is kept before it is sent and sent
 * again unchanged, so that a lost answer costs neither a device nor a seed.
 *
 * @param kind what was asked for
 * @param idempotencyKey of the wish
 * @param body JSON without the payment password, which is asked for again
 * @param deviceKey the new device's key; absent for a renewal, which keeps it
 */
public record PendingRequest(
    Kind kind, String idempotencyKey, String body, @Nullable Sm2PrivateKey deviceKey) {
  /** What a wallet asks seed-service for. */
  public enum Kind {
    ENROL,
    RENEW
  }

  public PendingRequest {
    requireNonNull(kind, "kind is null");
    requireNonNull(idempotencyKey, "idempotencyKey is null");
    requireNonNull(body, "body is null");
    if ((kind == Kind.ENROL) != (deviceKey != null)) {
      throw new IllegalArgumentException("an enrolment has a new key and a renewal has none");
    }
  }
}
