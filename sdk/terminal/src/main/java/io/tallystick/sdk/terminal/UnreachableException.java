package io.tallystick.sdk.terminal;

import org.jspecify.annotations.Nullable;

/** The platform did not answer, or not in time. What it did is not known; nothing here is lost. */
public final class UnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
