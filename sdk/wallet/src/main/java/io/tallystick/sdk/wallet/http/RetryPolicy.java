package io.tallystick.sdk.wallet.http;

import java.time.Duration;

/**
 * How often and how soon a call is repeated: exponential with full jitter.
 *
 * @param attempts in all, 1 to 10
 * @param firstDelay before the second attempt; doubles each time
 * @param maxDelay ceiling of one delay, also of what {@code Retry-After} asks for
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration maxDelay) {
  /** Four attempts over about three seconds. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(4, Duration.ofMillis(200), Duration.ofSeconds(5));

  /** One attempt: for calls that somebody is waiting for and that have a fallback. */
  public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

  public RetryPolicy {
    if (attempts < 1 || attempts > 10) {
      throw new IllegalArgumentException("attempts is not from 1 to 10: " + attempts);
    }
    if (firstDelay.isNegative() || maxDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException("delays are out of order");
    }
  }

  /**
   * The delay after a failed attempt.
   *
   * @param attempt 1 for the first
   * @param random from 0 to 1
   */
  public Duration delayAfter(int attempt, double random) {
    long ceiling =
        Math.min(firstDelay.toMillis() << Math.min(attempt - 1, 16), maxDelay.toMillis());
    return Duration.ofMillis((long) (ceiling * random));
  }
}
