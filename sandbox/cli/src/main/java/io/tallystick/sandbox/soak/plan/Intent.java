package io.tallystick.sandbox.soak.plan;

import java.util.List;

/// What a payer, or the till beside it, means to do. What comes of it depends on the platform and
/// on what was done to it.
public sealed interface Intent {
  /// Pays with a code derived by the wallet.
  record PayOffline(int till, long amountMinor) implements Intent {}

  /// Pays with a code made by the server, or with a derived one when the server gives none.
  record PayOnline(int till, long amountMinor) implements Intent {}

  /// Pays, and the till sends the order twice at the same moment.
  record PayDoubled(int till, long amountMinor) implements Intent {}

  /// The till sends the last order again, with the same code.
  record PayAgain() implements Intent {}

  /// The code of the last order under another order id.
  record PayUsedCode(int till, long amountMinor) implements Intent {}

  /// The last order is taken back.
  record Reverse() implements Intent {}

  /// A part of an earlier order is given back.
  ///
  /// @param percent of what was asked for
  /// @param times how often the same refund is sent
  record Refund(int percent, int times) implements Intent {}

  /// Phone to terminal, both offline, one tap after the other.
  record Tap(int till, List<Long> amountsMinor) implements Intent {}

  /// Reads the inbox and does this about every challenge in it.
  record AnswerChallenges(Answer answer) implements Intent {}

  /// The wallet sends its halves.
  record UploadWallet() implements Intent {}

  /// The till sends its halves, and some that it has sent before.
  ///
  /// @param shuffled whether in another order than they were made
  /// @param repeated how many old ones beside
  record UploadTill(int till, boolean shuffled, int repeated) implements Intent {}

  /// The wallet fetches a new seed and authorisation; its allowance is topped up.
  record Renew() implements Intent {}

  /// The phone's clock is set.
  record SkewWallet(int seconds) implements Intent {}

  /// The till's clock is set.
  record SkewTill(int till, int seconds) implements Intent {}

  /// What a payer does about a challenge.
  enum Answer {
    FACE,
    SMS,
    WRONG_SMS,
    IGNORE
  }
}
