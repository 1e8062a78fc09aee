package io.tallystick.protocol.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.authorisation.AuthorisationStatus;
import io.tallystick.protocol.authorisation.AuthorisationVerifier;
import io.tallystick.protocol.model.Money;
import java.time.Instant;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Checks a tap token by an ordered list of guards, each with its own status; the first that refuses
 * decides. Pure but for what the {@link AuthorisationVerifier} remembers. Safe for several threads.
 */
public final class TapTokenVerifier {
  private static final List<Guard> GUARDS =
      List.of(
          new Guard(TapStatus.DEVICE_SIGNATURE, (token, check) -> !token.isSignedByDevice()),
          new Guard(
              TapStatus.MERCHANT_MISMATCH,
              (token, check) -> differs(check, r -> r.merchant().equals(token.body().merchant()))),
          new Guard(
              TapStatus.TERMINAL_MISMATCH,
              (token, check) -> differs(check, r -> r.terminal().equals(token.body().terminal()))),
          new Guard(
              TapStatus.AMOUNT_MISMATCH,
              (token, check) -> differs(check, r -> r.amount().equals(token.body().amount()))),
          new Guard(
              TapStatus.NONCE_MISMATCH,
              (token, check) -> differs(check, r -> r.nonce().equals(token.body().nonce()))),
          new Guard(
              TapStatus.TERMINAL_HEAD_MISMATCH,
              (token, check) ->
                  differs(check, r -> r.terminalHead().equals(token.body().terminalHead()))),
          new Guard(
              TapStatus.DEVICE_DENIED,
              (token, check) ->
                  check.denyList().filter(list -> list.contains(token.deviceId())).isPresent()),
          new Guard(
              TapStatus.COUNTER_REPLAYED,
              (token, check) ->
                  check.lastCounter().filter(l -> !token.body().counter().isAfter(l)).isPresent()),
          new Guard(TapStatus.CREATED_IN_FUTURE, TapTokenVerifier::isCreatedInFuture),
          new Guard(TapStatus.EXPIRED, TapTokenVerifier::isExpired),
          new Guard(TapStatus.TOO_OLD, TapTokenVerifier::isTooOld),
          new Guard(
              TapStatus.CURRENCY_UNSUPPORTED,
              (token, check) ->
                  !token
                      .body()
                      .amount()
                      .currency()
                      .equals(token.authorisation().profile().currency())),
          new Guard(
              TapStatus.SINGLE_AMOUNT_EXCEEDED,
              (token, check) -> exceeds(token, token.authorisation().largestSingleAmount())),
          new Guard(
              TapStatus.TAP_COUNT_EXCEEDED,
              (token, check) ->
                  token.body().tapsSinceOnline()
                      > token.authorisation().terms().allowance().maxTaps()),
          new Guard(TapStatus.ALLOWANCE_MISSTATED, (token, check) -> isAllowanceMisstated(token)),
          new Guard(
              TapStatus.POWERED_OFF_NOT_ALLOWED,
              (token, check) ->
                  token.body().poweredOff()
                      && !token.authorisation().terms().allowance().poweredOffAllowed()),
          new Guard(
              TapStatus.FLOOR_LIMIT_EXCEEDED,
              (token, check) ->
                  check.limits().floorLimit().filter(limit -> exceeds(token, limit)).isPresent()),
          new Guard(
              TapStatus.AT_RISK_REFUSED,
              (token, check) ->
                  token.cover() == TapCover.AT_RISK
                      && check
                          .limits()
                          .atRiskLimit()
                          .filter(limit -> exceeds(token, limit))
                          .isPresent()));

  private final AuthorisationVerifier authorisations;

  private record Guard(TapStatus status, BiPredicate<TapToken, TapCheck> refuses) {}

  public TapTokenVerifier(AuthorisationVerifier authorisations) {
    this.authorisations = requireNonNull(authorisations, "authorisations is null");
  }

  /** The first guard that refuses, or {@link TapStatus#GOOD}. */
  public TapStatus verify(TapToken token, TapCheck check) {
    AuthorisationStatus authorisation =
        authorisations.verify(token.authorisation(), check.validityMoment(token));
    if (authorisation != AuthorisationStatus.GOOD) {
      return statusOf(authorisation);
    }
    for (Guard guard : GUARDS) {
      if (guard.refuses.test(token, check)) {
        return guard.status;
      }
    }
    return TapStatus.GOOD;
  }

  private static TapStatus statusOf(AuthorisationStatus status) {
    return switch (status) {
      case GOOD -> TapStatus.GOOD;
      case ROOT_SIGNATURE -> TapStatus.ROOT_SIGNATURE;
      case ISSUER_NOT_ACCEPTED -> TapStatus.ISSUER_NOT_ACCEPTED;
      case ISSUER_EXPIRED -> TapStatus.ISSUER_EXPIRED;
      case ISSUER_NUMBER_MISMATCH -> TapStatus.ISSUER_NUMBER_MISMATCH;
      case AUTHORISATION_SIGNATURE -> TapStatus.AUTHORISATION_SIGNATURE;
      case AUTHORISATION_EXPIRED -> TapStatus.AUTHORISATION_EXPIRED;
    };
  }

  private static boolean differs(TapCheck check, Predicate<TapRequest> agrees) {
    return check.request().filter(agrees.negate()).isPresent();
  }

  private static boolean isCreatedInFuture(TapToken token, TapCheck check) {
    return token.body().createdAt().isAfter(check.now().plus(check.limits().clockSkew()));
  }

  private static boolean isExpired(TapToken token, TapCheck check) {
    Instant end = token.body().expiresAt().plus(check.limits().clockSkew());
    return check.place() == TapCheck.Place.TERMINAL && !check.now().isBefore(end);
  }

  private static boolean isTooOld(TapToken token, TapCheck check) {
    return token.body().createdAt().isBefore(check.now().minus(check.limits().maxTapAge()));
  }

  /** An amount of another currency than the limit's exceeds it: nothing says how they compare. */
  private static boolean exceeds(TapToken token, Money limit) {
    Money amount = token.body().amount();
    return !amount.currency().equals(limit.currency()) || amount.compareTo(limit) > 0;
  }

  /**
   * Written so that no sum can overflow: the allowance and the amount are small, what is left not.
   */
  private static boolean isAllowanceMisstated(TapToken token) {
    long most =
        token.authorisation().allowance().amountMinor() - token.body().amount().amountMinor();
    return token.body().allowanceLeftMinor() > most;
  }
}
