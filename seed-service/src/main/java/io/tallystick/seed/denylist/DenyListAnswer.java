package io.tallystick.seed.denylist;

/// A signed deny list for someone who has an earlier version, or none.
public sealed interface DenyListAnswer {
  /// The version it leads to.
  long version();

  /// The encoding; not copied, because it may be megabytes and is no secret.
  byte[] encoded();

  /// All of it.
  record Full(long version, byte[] encoded) implements DenyListAnswer {}

  /// What changed since the caller's version.
  record Delta(long version, byte[] encoded) implements DenyListAnswer {}

  /// Nothing changed: all of it, with a fresh time.
  record Refreshed(long version, byte[] encoded) implements DenyListAnswer {}
}
