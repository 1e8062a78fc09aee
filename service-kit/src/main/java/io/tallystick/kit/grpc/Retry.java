package io.tallystick.kit.grpc;

/// Whether a call to a peer may be sent again.
public enum Retry {
  /// Sent once. For calls without an idempotency key.
  NEVER,
  /// Sent again, at most twice and within the deadline, if the peer was UNAVAILABLE. Only for calls
  /// that are idempotent.
  IF_UNAVAILABLE
}
