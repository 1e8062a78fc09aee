package io.tallystick.kit.pkcs11;

import org.jspecify.annotations.Nullable;

/// The token did not do what it was asked. The message says why, for operators, and names no
/// secret.
public final class TokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TokenException(String message) {
    this(message, null);
  }

  TokenException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
