package io.tallystick.kit.event;

/// An entry that will never be readable, however often it is delivered.
public final class UndecodableEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UndecodableEventException(String message) {
    super(message);
  }

  UndecodableEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
