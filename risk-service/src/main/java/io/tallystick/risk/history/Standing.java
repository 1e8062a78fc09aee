package io.tallystick.risk.history;

/// What became of a payment, as far as clearing-service has told.
public enum Standing {
  /// Nothing told yet, or the money is held.
  OPEN,
  /// Money moved and stayed.
  MOVED,
  /// Refused, declined, closed, returned or reversed: says nothing about how the payer pays.
  FAILED
}
