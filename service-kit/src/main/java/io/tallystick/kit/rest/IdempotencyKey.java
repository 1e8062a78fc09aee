package io.tallystick.kit.rest;

import io.tallystick.kit.database.Idempotency;
import io.tallystick.kit.error.ApiErrors;
import org.jspecify.annotations.Nullable;

/// The `Idempotency-Key` request header (draft-ietf-httpapi-idempotency-key-header). The draft's
/// quotes may be left out.
public record IdempotencyKey(String value) {
  /// Name of the header: `@HeaderParam(IdempotencyKey.HEADER) String key`.
  public static final String HEADER = "Idempotency-Key";

  public IdempotencyKey {
    if (value.isBlank() || value.length() > Idempotency.LONGEST_KEY) {
      throw new IllegalArgumentException("Idempotency-Key has not 1 to 128 characters");
    }
  }

  /// From the header's value.
  ///
  /// @throws io.tallystick.kit.error.ApiException `INVALID_ARGUMENT` if it is absent or malformed
  public static IdempotencyKey required(@Nullable String header) {
    if (header == null) {
      throw ApiErrors.invalidArgument(
          "IDEMPOTENCY_KEY_MISSING", "this call needs the header Idempotency-Key");
    }
    String value =
        header.length() > 1 && header.startsWith("\"") && header.endsWith("\"")
            ? header.substring(1, header.length() - 1)
            : header;
    return ApiErrors.valid("IDEMPOTENCY_KEY_MALFORMED", () -> new IdempotencyKey(value));
  }
}
