package io.tallystick.sdk.wallet.http;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * No usable answer came, after every retry. Whether the call had its effect is unknown: repeat it
 * later with the same idempotency key.
 */
public final class UnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String message, @Nullable Throwable cause) {
    super(requireNonNull(message, "message is null"), cause);
  }
}
