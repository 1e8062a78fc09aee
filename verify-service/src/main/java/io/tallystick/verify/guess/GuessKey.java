package io.tallystick.verify.guess;

import static java.util.Objects.requireNonNull;

/// One counter.
///
/// @param scope whose wrong codes
/// @param subject which terminal, merchant or alias; an alias only as a keyed digest
public record GuessKey(GuessScope scope, String subject) {
  public GuessKey {
    requireNonNull(scope, "scope is null");
    requireNonNull(subject, "subject is null");
    if (subject.isEmpty() || subject.length() > 160) {
      throw new IllegalArgumentException("subject has not 1 to 160 characters");
    }
  }
}
