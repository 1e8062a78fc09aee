package io.tallystick.verify.guess;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// What the counts say of one presentation, the severest first.
public sealed interface GuessVerdict {
  /// The terminal or the merchant guesses: the call is turned away, nothing is recorded.
  ///
  /// @param scope terminal or merchant
  /// @param until when it may try again
  record TurnedAway(GuessScope scope, Instant until) implements GuessVerdict {
    public TurnedAway {
      requireNonNull(scope, "scope is null");
      requireNonNull(until, "until is null");
    }
  }

  /// Somebody guesses at this alias at this terminal: refused as a wrong code is, even if it is
  /// right.
  record RefusedAsWrong() implements GuessVerdict {}

  /// Somebody guesses at this alias, or at everybody: a right code waits for its payer.
  ///
  /// @param scope alias, alias-long or all
  record MustStepUp(GuessScope scope) implements GuessVerdict {
    public MustStepUp {
      requireNonNull(scope, "scope is null");
    }
  }

  /// Below every limit.
  record Unsuspicious() implements GuessVerdict {}
}
