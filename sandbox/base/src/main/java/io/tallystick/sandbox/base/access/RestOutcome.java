package io.tallystick.sandbox.base.access;

/// What became of a REST request, as far as the caller is what decided.
enum RestOutcome {
  /// Whatever was answered, the caller was let in.
  ALLOWED,
  /// 401.
  NO_TOKEN,
  /// 403 for who the caller is.
  NOT_ALLOWED,
  /// 404: to this caller there is no such merchant.
  NOT_FOUND
}
