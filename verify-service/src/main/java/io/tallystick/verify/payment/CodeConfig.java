package io.tallystick.verify.payment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Code payments.
@ConfigMapping(prefix = "tallystick.verify.code")
public interface CodeConfig {
  /// At least 32 random bytes in hexadecimal, the same on every replica: keys the digests that
  /// stand for codes. Replacing it makes a repeated order look like another code; queries are not
  /// affected.
  String digestKey();

  /// Largest amount of one code payment, minor units of any currency.
  @WithDefault("100000000")
  long largestAmountMinor();

  /// Refused codes are answered no sooner than this after they came, so that the time tells
  /// nothing.
  @WithDefault("PT0.1S")
  Duration refusalFloor();

  /// How long the one who works on an order has it for himself; longer than all deadlines together.
  @WithDefault("PT10S")
  Duration claim();

  /// How long after it was presented an unanswered order may still be paid. Later it is stopped:
  /// the payer has left the shop.
  @WithDefault("PT2M")
  Duration resumeFor();

  /// Most presentations of one terminal in flight on one replica; bounds what guessing in parallel
  /// can add to a limit.
  @WithDefault("64")
  int inFlightPerTerminal();

  /// Largest batch of the verify transaction.
  @WithDefault("128")
  int batch();

  /// Most presentations waiting for the verify transaction.
  @WithDefault("4096")
  int queue();

  /// Verify transactions at a time.
  @WithDefault("2")
  int drainers();
}
