package io.tallystick.seed.code;

import io.tallystick.kit.database.ResponseCodec;
import io.tallystick.seed.device.DeviceErrors;
import io.tallystick.seed.sealing.RowIdentity;
import io.tallystick.seed.sealing.Vault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Keeps an online code beside the key under which it was made, sealed and bound to payer and key:
/// `expiry in milliseconds(8) ‖ digits(20)`.
///
/// @param row which row of the idempotency keys it belongs to
record SealedCodeCodec(Vault vault, RowIdentity row) implements ResponseCodec<IssuedOnlineCode> {
  static SealedCodeCodec of(Vault vault, OnlineCodeRequest request) {
    return new SealedCodeCodec(
        vault,
        RowIdentity.of("idempotency.online-code", request.payerId(), request.idempotencyKey()));
  }

  @Override
  public byte[] encode(IssuedOnlineCode response) {
    byte[] digits = response.digits().getBytes(StandardCharsets.US_ASCII);
    byte[] plain =
        ByteBuffer.allocate(Long.BYTES + digits.length)
            .putLong(response.expiresAt().toEpochMilli())
            .put(digits)
            .array();
    return vault.seal(plain, row).bytes();
  }

  @Override
  public IssuedOnlineCode decode(byte[] bytes) {
    if (!vault.opens(bytes)) {
      // Its key is gone, which only happens long after the code has expired.
      throw DeviceErrors.replyExpired();
    }
    ByteBuffer plain = ByteBuffer.wrap(vault.open(bytes, row));
    Instant expiresAt = Instant.ofEpochMilli(plain.getLong());
    byte[] digits = new byte[plain.remaining()];
    plain.get(digits);
    return new IssuedOnlineCode(new String(digits, StandardCharsets.US_ASCII), expiresAt, true);
  }
}
