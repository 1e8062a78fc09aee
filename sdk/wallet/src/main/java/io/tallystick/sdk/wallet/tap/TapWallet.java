package io.tallystick.sdk.wallet.tap;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.tap.Receipt;
import io.tallystick.protocol.tap.TapAnswer;
import io.tallystick.protocol.tap.TapBody;
import io.tallystick.protocol.tap.TapCard;
import io.tallystick.protocol.tap.TapRefusal;
import io.tallystick.protocol.tap.TapRequest;
import io.tallystick.protocol.tap.TapToken;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.KeptTap;
import io.tallystick.sdk.wallet.TapUse;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.WalletState;
import io.tallystick.sdk.wallet.WalletStoreException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers terminals' requests with signed tokens. Give it to a {@link TapCard} that the radio
 * drives.
 */
public final class TapWallet implements TapCard.Wallet {
  private final Wallet wallet;
  private final TapPolicy policy;
  private final Supplier<TapContext> context;

  private TapWallet(Wallet wallet, TapPolicy policy, Supplier<TapContext> context) {
    this.wallet = requireNonNull(wallet, "wallet is null");
    this.policy = requireNonNull(policy, "policy is null");
    this.context = requireNonNull(context, "context is null");
  }

  /**
   * @param context asked for at each tap
   */
  public static TapWallet of(Wallet wallet, TapPolicy policy, Supplier<TapContext> context) {
    return new TapWallet(wallet, policy, context);
  }

  /** The bytes' side of this wallet, for one radio field after the other. */
  public TapCard card() {
    return new TapCard(this);
  }

  @Override
  public TapAnswer answer(TapRequest request) {
    requireNonNull(request, "request is null");
    TapContext now = context.get();
    Instant time = wallet.now();
    try {
      // The token is part of the change's result: it does not exist for anyone before it is
      // durable.
      return wallet.update(state -> {
        Optional<TapToken> earlier = answered(state, request);
        if (earlier.isPresent()) {
          return new Change<>(state, new TapAnswer.Signed(earlier.get()));
        }
        return refusal(state, request, now, time)
            .map(reason -> new Change<TapAnswer>(state, new TapAnswer.Refused(reason)))
            .orElseGet(() -> sign(state, request, now, time));
      });
    } catch (WalletStoreException notKept) {
      return new TapAnswer.Refused(TapRefusal.NOT_STORED);
    }
  }

  /**
   * Keeps the terminal's word. The first stands, but for a refusal that turns into an acceptance:
   * the payer needs the proof of having paid.
   */
  @Override
  public void keepReceipt(TapToken token, Receipt receipt) {
    wallet.update(state ->
        new Change<>(
            state.withTapChanged(
                token.serial(),
                tap ->
                    tap.receipt().isPresent() && !improves(tap, receipt)
                        ? tap
                        : tap.withReceipt(receipt)),
            true));
  }

  private static boolean improves(KeptTap tap, Receipt receipt) {
    return receipt.accepted() && tap.receipt().filter(Receipt::accepted).isEmpty();
  }

  /** The token that answered this request in an earlier field: the terminal may have lost it. */
  private static Optional<TapToken> answered(WalletState state, TapRequest request) {
    return state.taps().stream()
        .map(KeptTap::token)
        .filter(token -> answers(token.body(), request))
        .findFirst();
  }

  private static boolean answers(TapBody body, TapRequest request) {
    return body.nonce().equals(request.nonce())
        && body.merchant().equals(request.merchant())
        && body.terminal().equals(request.terminal())
        && body.amount().equals(request.amount())
        && body.terminalHead().equals(request.terminalHead());
  }

  /** The ordered guards; the first that refuses decides. */
  private Optional<TapRefusal> refusal(
      WalletState state, TapRequest request, TapContext now, Instant time) {
    Enrolment enrolment = state.enrolment();
    if (enrolment == null || !time.isBefore(enrolment.authorisation().terms().expiresAt())) {
      return Optional.of(TapRefusal.NOT_AUTHORISED);
    }
    if (!policy.whileLocked() && isLocked(now)) {
      return Optional.of(TapRefusal.USER_NOT_PRESENT);
    }
    if (!request.amount().currency().equals(enrolment.authorisation().allowance().currency())) {
      return Optional.of(TapRefusal.CURRENCY_UNSUPPORTED);
    }
    if (request.amount().compareTo(enrolment.authorisation().largestSingleAmount()) > 0) {
      return Optional.of(TapRefusal.AMOUNT_TOO_LARGE);
    }
    return mustGoOnline(state, enrolment, request, time)
        ? Optional.of(TapRefusal.GO_ONLINE)
        : Optional.empty();
  }

  private boolean mustGoOnline(
      WalletState state, Enrolment enrolment, TapRequest request, Instant time) {
    TapUse use = state.tapUse();
    boolean tooMany =
        use.tapsSinceOnline() >= enrolment.authorisation().terms().allowance().maxTaps()
            || state.waiting().size() >= WalletState.MAX_WAITING;
    boolean uncovered =
        !policy.beyondAllowance() && use.allowanceLeftMinor() < request.amount().amountMinor();
    // A token of a clock this far off would be refused and its counter spent for nothing.
    boolean clocksDiffer =
        Duration.between(request.time(), time).abs().compareTo(policy.clockTolerance()) > 0;
    return tooMany || uncovered || clocksDiffer;
  }

  private static boolean isLocked(TapContext now) {
    return switch (now.unlockMethod()) {
      case NONE, UNKNOWN -> true;
      case PIN, PASSWORD, PATTERN, FINGERPRINT, FACE -> false;
    };
  }

  private Change<TapAnswer> sign(
      WalletState state, TapRequest request, TapContext now, Instant time) {
    Enrolment enrolment = requireNonNull(state.enrolment(), "the guards saw an enrolment");
    TapUse use = state.tapUse();
    TapUse next =
        new TapUse(
            use.lastCounter().next(),
            use.allowanceLeftMinor() - request.amount().amountMinor(),
            use.tapsSinceOnline() + 1,
            use.logHead());
    TapBody body =
        TapBody.answering(request)
            .counter(next.lastCounter())
            .createdAt(time)
            .allowanceLeftMinor(next.allowanceLeftMinor())
            .tapsSinceOnline(next.tapsSinceOnline())
            .walletHead(use.logHead())
            .fingerprint(TapStatements.fingerprint(state, now, time, wallet.time()))
            .clockEvidence(TapStatements.clockEvidence(state, wallet.time()))
            .build();
    TapToken token =
        TapToken.sign(enrolment.authorisation(), body, enrolment.deviceKey(), new SecureRandom());
    TapUse logged =
        new TapUse(
            next.lastCounter(),
            next.allowanceLeftMinor(),
            next.tapsSinceOnline(),
            use.logHead().append(token.digest()));
    return new Change<>(
        state.withTap(KeptTap.signed(token)).withTapUse(logged), new TapAnswer.Signed(token));
  }
}
