package io.tallystick.kit.transit;

/// The transit engine did not do what it was asked. The message says why, for operators, and names
/// no secret; there is no cause, because what lies below may quote what was sent or received.
public final class TransitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TransitException(String message) {
    super(message);
  }
}
