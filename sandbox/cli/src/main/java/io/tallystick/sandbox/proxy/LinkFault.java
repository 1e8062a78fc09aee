package io.tallystick.sandbox.proxy;

import java.time.Duration;

/// What a [FaultyLink] does to the bytes that go through it.
public sealed interface LinkFault {
  /// Nothing.
  record None() implements LinkFault {}

  /// Each piece arrives later, in both directions.
  record Slow(Duration each) implements LinkFault {}

  /// Requests arrive, replies do not. A connection that missed a reply is cut when the fault ends.
  record LosesReplies() implements LinkFault {}

  /// As [LosesReplies], and a connection that missed a reply stays silent for ever, as after a
  /// firewall forgot it: neither side is told.
  record ForgetsConnections() implements LinkFault {}

  /// Every reply arrives twice. Only for links under TLS, which notices: TCP delivers no byte twice
  /// to a plain one.
  record RepeatsReplies() implements LinkFault {}

  /// No new connection comes about, and those that exist are reset.
  record Refuses() implements LinkFault {}
}
