package io.tallystick.notify.challenge;

/// What an answer to a challenge came to.
public sealed interface Answer {
  record Passed() implements Answer {}

  /// @param triesLeft at least 1
  record Wrong(int triesLeft) implements Answer {}

  /// The challenge is open, its code is not valid any more. No try was used.
  record CodeExpired() implements Answer {}

  /// A face answer was not accepted.
  ///
  /// @param reason stable name, as in the README
  record Refused(String reason) implements Answer {}

  record Failed() implements Answer {}

  record Expired() implements Answer {}
}
