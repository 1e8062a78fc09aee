package io.tallystick.sdk.wallet.http;

import java.util.UUID;

/**
 * Names one wish, so that repeating the call repeats nothing else. Keep it beside what is asked for
 * until an answer came.
 *
 * @param value 1 to 64 visible ASCII characters
 */
public record IdempotencyKey(String value) {
  public IdempotencyKey {
    if (!value.matches("[!-~]{1,64}")) {
      throw new IllegalArgumentException("idempotency key is not 1 to 64 visible ASCII characters");
    }
  }

  public static IdempotencyKey of(String value) {
    return new IdempotencyKey(value);
  }

  /** A new wish. */
  public static IdempotencyKey random() {
    return new IdempotencyKey(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
