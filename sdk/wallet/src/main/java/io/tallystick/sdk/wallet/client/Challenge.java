package io.tallystick.sdk.wallet.client;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.model.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A payment that waits for the payer's word.
 *
 * @param challengeId names it
 * @param paymentId what it is about
 * @param merchantId where
 * @param amount how much
 * @param state {@code created}, {@code delivered}, {@code passed}, {@code failed} or {@code
 *     expired}
 * @param methods what it can be answered with now: {@code sms}, {@code face}
 * @param reasons why it was asked
 * @param expiresAt after this the money comes back
 * @param sms how the code stands, once one was asked for
 */
public record Challenge(
    String challengeId,
    String paymentId,
    String merchantId,
    Money amount,
    String state,
    List<String> methods,
    List<Reason> reasons,
    Instant expiresAt,
    Optional<Sms> sms) {
  public Challenge {
    requireNonNull(challengeId, "challengeId is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(merchantId, "merchantId is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(state, "state is null");
    methods = List.copyOf(methods);
    reasons = List.copyOf(reasons);
    requireNonNull(expiresAt, "expiresAt is null");
    requireNonNull(sms, "sms is null");
  }

  /**
   * How a code by SMS stands.
   *
   * @param delivery {@code queued}, {@code submitted}, {@code delivered} or {@code failed}
   * @param triesLeft wrong codes before the challenge fails
   * @param sendsLeft further codes that can be asked for
   */
  public record Sms(String delivery, int triesLeft, int sendsLeft) {
    public Sms {
      requireNonNull(delivery, "delivery is null");
    }
  }

  static Challenge read(Members challenge) {
    return new Challenge(
        challenge.text("challengeId"),
        challenge.text("paymentId"),
        challenge.text("merchantId"),
        challenge.money("amount"),
        challenge.text("state"),
        challenge.texts("methods"),
        challenge.list("reasons", Reason::read),
        challenge.instant("expiresAt"),
        challenge.optional("sms", challenge::child).map(Challenge::readSms));
  }

  private static Sms readSms(Members sms) {
    return new Sms(
        sms.text("delivery"), sms.smallNumber("triesLeft"), sms.smallNumber("sendsLeft"));
  }
}
