package io.tallystick.notify.challenge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits of challenges.
@ConfigMapping(prefix = "tallystick.notify.challenge")
public interface ChallengeConfig {
  /// How long a payer has, from the moment the money is held.
  @WithDefault("30M")
  Duration validity();

  /// How often challenges are looked through for those that ran out.
  @WithDefault("500MS")
  Duration expiryInterval();

  /// Most challenges ended in one transaction.
  @WithDefault("200")
  int expiryBatch();

  /// Ended challenges are deleted after this long.
  @WithDefault("90D")
  Duration retention();

  Sms sms();

  /// Codes by SMS.
  interface Sms {
    /// How long a code is valid, at most until the challenge ends.
    @WithDefault("5M")
    Duration validity();

    /// Answers for one challenge, whatever number of codes it had.
    @WithDefault("5")
    int tries();

    /// Codes for one challenge.
    @WithDefault("3")
    int sends();

    /// Shortest time between two codes of one challenge.
    @WithDefault("30S")
    Duration resendInterval();

    /// Codes for one payer in 24 hours.
    @WithDefault("20")
    int sendsPerDay();

    /// The text. `{amount}`, `{merchant}`, `{code}` are required, `{minutes}` may be used.
    /// Characters outside the GSM alphabet make it longer.
    @WithDefault(
        "{code} is your code to confirm {amount} to {merchant}. Valid {minutes} min. Tell it to"
            + " nobody. If you did not pay, ignore this message.")
    String template();

    /// Most messages handed to the SMS centre at once by one replica.
    @WithDefault("16")
    int batch();

    /// How often the queue is looked through when nothing woke it.
    @WithDefault("500MS")
    Duration pollInterval();

    /// After this long another replica may send a message that one began to send.
    @WithDefault("30S")
    Duration lease();

    /// First pause after a failure; doubles up to the longest.
    @WithDefault("1S")
    Duration firstPause();

    @WithDefault("15S")
    Duration longestPause();
  }
}
