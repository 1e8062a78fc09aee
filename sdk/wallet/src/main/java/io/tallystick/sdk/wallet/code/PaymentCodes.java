package io.tallystick.sdk.wallet.code;

import static java.util.Objects.requireNonNull;

import io.tallystick.protocol.code.CodeMoment;
import io.tallystick.protocol.code.OfflineCodes;
import io.tallystick.sdk.wallet.CodeUse;
import io.tallystick.sdk.wallet.Enrolment;
import io.tallystick.sdk.wallet.Wallet;
import io.tallystick.sdk.wallet.Wallet.Change;
import io.tallystick.sdk.wallet.WalletState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows one code at a time and moves on when the user asks or when it has paid. A code stays the
 * same while it is on the screen: an online one until it expires, an offline one to the end of its
 * minute.
 */
public final class PaymentCodes {
  /** An online code that is about to expire would fail between the screen and the server. */
  private static final Duration ONLINE_MARGIN = Duration.ofSeconds(5);

  private final Wallet wallet;
  private final OnlineCodeSource online;

  private PaymentCodes(Wallet wallet, OnlineCodeSource online) {
    this.wallet = requireNonNull(wallet, "wallet is null");
    this.online = requireNonNull(online, "online is null");
  }

  /** Codes of this wallet, the server's where it gives one. */
  public static PaymentCodes of(Wallet wallet, OnlineCodeSource online) {
    return new PaymentCodes(wallet, online);
  }

  /** The code to show now. */
  public CodeView current() {
    WalletState state = wallet.state();
    Instant now = wallet.now();
    Enrolment enrolment = state.enrolment();
    if (enrolment == null) {
      return new CodeView.NotEnrolled();
    }
    Optional<CodeView> shown = stillShown(state.codeUse(), now);
    if (shown.isPresent()) {
      return shown.get();
    }
    Optional<CodeUse.OnlineShown> fresh = online.request();
    if (fresh.isPresent()) {
      return show(fresh.get());
    }
    return derive(enrolment, wallet.state().codeUse().usedUpTo(), now);
  }

  /** Another code than the one on the screen. */
  public CodeView refresh() {
    moveOn();
    return current();
  }

  /** A payment result has arrived: the code on the screen has paid or is dead. */
  public void paymentResultArrived() {
    moveOn();
  }

  private void moveOn() {
    Instant now = wallet.now();
    wallet.update(state -> {
      CodeUse use = state.codeUse();
      CodeUse next = use.showing(null);
      CodeMoment onScreen = firstAfter(use.usedUpTo(), now);
      boolean derived = stillShown(use, now).isEmpty();
      // A moment of a later minute was not on the screen yet.
      if (derived && onScreen.minute() <= CodeMoment.at(now, 0).minute()) {
        next = next.usedUpTo(onScreen);
      }
      return new Change<>(state.withCodeUse(next), true);
    });
  }

  private static Optional<CodeView> stillShown(CodeUse use, Instant now) {
    CodeUse.OnlineShown shown = use.online();
    return shown == null || !now.isBefore(shown.expiresAt().minus(ONLINE_MARGIN))
        ? Optional.empty()
        : Optional.of(new CodeView.Online(shown.code(), shown.expiresAt().minus(ONLINE_MARGIN)));
  }

  /** Keeps an online code, so that it stays on the screen through a restart. */
  private CodeView show(CodeUse.OnlineShown fresh) {
    return wallet.update(state ->
        new Change<>(
            state.withCodeUse(state.codeUse().showing(fresh)),
            new CodeView.Online(fresh.code(), fresh.expiresAt().minus(ONLINE_MARGIN))));
  }

  private static CodeView derive(Enrolment enrolment, @Nullable CodeMoment usedUpTo, Instant now) {
    if (!now.isBefore(enrolment.seedExpiresAt())) {
      return new CodeView.SeedExpired(enrolment.seedExpiresAt());
    }
    CodeMoment moment = firstAfter(usedUpTo, now);
    if (moment.minute() > CodeMoment.at(now, 0).minute()) {
      // Its turn comes later: this minute's codes are over, or the clock was set back.
      return new CodeView.Exhausted(Instant.ofEpochSecond(moment.minute() * 60));
    }
    return new CodeView.Offline(
        OfflineCodes.derive(enrolment.seed(), enrolment.alias(), moment, enrolment.network()),
        moment,
        Instant.ofEpochSecond((moment.minute() + 1) * 60));
  }

  /**
   * The first moment of this minute, or the one after the last that is over, whichever is later.
   */
  private static CodeMoment firstAfter(@Nullable CodeMoment usedUpTo, Instant now) {
    CodeMoment first = CodeMoment.at(now, 0);
    if (usedUpTo == null || first.isAfter(usedUpTo)) {
      return first;
    }
    return usedUpTo.refreshIndex() + 1 < CodeMoment.REFRESHES_PER_MINUTE
        ? new CodeMoment(usedUpTo.minute(), usedUpTo.refreshIndex() + 1)
        : new CodeMoment(usedUpTo.minute() + 1, 0);
  }
}
