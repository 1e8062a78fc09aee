package io.tallystick.kit.event;

import static java.util.Objects.requireNonNull;

/// An entry that will never be readable, however often it is delivered.
public final class UndecodableEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UndecodableEventException(String message) {
    super(message);
  }

  UndecodableEventException(String message, Throwable cause) {
    super(message, cause);
  }

  /// What can't be read; never absent.
  @Override
  public String getMessage() {
    return requireNonNull(super.getMessage(), "message is null");
  }
}
