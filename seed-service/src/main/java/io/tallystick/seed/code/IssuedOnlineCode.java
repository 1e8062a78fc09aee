package io.tallystick.seed.code;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// An online code for a wallet to show.
///
/// @param digits twenty; a bearer secret while they are valid
/// @param expiresAt the first moment at which it is no longer good
/// @param replayed whether it was made before, under the same key
public record IssuedOnlineCode(String digits, Instant expiresAt, boolean replayed) {
  public IssuedOnlineCode {
    requireNonNull(digits, "digits is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }

  @Override
  public String toString() {
    return "IssuedOnlineCode[" + expiresAt + "]";
  }
}
